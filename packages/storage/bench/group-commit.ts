import { Database } from 'bun:sqlite'
import {
  benchmark,
  commonHelp,
  commonOptions,
  figuresSection,
  inTurns,
} from '../../../bench/harness.ts'
import type { Session } from '../../../bench/session.ts'
import { median } from '../../../bench/stats.ts'
import { openStorage, statement } from '../src/index.ts'
import { firstMigration, writeMigrations } from '../test/migration-folder.ts'

const help = `Usage: bun run bench [folder] [options]

Group commit against a transaction with an fsync for each write, in turns in the same run. The folder
must be on a real disk for the figures to mean anything.

${commonHelp}`

const rounds = 9
const roundMs = 400
const writerCounts = [1, 8, 64]

interface Round {
  readonly perSecond: number
  readonly medianMs: number
}

type Write = () => Promise<void>

const upsert = statement<never, [id: string]>(
  `INSERT INTO existencias VALUES (?1, 1)
   ON CONFLICT (id) DO UPDATE SET cantidad = cantidad + 1`,
)

function ids() {
  let serial = 0
  return () => `producto-${serial++ % 10_000}`
}

/** Lets so many callers write one after the other, each its own, for a while. */
async function run(write: Write, writers: number): Promise<Round> {
  const latencies: number[] = []
  const startedAt = performance.now()
  const caller = async () => {
    while (performance.now() - startedAt < roundMs) {
      const askedAt = performance.now()
      await write()
      latencies.push(performance.now() - askedAt)
      // As a server between two requests: other callers get their turn.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  await Promise.all(Array.from({ length: writers }, caller))
  const perSecond = (latencies.length / (performance.now() - startedAt)) * 1_000
  return { perSecond, medianMs: median(latencies) }
}

/** The two ways to write, on files of their own, so that neither pays for the other's log. */
function openBoth(session: Session): Readonly<Record<'single' | 'group', Write>> {
  const storage = openStorage({
    file: session.path('bench.db'),
    migrationsFolder: writeMigrations(session.folder),
  })
  session.defer(() => storage.close())
  const plain = new Database(session.path('plain.db'), { create: true })
  session.defer(() => plain.close())
  plain.run('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8192')
  plain.run(firstMigration.sql)
  const prepared = plain.prepare<never, [string]>(upsert.sqlite)
  // BEGIN IMMEDIATE, the write, COMMIT, then the answer.
  const single = plain.transaction((id: string) => void prepared.run(id))
  const [one, other] = [ids(), ids()]
  return {
    single: async () => single.immediate(one()),
    group: async () => void (await storage.write(() => upsert.run(other()))),
  }
}

async function compare(session: Session) {
  const { single, group } = openBoth(session)
  for (const write of [group, single]) await run(write, 8)
  const data = []
  for (const writers of writerCounts) {
    const told = new Map<Write, Round[]>([
      [single, []],
      [group, []],
    ])
    await inTurns(rounds, [single, group], async (write) => {
      told.get(write)?.push(await run(write, writers))
    })
    const of = (write: Write, value: keyof Round) =>
      median((told.get(write) ?? []).map((round) => round[value]))
    data.push({
      writers,
      'single /s': of(single, 'perSecond'),
      'group /s': of(group, 'perSecond'),
      ratio: of(group, 'perSecond') / of(single, 'perSecond'),
      'single median ms': of(single, 'medianMs'),
      'group median ms': of(group, 'medianMs'),
    })
  }
  return figuresSection(`Group commit, medians of ${rounds} rounds`, data)
}

const exitCode = await benchmark(process.argv.slice(2), {
  help,
  options: commonOptions,
  names: { most: 1, takes: 'bench takes one folder' },
  choose: (values, [dir = values.dir]) => ({ ...values, dir }),
  async *measure(session) {
    yield ['groupCommit', await compare(session)]
  },
})
process.exit(exitCode)
