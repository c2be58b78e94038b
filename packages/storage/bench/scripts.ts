import {
  benchmark,
  commonHelp,
  commonOptions,
  figuresSection,
  inTurns,
} from '../../../bench/harness.ts'
import type { Session } from '../../../bench/session.ts'
import { median } from '../../../bench/stats.ts'
import { openStorage, type Script, statement } from '../src/index.ts'
import { schema } from '../test/fixture-schema.ts'
import { firstMigration, writeMigrations } from '../test/migration-folder.ts'

const help = `Usage: bun run bench:scripts [folder] [options]

The same hot write as a closure over prepared statements and as a script, in turns in the same run. In
a folder on tmpfs it is the CPU alone that is compared.

${commonHelp}`

const rounds = 41
const writes = 3_200
const products = 10_000

const texts = {
  find: 'SELECT id, cantidad FROM existencias WHERE id = ?1',
  put: 'INSERT INTO existencias VALUES (?1, 1000000) ON CONFLICT DO NOTHING',
  take: 'UPDATE existencias SET cantidad = cantidad - ?1 WHERE id = ?2 AND cantidad >= ?1',
}
interface Row {
  id: string
  cantidad: number
}
const find = statement<Row, [id: string]>(texts.find)
const put = statement<never, [id: string]>(texts.put)
const take = statement<never, [cantidad: number, id: string]>(texts.take)

function* script(index: number): Script<number> {
  const [one, other] = [`p${index % products}`, `p${(index * 7) % products}`]
  const row = yield* find.get(one)
  if (!row) yield* put.run(one)
  const taken = (yield* take.run(1, one)) + (yield* take.run(1, other))
  return taken + ((yield* find.get(other))?.cantidad ?? 0)
}

/** Microseconds of the processor for each write, so many in flight: other work on the machine counts less. */
async function measure(write: Write, inFlight: number) {
  const before = process.cpuUsage()
  for (let index = 0; index < writes; index += inFlight) {
    await Promise.all(Array.from({ length: inFlight }, (_, offset) => write(index + offset)))
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / writes
}

type Write = (index: number) => Promise<number>

/** The two ways to do the same four statements: is it there, and then, of two products, take one. */
function openBoth(session: Session): Readonly<Record<'closure' | 'script', Write>> {
  const storage = openStorage({
    file: session.path('bench.db'),
    migrationsFolder: writeMigrations(session.folder, [firstMigration]),
    schema,
  })
  session.defer(() => storage.close())
  const { client, engine } = storage
  const raw = {
    find: client.prepare<Row, [string]>(texts.find),
    put: client.prepare<never, [string]>(texts.put),
    take: client.prepare<never, [number, string]>(texts.take),
  }
  const closure = (index: number): number => {
    const [one, other] = [`p${index % products}`, `p${(index * 7) % products}`]
    const row = raw.find.get(one)
    if (!row) raw.put.run(one)
    const taken = raw.take.run(1, one).changes + raw.take.run(1, other).changes
    return taken + (raw.find.get(other)?.cantidad ?? 0)
  }
  return {
    closure: (index) => storage.write(() => closure(index)),
    script: (index) => engine.write(() => script(index)),
  }
}

async function compare(session: Session) {
  const ways = openBoth(session)
  for (const write of Object.values(ways)) await measure(write, 32)
  const data = []
  for (const inFlight of [1, 32, 128]) {
    const times = { closure: [] as number[], script: [] as number[] }
    await inTurns(rounds, ['closure', 'script'] as const, async (way) => {
      times[way].push(await measure(ways[way], inFlight))
    })
    const [before, after] = [median(times.closure), median(times.script)]
    data.push({
      'in flight': inFlight,
      'closure us': before,
      'script us': after,
      ratio: after / before,
    })
  }
  return figuresSection(`A closure and a script, medians of ${rounds} rounds`, data)
}

const exitCode = await benchmark(process.argv.slice(2), {
  help,
  options: commonOptions,
  names: { most: 1, takes: 'bench:scripts takes one folder' },
  choose: (values, [dir = values.dir]) => ({ ...values, dir }),
  async *measure(session) {
    yield ['scripts', await compare(session)]
  },
})
process.exit(exitCode)
