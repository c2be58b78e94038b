/**
 * What the summary of orders costs: taking a whole past in, as the first start of a version that has
 * one does; what a purchase leaves to be taken in; and asking for it.
 *
 *   bun bench/summary.ts [orders] [products]
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { diasDe } from '../apps/pedidos/src/domain/resumen.ts'
import { createResumen } from '../apps/pedidos/src/store/resumen.ts'
import { openPedidosStorage, type PedidosStorage } from '../apps/pedidos/src/store/sqlite/open.ts'
import { root } from '../scripts/lib/install.ts'
import { history } from './fill/orders.ts'
import { pedidosWriter } from './fill/pedidos.ts'
import { median } from './stats.ts'
import { figure, renderTable } from './table.ts'

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

function whole(text: string | undefined, byDefault: number): number {
  const number = Number(text ?? byDefault)
  if (Number.isInteger(number) && number > 0) return number
  console.error(`orders and products must be whole numbers from 1, got ${JSON.stringify(text)}`)
  process.exit(1)
}

/** An order every 30 s up to now; its fsyncs are saved up, as they are not what is measured. */
function fill({ client }: PedidosStorage, orders: number, products: number): void {
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
function buy({ client }: PedidosStorage, from: number): void {
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

const orders = whole(process.argv[2], 1_000_000)
const products = whole(process.argv[3], 200)
const base = join(root, '.data', 'bench')
mkdirSync(base, { recursive: true })
const folder = mkdtempSync(join(base, 'summary-'))
const storage = openPedidosStorage(join(folder, 'pedidos.db'))
try {
  console.error(`writing ${orders} orders of ${products} products`)
  fill(storage, orders, products)
  const { seguidor, resumen } = createResumen(storage, () => performance.now())
  const sql = 'SELECT max(secuencia) AS n FROM pedido_eventos'
  const changes = storage.client.query<{ n: number }, []>(sql).get()?.n ?? 0
  const past = await taken(changes, () => seguidor.alDia(forever))
  const pieces = storage.stats().writes
  const rows: string[][] = []
  for (const { title, desde } of spans) {
    for (const zona of zones) {
      const asked: number[] = []
      for (let time = 0; time < times; time++) {
        const dias = () => diasDe({ desde, hasta: undefined, zona, ahora: now })
        const { cpuMicros } = await taken(1, () => resumen({ dias: dias(), moneda }))
        asked.push(cpuMicros / 1000)
      }
      rows.push([`${title}, ${zona}`, figure(median(asked))])
    }
  }
  buy(storage, orders + 1)
  const bought = await taken(purchases, () => seguidor.alDia(forever))
  console.log(
    renderTable({
      title: `The summary over ${orders} orders of ${products} products, in milliseconds of CPU (medians)`,
      columns: ['', 'CPU ms'],
      rows,
      notes: [
        `The past of ${changes} changes: ${figure(past.ms / 1000)} s in ${pieces} writes, ${figure(past.cpuMicros)} µs of CPU each.`,
        `A purchase leaves ${figure(bought.cpuMicros)} µs of CPU to the background.`,
      ],
    }),
  )
} finally {
  await storage.close()
  rmSync(folder, { recursive: true, force: true })
}
