// Group commit against a transaction with an fsync for each write, in turns in the same run.
//   bun run bench [folder]      the folder must be on a real disk for the figures to mean anything
import { Database } from 'bun:sqlite'
import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openStorage } from '../src/index.ts'
import { schema } from '../test/fixture-schema.ts'
import { firstMigration, writeMigrations } from '../test/migration-folder.ts'

const rounds = 9
const roundMs = 400
const writerCounts = [1, 8, 64]
const tmpfsMagic = 0x01021994

const folder = mkdtempSync(join(resolve(process.argv[2] ?? tmpdir()), 'encargo-bench-'))
const storage = openStorage({
  file: join(folder, 'bench.db'),
  migrationsFolder: writeMigrations(folder),
  schema,
})
// What a service without group commit has: a file of its own, so that neither pays for the other's log.
const plain = new Database(join(folder, 'plain.db'), { create: true })
plain.run('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8192')
plain.run(firstMigration.sql)

function upserting(client: Database): () => void {
  const upsert = client.prepare(
    `INSERT INTO existencias VALUES (?, 1)
     ON CONFLICT (id) DO UPDATE SET cantidad = cantidad + 1`,
  )
  let serial = 0
  return () => void upsert.run(`producto-${serial++ % 10_000}`)
}
const work = upserting(storage.client)
const single = plain.transaction(upserting(plain))

/** BEGIN IMMEDIATE, the write, COMMIT, then the answer. */
async function writeSingly(): Promise<void> {
  single.immediate()
}

async function writeInGroup(): Promise<void> {
  await storage.write(work)
}

interface Round {
  perSecond: number
  medianMs: number
}

/** Lets so many callers write one after the other, each its own, for a while. */
async function run(write: () => Promise<void>, writers: number): Promise<Round> {
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

function median(values: number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function overview(rounds: Round[]) {
  return {
    perSecond: median(rounds.map((round) => round.perSecond)),
    medianMs: median(rounds.map((round) => round.medianMs)),
  }
}

async function compare(writers: number) {
  const singles: Round[] = []
  const groups: Round[] = []
  for (let round = 0; round < rounds; round++) {
    // Who goes first changes, so that neither always finds the disk as the other left it.
    const turns = [
      async () => void singles.push(await run(writeSingly, writers)),
      async () => void groups.push(await run(writeInGroup, writers)),
    ]
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn()
  }
  const [alone, together] = [overview(singles), overview(groups)]
  return {
    writers,
    'single /s': Math.round(alone.perSecond),
    'group /s': Math.round(together.perSecond),
    ratio: Number((together.perSecond / alone.perSecond).toFixed(2)),
    'single median ms': Number(alone.medianMs.toFixed(3)),
    'group median ms': Number(together.medianMs.toFixed(3)),
  }
}

try {
  const tmpfs = statfsSync(folder).type === tmpfsMagic
  console.log(`${cpus().length} x ${cpus()[0]?.model}, Bun ${Bun.version}, ${process.platform}`)
  if (tmpfs) console.log('The folder is on tmpfs, where fsync costs nothing: the ratios are void.')
  await run(writeInGroup, 8)
  await run(writeSingly, 8)
  const rows = []
  for (const writers of writerCounts) rows.push(await compare(writers))
  console.table(rows)
} finally {
  await storage.close()
  plain.close()
  rmSync(folder, { recursive: true, force: true })
}
