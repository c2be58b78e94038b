import { Database } from 'bun:sqlite'
import { machineClock } from '@encargo/service-kit/async/clock'
import { diasDe } from '../apps/pedidos/src/domain/resumen.ts'
import { leerResumen, sumas } from '../apps/pedidos/src/store/resumen.ts'
import { Seguidor } from '../apps/pedidos/src/store/seguidor.ts'
import { openPedidosStorage } from '../apps/pedidos/src/store/sqlite/open.ts'
import { wholeNumber } from '../scripts/lib/command-line.ts'
import { history } from './fill/orders.ts'
import { pedidosWriter } from './fill/pedidos.ts'
import { benchmark, commonHelp, commonOptions, type Section } from './harness.ts'
import type { Session } from './session.ts'
import { median } from './stats.ts'
import { figure } from './table.ts'

const help = `Usage: bun bench/summary.ts [orders] [products] [options]

What the summary of orders costs: taking a whole past in, as the first start of a version that has
one does (a million orders of 200 products unless told otherwise); what a purchase leaves to be taken
in; and asking for it.

${commonHelp}`

const moneda = 'USD'
const now = Date.UTC(2026, 0, 15, 12)
const batch = 20_000
const purchases = 20_000
const times = 9
const forever = { maxMs: Number.POSITIVE_INFINITY }
const zones = ['UTC', 'America/Guayaquil'] as const
const spans = [
  { title: '30 days', desde: undefined },
  { title: '366 days', desde: '2025-01-15' },
] as const

/** An order every 30 s up to now; its fsyncs are saved up, as they are not what is measured. */
function fill(client: Database, orders: number, products: number): void {
  const past = {
    count: orders,
    products: Array.from({ length: products }, (_, at) => ({
      id: Bun.randomUUIDv7(),
      sku: `SKU-${at}`,
      nombre: `Producto ${at}`,
      precio: 1_000 + at,
    })),
    customers: Array.from({ length: 1_000 }, () => Bun.randomUUIDv7()),
    now,
  }
  client.run('PRAGMA synchronous = OFF; BEGIN')
  const add = pedidosWriter(client)
  for (const order of history(past)) {
    add(order)
    if (order.numero % batch === 0) client.run('COMMIT; BEGIN')
  }
  client.run('COMMIT; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous = FULL')
}

/** So many orders that were made, and nothing else yet. */
function buy(client: Database, from: number): void {
  const span = `WITH RECURSIVE n(numero) AS
    (SELECT ${from} UNION ALL SELECT numero + 1 FROM n WHERE numero < ${from + purchases - 1})`
  client.run(`${span} INSERT INTO pedidos (numero, id, cliente_id, creado_por, estado, version,
      intentos, total, moneda, expira_en, creado_en, actualizado_en)
    SELECT numero, lower(hex(randomblob(16))), 'c', 'c', 'Pendiente', 1, 0, 1, '${moneda}', ${now},
      ${now}, ${now} FROM n`)
  client.run(`INSERT INTO pedido_eventos (numero, estado, actor, en)
    SELECT numero, 'Pendiente', 'c', ${now} FROM pedidos WHERE numero >= ${from}`)
}

const micros = ({ user, system }: NodeJS.CpuUsage) => user + system

/** CPU microseconds of each of so many changes, and how long it took in all, in milliseconds. */
async function taken(changes: number, work: () => Promise<unknown>) {
  const cpu = process.cpuUsage()
  const startedAt = performance.now()
  await work()
  const ms = performance.now() - startedAt
  return { ms, cpuMicros: micros(process.cpuUsage(cpu)) / changes }
}

async function summary(session: Session, orders: number, products: number): Promise<Section> {
  const storage = openPedidosStorage(session.path('pedidos.db'))
  session.defer(() => storage.close())
  const client = new Database(storage.file)
  session.defer(() => client.close())
  session.say(`writing ${orders} orders of ${products} products`)
  fill(client, orders, products)
  const seguidor = new Seguidor(storage, sumas, machineClock)
  const sql = 'SELECT max(secuencia) AS n FROM pedido_eventos'
  const changes = client.query<{ n: number }, []>(sql).get()?.n ?? 0
  const past = await taken(changes, () => seguidor.alDia(forever))
  const pieces = storage.stats().writes
  const asked: { readonly what: string; readonly cpuMs: number }[] = []
  for (const { title, desde } of spans) {
    for (const zona of zones) {
      const all: number[] = []
      for (let time = 0; time < times; time++) {
        const dias = () => diasDe({ desde, hasta: undefined, zona, ahora: now })
        const { cpuMicros } = await taken(1, () => leerResumen(storage, { dias: dias(), moneda }))
        all.push(cpuMicros / 1000)
      }
      asked.push({ what: `${title}, ${zona}`, cpuMs: median(all) })
    }
  }
  buy(client, orders + 1)
  const bought = await taken(purchases, () => seguidor.alDia(forever))
  const table = {
    title: `The summary over ${orders} orders of ${products} products, in milliseconds of CPU (medians)`,
    columns: ['', 'CPU ms'],
    rows: asked.map(({ what, cpuMs }) => [what, figure(cpuMs)]),
    notes: [
      `The past of ${changes} changes: ${figure(past.ms / 1000)} s in ${pieces} writes, ${figure(past.cpuMicros)} µs of CPU each.`,
      `A purchase leaves ${figure(bought.cpuMicros)} µs of CPU to the background.`,
    ],
  }
  return { tables: [table], data: { changes, past, asked, bought }, wrong: [] }
}

const exitCode = await benchmark(process.argv.slice(2), {
  help,
  options: commonOptions,
  names: { most: 2, takes: 'summary takes how many orders, and of how many products' },
  choose: (values, [orders = '1000000', products = '200']) => ({
    ...values,
    orders: wholeNumber('orders', orders, 1, 100_000_000),
    products: wholeNumber('products', products, 1, 1_000_000),
  }),
  async *measure(session, { orders, products }) {
    yield ['summary', await summary(session, orders, products)]
  },
})
process.exit(exitCode)
