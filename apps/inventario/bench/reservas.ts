import { makeCluster, postgresPrograms } from '@encargo/storage/testing/cluster'
import type { Storage } from '@encargo/storage'
import { change } from '@encargo/storage/testing'
import {
  benchmark,
  commonHelp,
  commonOptions,
  figuresSection,
  inTurns,
} from '../../../bench/harness.ts'
import type { Session } from '../../../bench/session.ts'
import { median } from '../../../bench/stats.ts'
import { openInventarioPostgres } from '../src/store/postgres/open.ts'
import { openInventarioStorage } from '../src/store/sqlite/open.ts'
import { createInventarioStore } from '../src/store/store.ts'
import type { InventarioStore } from '../src/ports.ts'

const help = `Usage: bun run bench [folder] [options]

Reservations, and sales of what is reserved, on SQLite and on PostgreSQL in turns: one line of one product
that all want (hot), one of a thousand products (other), and three lines of those (cold). Both engines wait for the disk. The
server is the machine's own PostgreSQL, on a folder of its own for temporary files.

${commonHelp}`

const rounds = 7
const roundMs = 400
const inFlight = [1, 8, 32]
const engines = ['sqlite', 'postgres'] as const
type Engine = (typeof engines)[number]

const base = Date.UTC(2026, 0, 15)
const id = () => Bun.randomUUIDv7()

/** What one caller does once; `n` counts its calls. */
type Work = (store: InventarioStore, n: number) => Promise<unknown>

/** Stock that nobody can exhaust. */
async function fill(store: InventarioStore): Promise<void> {
  const filas = ids.map((productoId, n) => ({
    fila: n + 2,
    productoId,
    sku: `S${n}`,
    fisico: 1_000_000_000,
  }))
  const opciones = { usuarioId: 'bench', muestra: 1, previa: undefined, omitirConflictos: false }
  await store.importar({ ...opciones, filas, ahora: base })
}

interface Round {
  readonly perSecond: number
  readonly p99: number
}

async function run(work: Work, store: InventarioStore, callers: number): Promise<Round> {
  const latencies: number[] = []
  const startedAt = performance.now()
  let n = 0
  const caller = async () => {
    while (performance.now() - startedAt < roundMs) {
      const askedAt = performance.now()
      await work(store, n++)
      latencies.push(performance.now() - askedAt)
      // As a server between two requests: other callers get their turn.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  const perSecond = (latencies.length / (performance.now() - startedAt)) * 1_000
  const sorted = latencies.toSorted((a, b) => a - b)
  return { perSecond, p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0 }
}

async function openBoth(session: Session): Promise<Record<Engine, Storage>> {
  if (!postgresPrograms()) throw new Error('PostgreSQL is not installed')
  const sqlite = openInventarioStorage(session.path('inventario.db'))
  session.defer(() => sqlite.close())
  const cluster = makeCluster({ durable: true })
  session.defer(() => cluster.remove())
  const postgres = await openInventarioPostgres(cluster.url)
  session.defer(() => postgres.close())
  return { sqlite, postgres }
}

const ids = Array.from({ length: 1_000 }, id).toSorted()
const lineasDe = {
  hot: () => [ids[0] ?? ''],
  other: (n: number) => [ids[n % ids.length] ?? ''],
  cold: (n: number) => ids.slice((n % 333) * 3, (n % 333) * 3 + 3),
}

const reservar =
  (what: keyof typeof lineasDe, confirma: boolean): Work =>
  async (store, n) => {
    const pedidoId = id()
    const lineas = lineasDe[what](n).map((productoId) => ({ productoId, cantidad: 1 }))
    const { tipo } = await store.reservar({
      id: pedidoId,
      pedidoId,
      lineas,
      expiraEn: base * 2,
      ahora: base,
    })
    if (tipo !== 'reservada') throw new Error(`a reservation came to ${tipo}`)
    if (confirma) await store.confirmar({ id: pedidoId, ahora: base })
  }

const works: Readonly<Record<string, Work>> = {
  'hot, reserved': reservar('hot', false),
  'other, reserved': reservar('other', false),
  'cold, reserved': reservar('cold', false),
  'hot, reserved and sold': reservar('hot', true),
  'cold, reserved and sold': reservar('cold', true),
}

async function compare(stores: Readonly<Record<Engine, InventarioStore>>, work: Work) {
  const data = []
  for (const callers of inFlight) {
    const told: Record<Engine, Round[]> = { sqlite: [], postgres: [] }
    await inTurns(rounds, engines, async (engine) => {
      told[engine].push(await run(work, stores[engine], callers))
    })
    const of = (engine: Engine, value: keyof Round) =>
      median(told[engine].map((round) => round[value]))
    data.push({
      'in flight': callers,
      'SQLite /s': of('sqlite', 'perSecond'),
      'PostgreSQL /s': of('postgres', 'perSecond'),
      ratio: of('postgres', 'perSecond') / of('sqlite', 'perSecond'),
      'SQLite p99 ms': of('sqlite', 'p99'),
      'PostgreSQL p99 ms': of('postgres', 'p99'),
    })
  }
  return data
}

const exitCode = await benchmark(process.argv.slice(2), {
  help,
  options: commonOptions,
  names: { most: 1, takes: 'bench takes one folder' },
  choose: (values, [dir = values.dir]) => ({ ...values, dir }),
  async *measure(session) {
    const storages = await openBoth(session)
    const stores = {
      sqlite: createInventarioStore(storages.sqlite, id),
      postgres: createInventarioStore(storages.postgres, id),
    }
    for (const engine of engines) {
      await fill(stores[engine])
      for (const work of Object.values(works)) await run(work, stores[engine], 32)
    }
    // As a server does by itself after a minute.
    await change(storages.postgres, 'ANALYZE')
    for (const [name, work] of Object.entries(works)) {
      session.say(name)
      yield [
        name,
        figuresSection(`${name}, medians of ${rounds} rounds`, await compare(stores, work)),
      ]
    }
  },
})
process.exit(exitCode)
