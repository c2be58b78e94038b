// The same hot write as a closure over prepared statements and as a script, in turns in the same run.
//   bun run bench/scripts.ts [folder]      on tmpfs it is the CPU alone that is compared
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openStorage, type Script, statement } from '../src/index.ts'
import { schema } from '../test/fixture-schema.ts'
import { firstMigration, writeMigrations } from '../test/migration-folder.ts'

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

const folder = mkdtempSync(join(resolve(process.argv[2] ?? tmpdir()), 'encargo-bench-'))
const storage = openStorage({
  file: join(folder, 'bench.db'),
  migrationsFolder: writeMigrations(folder, [firstMigration]),
  schema,
})
const { client, engine } = storage
const raw = {
  find: client.prepare<Row, [string]>(texts.find),
  put: client.prepare<never, [string]>(texts.put),
  take: client.prepare<never, [number, string]>(texts.take),
}

/** Four statements: is it there, and then, of two products, take one. */
function closure(index: number): number {
  const [one, other] = [`p${index % products}`, `p${(index * 7) % products}`]
  const row = raw.find.get(one)
  if (!row) raw.put.run(one)
  const taken = raw.take.run(1, one).changes + raw.take.run(1, other).changes
  return taken + (raw.find.get(other)?.cantidad ?? 0)
}

function* script(index: number): Script<number> {
  const [one, other] = [`p${index % products}`, `p${(index * 7) % products}`]
  const row = yield* find.get(one)
  if (!row) yield* put.run(one)
  const taken = (yield* take.run(1, one)) + (yield* take.run(1, other))
  return taken + ((yield* find.get(other))?.cantidad ?? 0)
}

const median = (values: number[]) =>
  values.toSorted((left, right) => left - right)[values.length >> 1] ?? Number.NaN

/** Microseconds of the processor for each write, so many in flight: other work on the machine counts less. */
async function measure(write: (index: number) => Promise<number>, inFlight: number) {
  const before = process.cpuUsage()
  for (let index = 0; index < writes; index += inFlight) {
    await Promise.all(Array.from({ length: inFlight }, (_, offset) => write(index + offset)))
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / writes
}

const ways = {
  closure: (index: number) => storage.write(() => closure(index)),
  script: (index: number) => engine.write(() => script(index)),
}

async function compare(inFlight: number) {
  const times = { closure: [] as number[], script: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    // Who goes first changes, so that neither always finds things as the other left them.
    const order =
      round % 2 === 0 ? (['closure', 'script'] as const) : (['script', 'closure'] as const)
    for (const way of order) times[way].push(await measure(ways[way], inFlight))
  }
  const [before, after] = [median(times.closure), median(times.script)]
  return {
    'in flight': inFlight,
    'closure us': Number(before.toFixed(2)),
    'script us': Number(after.toFixed(2)),
    ratio: Number((after / before).toFixed(3)),
  }
}

try {
  for (const way of Object.values(ways)) await measure(way, 32)
  const rows = []
  for (const inFlight of [1, 32, 128]) rows.push(await compare(inFlight))
  console.table(rows)
} finally {
  await storage.close()
  rmSync(folder, { recursive: true, force: true })
}
