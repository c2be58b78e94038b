/**
 * What the CSV calls cost: files of so many rows imported and exported over real HTTP, each service
 * a process of its own with its database on disk, while somebody else reads and writes; beside the
 * same file only parsed, and the same products made one by one. Ends with exit code 1 when an import
 * takes longer than it may.
 *
 *   bun bench/csv.ts [rows]
 */
import { ErroresImportacion } from '@encargo/csv/errores'
import { leerCsv } from '@encargo/csv/leer'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { productsFile, skuOf, stockFile } from './csv/files.ts'
import { type Service, startService } from './csv/service.ts'
import { percentile } from './stats.ts'
import { figure, mebibytes, renderTable } from './table.ts'

const rows = Number(process.argv[2] ?? 10_000)
/** An import may take so long. */
const limitMs = 5_000
/** How often somebody else asks meanwhile. */
const everyMs = 25
const singles = 300

type Ask = (index: number) => Promise<Response>

/** Asks at its pace, whatever the answers take, until `until`; the latencies in milliseconds. */
async function beside(ask: Ask, until: Promise<unknown>): Promise<number[]> {
  const state = { over: false }
  void until.finally(() => (state.over = true))
  const asked: Promise<number>[] = []
  while (!state.over) {
    const at = performance.now()
    asked.push(
      ask(asked.length).then(async (answer) => {
        await answer.arrayBuffer()
        if (!answer.ok) throw new Error(`somebody else was answered ${answer.status}`)
        return performance.now() - at
      }),
    )
    await Bun.sleep(everyMs)
  }
  return await Promise.all(asked)
}

interface Others {
  readonly read: Ask
  readonly write: Ask
}

const worst = (latencies: readonly number[]) => figure(percentile(latencies, 1))

/** Does one thing with a file and tells what it did to everybody else. */
async function measure(
  what: string,
  { longestBlock, resident, cpu }: Service,
  others: Others,
  work: () => Promise<Response>,
): Promise<string[]> {
  await longestBlock()
  const cpuBefore = cpu() ?? Number.NaN
  const startedAt = performance.now()
  let tookMs = 0
  const working = work().then(async (answer) => {
    const bytes = (await answer.bytes()).byteLength
    if (!answer.ok) throw new Error(`${what} was answered ${answer.status}`)
    tookMs = performance.now() - startedAt
    return bytes
  })
  const [reads, writes] = await Promise.all([
    beside(others.read, working),
    beside(others.write, working),
  ])
  await working
  if (what.startsWith('import') && tookMs > limitMs) process.exitCode = 1
  return [
    what,
    figure(tookMs / 1000),
    figure((cpu() ?? Number.NaN) - cpuBefore),
    figure(rows / (tookMs / 1000)),
    figure(await longestBlock()),
    figure(percentile(reads, 0.5)),
    worst(reads),
    worst(writes),
    mebibytes(resident()),
  ]
}

const columns = [
  '',
  's',
  'CPU s',
  'rows/s',
  'longest block, ms',
  'reads p50, ms',
  'max',
  'writes max, ms',
  'MiB',
]

const csvHeaders = ({ staff }: Service) => ({
  authorization: `Bearer ${staff}`,
  'content-type': 'text/csv',
})
const jsonHeaders = (token: string) => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
})

const send = (service: Service, path: string, body: string) =>
  fetch(`${service.url}${path}`, { method: 'POST', headers: csvHeaders(service), body })
const download = (service: Service, path: string) =>
  fetch(`${service.url}${path}`, { headers: csvHeaders(service) })

/** A product that no file names, for those who edit meanwhile. */
async function newProduct({ url, staff }: Service, sku: string): Promise<string> {
  const body = JSON.stringify({ sku, nombre: 'Aparte', precio: 100 })
  const init = { method: 'POST', headers: jsonHeaders(staff), body }
  const answer = await fetch(`${url}/productos`, init)
  const { id }: { id: string } = JSON.parse(await answer.text())
  return id
}

