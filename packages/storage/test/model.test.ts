import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { type Script, statement, type Storage } from '../src/index.ts'
import { change, rows } from '../src/testing.ts'
import { describeOnPostgres, testDatabase } from '../testing/postgres.ts'
import { noTransaction, openTestStorage, outcome } from './fixture.ts'
import * as sql from './fixture-sql.ts'
import { openTestPostgres } from './postgres/fixture.ts'

const seed = Number(process.env.STORAGE_FUZZ_SEED ?? Date.now() % 2 ** 31)

type Operation =
  | { type: 'insert'; id: string; cantidad: number }
  | { type: 'add'; id: string; cantidad: number }
  | { type: 'move'; from: string; to: string; cantidad: number }
  | { type: 'insert or ignore'; id: string; cantidad: number }
  | { type: 'sum' }
  | { type: 'lose everything' }

type Model = ReadonlyMap<string, number>

const id = fc.constantFrom('a', 'b', 'c', 'd')
const cantidad = fc.integer({ min: -3, max: 5 })
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('insert'), id, cantidad }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('add'), id, cantidad }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('move'), from: id, to: id, cantidad }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('insert or ignore'), id, cantidad }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('sum') }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('lose everything') }) },
)
const rounds = fc.array(fc.array(operation, { minLength: 1, maxLength: 10 }), { maxLength: 8 })

/** What one operation does alone: its outcome, and the state after it. */
function applyToModel(model: Model, operation: Operation): [string, Model] {
  const sum = [...model.values()].reduce((total, value) => total + value, 0)
  switch (operation.type) {
    case 'sum':
    case 'lose everything':
      return [`sum ${sum}`, model]
    case 'insert':
      // SQLite looks at CHECK before UNIQUE.
      if (model.has(operation.id) && operation.cantidad >= 0) return ['UNIQUE', model]
      return put(model, operation.id, operation.cantidad)
    case 'insert or ignore':
      if (model.has(operation.id) && operation.cantidad >= 0) return ['ok', model]
      return put(model, operation.id, operation.cantidad)
    case 'add':
      return add(model, operation.id, operation.cantidad)
    case 'move': {
      const [taken, between] = add(model, operation.from, -operation.cantidad)
      if (taken !== 'ok') return [taken, model]
      const [given, after] = add(between, operation.to, operation.cantidad)
      return given === 'ok' ? ['ok', after] : [given, model]
    }
  }
}

function put(model: Model, id: string, cantidad: number): [string, Model] {
  return cantidad < 0 ? ['CHECK', model] : ['ok', new Map(model).set(id, cantidad)]
}

function add(model: Model, id: string, cantidad: number): [string, Model] {
  const before = model.get(id)
  return before === undefined ? ['missing', model] : put(model, id, before + cantidad)
}

const giveUp = statement<never, []>({
  sqlite: 'ROLLBACK',
  postgres: 'SELECT pg_terminate_backend(pg_backend_pid())',
})
const putOrIgnore = statement<never, [id: string, cantidad: number]>(
  'INSERT INTO existencias VALUES (?1, ?2) ON CONFLICT (id) DO NOTHING',
)

function* addTo(id: string, cantidad: number): Script<void> {
  if ((yield* sql.add.run(cantidad, id)) === 0) throw new Error('missing')
}

function* apply(operation: Operation): Script<string> {
  switch (operation.type) {
    case 'sum':
      return `sum ${(yield* sql.sum.get())?.total}`
    case 'lose everything':
      // As SQLite does by itself when the disk is full or fails, and PostgreSQL when it is stopped.
      yield* giveUp.run()
      return 'lost'
    case 'insert':
      yield* sql.put.run(operation.id, operation.cantidad)
      return 'ok'
    case 'insert or ignore':
      yield* putOrIgnore.run(operation.id, operation.cantidad)
      return 'ok'
    case 'add':
      yield* addTo(operation.id, operation.cantidad)
      return 'ok'
    case 'move':
      yield* addTo(operation.from, -operation.cantidad)
      yield* addTo(operation.to, operation.cantidad)
      return 'ok'
  }
}

/** The outcomes of writes that were queued in one turn, and the state after them. */
type Round = (model: Model, operations: readonly Operation[]) => [string[], Model]

function oneByOne(model: Model, operations: readonly Operation[]): [string[], Model] {
  let current = model
  const outcomes = operations.map((operation) => {
    const [told, next] = applyToModel(current, operation)
    current = next
    return told
  })
  return [outcomes, current]
}

/** What was lost takes with it what came before it; what comes after goes on in the next group. */
const onSqlite: Round = (model, operations) => {
  const lost = operations.findLastIndex(({ type }) => type === 'lose everything') + 1
  const [outcomes, current] = oneByOne(model, operations.slice(lost))
  return [[...operations.slice(0, lost).map(() => 'io'), ...outcomes], current]
}

/** What is lost, whenever it is run, takes all of its group with it. */
const onPostgres: Round = (model, operations) =>
  operations.some(({ type }) => type === 'lose everything')
    ? [operations.map(() => 'unreachable'), model]
    : oneByOne(model, operations)

async function told(write: Promise<string>): Promise<string> {
  let value = ''
  const failure = await outcome(write.then((result) => (value = result)))
  if (failure === 'ok') return value
  if (/^UNIQUE|duplicate key/.test(failure)) return 'UNIQUE'
  return /^CHECK|check constraint/.test(failure) ? 'CHECK' : failure
}

async function holds(storage: Storage, expected: Round, numRuns: number): Promise<void> {
  const property = fc.asyncProperty(rounds, async (rounds) => {
    await change(storage, 'DELETE FROM existencias')
    let model: Model = new Map()
    for (const round of rounds) {
      const writes = round.map((operation) => told(storage.write(() => apply(operation))))
      const [outcomes, next] = expected(model, round)
      model = next
      expect(await Promise.all(writes)).toEqual(outcomes)
      const stored = await storage.ask(sql.everything.all())
      expect(new Map(stored.map((row) => [row.id, row.cantidad]))).toEqual(new Map(model))
    }
  })
  await fc.assert(property, { seed, numRuns })
}

const title = `groups of writes do what the same writes do one by one (STORAGE_FUZZ_SEED=${seed})`

test(title, async () => {
  const storage = openTestStorage()
  // What a power cut would take is no concern here, and to wait for the disk takes most of the time.
  await rows(storage, 'PRAGMA synchronous = OFF')
  await holds(storage, onSqlite, 150)
  await noTransaction(storage)
})

describeOnPostgres('on PostgreSQL', () => {
  test(title, async () => {
    await holds(await openTestPostgres(await testDatabase()), onPostgres, 40)
  })
})