async function measureProducts(service: Service): Promise<string[][]> {
  const id = await newProduct(service, 'APARTE')
  const others: Others = {
    read: () => fetch(`${service.url}/productos?limite=20`),
    write: (index) =>
      fetch(`${service.url}/productos/${id}`, {
        method: 'PATCH',
        headers: jsonHeaders(service.staff),
        body: JSON.stringify({ precio: index + 1 }),
      }),
  }
  const path = '/productos/importacion'
  const steps: [string, () => Promise<Response>][] = [
    [
      'simulate, all new',
      () => send(service, `${path}?simular=true`, productsFile(rows, { edition: '', cents: 0 })),
    ],
    ['import, all new', () => send(service, path, productsFile(rows, { edition: '', cents: 0 }))],
    [
      'import, no changes',
      () => send(service, path, productsFile(rows, { edition: '', cents: 0 })),
    ],
    [
      'import, other prices',
      () => send(service, path, productsFile(rows, { edition: '', cents: 7 })),
    ],
    [
      'import, other texts',
      () => send(service, path, productsFile(rows, { edition: ' b', cents: 7 })),
    ],
    ['export', () => download(service, '/productos/exportacion')],
  ]
  const table: string[][] = []
  for (const [what, work] of steps) table.push(await measure(what, service, others, work))
  return table
}

async function measureStock(service: Service, productos: Service): Promise<string[][]> {
  const productoId = await newProduct(productos, 'APARTE-2')
  await send(service, '/inventario/importacion', `sku,fisico\nAPARTE-2,1000000\n`)
  const lineas = [{ productoId, cantidad: 1 }]
  const others: Others = {
    read: () => fetch(`${service.url}/disponibilidad?ids=${productoId}`),
    write: () =>
      fetch(`${service.url}/reservas/${Bun.randomUUIDv7()}`, {
        method: 'PUT',
        headers: jsonHeaders(service.service),
        body: JSON.stringify({ lineas }),
      }),
  }
  const path = '/inventario/importacion'
  const steps: [string, () => Promise<Response>][] = [
    ['import, all new', () => send(service, path, stockFile(rows))],
    ['import, no changes', () => send(service, path, stockFile(rows))],
    ['import, other counts', () => send(service, path, stockFile(rows, 7))],
    ['export', () => download(service, '/inventario/exportacion')],
  ]
  const table: string[][] = []
  for (const [what, work] of steps) table.push(await measure(what, service, others, work))
  return table
}

/** Milliseconds to only read the rows of the file, here. */
async function parseMs(file: string): Promise<number> {
  const bytes = new TextEncoder().encode(file)
  const [header = ''] = file.split('\r\n', 1)
  const columnas = header.split(',')
  const formato = { columnas, falta: () => undefined, maxFilas: rows }
  async function* source() {
    yield bytes
  }
  const startedAt = performance.now()
  for await (const fila of leerCsv(source(), formato, new ErroresImportacion())) void fila
  return performance.now() - startedAt
}

/** Milliseconds for a product when some are made one by one, each after the one before. */
async function singleMs({ url, staff }: Service): Promise<number> {
  const headers = jsonHeaders(staff)
  const startedAt = performance.now()
  for (let index = 0; index < singles; index++) {
    const body = JSON.stringify({
      sku: `SUELTO-${skuOf(index)}`,
      nombre: `Suelto ${index}`,
      precio: 100,
    })
    const answer = await fetch(`${url}/productos`, { method: 'POST', headers, body })
    if (answer.status !== 201) throw new Error(`a single product was answered ${answer.status}`)
    await answer.arrayBuffer()
  }
  return (performance.now() - startedAt) / singles
}

const parent = join(import.meta.dir, '..', '.data', 'bench')
mkdirSync(parent, { recursive: true })
const folder = mkdtempSync(join(parent, 'csv-'))
const productos = await startService('productos', folder)
const inventario = await startService('inventario', folder, productos.url)
try {
  const file = productsFile(rows)
  await parseMs(file)
  const parsed = await parseMs(file)
  const title = `productos, ${rows} rows, ${mebibytes(file.length)} MiB`
  console.log(renderTable({ title, columns, rows: await measureProducts(productos) }))
  const stock = await measureStock(inventario, productos)
  console.log(renderTable({ title: `inventario, ${rows} rows`, columns, rows: stock }))
  const single = await singleMs(productos)
  console.log(`only parsed: ${figure(parsed / 1000)} s, ${figure(rows / (parsed / 1000))} rows/s`)
  console.log(
    `one by one: ${figure(single)} ms a product, ${figure((single * rows) / 1000)} s for all`,
  )
} finally {
  productos.stop()
  inventario.stop()
  rmSync(folder, { recursive: true, force: true })
}
