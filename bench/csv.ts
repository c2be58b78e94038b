import { ErroresImportacion } from '@encargo/csv/errores'
import { leerCsv } from '@encargo/csv/leer'
import { wholeNumber } from '../scripts/lib/command-line.ts'
import { productsFile, skuOf, stockFile } from './csv/files.ts'
import { type Service, startService } from './csv/service.ts'
import { benchmark, commonHelp, commonOptions, type Section } from './harness.ts'
import { cpuSeconds, residentBytes } from './proc.ts'
import { percentile } from './stats.ts'
import { beginPlace } from './targets/place.ts'
import { figure, mebibytes } from './table.ts'

const help = `Usage: bun bench/csv.ts [rows] [options]

What the CSV calls cost: files of so many rows (10,000 unless told otherwise) imported and exported
over real HTTP, each service a process of its own with its database on disk, while somebody else
reads and writes; beside the same file only parsed, and the same products made one by one.

  --postgres           on a PostgreSQL of its own, which waits for the disk

${commonHelp}`

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

/** What one thing done with a file took, and what it did to everybody else; times in milliseconds. */
interface Figures {
  readonly what: string
  readonly ms: number
  readonly cpuSeconds: number
  readonly longestBlockMs: number
  readonly reads: readonly number[]
  readonly writes: readonly number[]
  readonly residentBytes: number | null
}

type Step = readonly [what: string, work: () => Promise<Response>]

async function measure(
  { longestBlock, pid }: Service,
  others: Others,
  [what, work]: Step,
): Promise<Figures> {
  await longestBlock()
  const cpuBefore = cpuSeconds(pid) ?? Number.NaN
  const startedAt = performance.now()
  const working = work().then(async (answer) => {
    await answer.arrayBuffer()
    if (!answer.ok) throw new Error(`${what} was answered ${answer.status}`)
    return performance.now() - startedAt
  })
  const [reads, writes] = await Promise.all([
    beside(others.read, working),
    beside(others.write, working),
  ])
  return {
    what,
    ms: await working,
    cpuSeconds: (cpuSeconds(pid) ?? Number.NaN) - cpuBefore,
    longestBlockMs: await longestBlock(),
    reads,
    writes,
    residentBytes: residentBytes(pid),
  }
}

const jsonHeaders = (token: string) => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
})
const csvHeaders = ({ staff }: Service) => ({
  ...jsonHeaders(staff),
  'content-type': 'text/csv',
})

const send = (service: Service, path: string, body: string) =>
  fetch(`${service.url}${path}`, { method: 'POST', headers: csvHeaders(service), body })
const download = (service: Service, path: string) =>
  fetch(`${service.url}${path}`, { headers: csvHeaders(service) })

/** Makes a product that no file names, and answers its id. */
async function newProduct({ url, staff }: Service, sku: string): Promise<string> {
  const body = JSON.stringify({ sku, nombre: `Aparte ${sku}`, precio: 100 })
  const init = { method: 'POST', headers: jsonHeaders(staff), body }
  const answer = await fetch(`${url}/productos`, init)
  const text = await answer.text()
  if (answer.status !== 201) throw new Error(`a single product was answered ${answer.status}`)
  const { id }: { id: string } = JSON.parse(text)
  return id
}

async function ofProducts(service: Service, rows: number): Promise<[Others, Step[]]> {
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
  const imported = (changes = {}, to = path) => send(service, to, productsFile(rows, changes))
  const steps: Step[] = [
    ['simulate, all new', () => imported({}, `${path}?simular=true`)],
    ['import, all new', () => imported()],
    ['import, no changes', () => imported()],
    ['import, other prices', () => imported({ cents: 7 })],
    ['import, other texts', () => imported({ edition: ' b', cents: 7 })],
    ['export', () => download(service, '/productos/exportacion')],
  ]
  return [others, steps]
}

async function ofStock(
  service: Service,
  productos: Service,
  rows: number,
): Promise<[Others, Step[]]> {
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
  const imported = (extra = 0) => send(service, '/inventario/importacion', stockFile(rows, extra))
  const steps: Step[] = [
    ['import, all new', () => imported()],
    ['import, no changes', () => imported()],
    ['import, other counts', () => imported(7)],
    ['export', () => download(service, '/inventario/exportacion')],
  ]
  return [others, steps]
}

/** The columns of the table, and what stands in them. */
const shown: Readonly<Record<string, (one: Figures, rows: number) => string>> = {
  '': ({ what }) => what,
  s: ({ ms }) => figure(ms / 1000),
  'CPU s': ({ cpuSeconds }) => figure(cpuSeconds),
  'rows/s': ({ ms }, rows) => figure(rows / (ms / 1000)),
  'longest block, ms': ({ longestBlockMs }) => figure(longestBlockMs),
  'reads p50, ms': ({ reads }) => figure(percentile(reads, 0.5)),
  max: ({ reads }) => figure(percentile(reads, 1)),
  'writes max, ms': ({ writes }) => figure(percentile(writes, 1)),
  MiB: ({ residentBytes }) => mebibytes(residentBytes),
}

async function section(
  title: string,
  rows: number,
  service: Service,
  [others, steps]: readonly [Others, readonly Step[]],
): Promise<Section> {
  const all: Figures[] = []
  for (const step of steps) all.push(await measure(service, others, step))
  const cells = all.map((one) => Object.values(shown).map((text) => text(one, rows)))
  const wrong = all
    .filter(({ what, ms }) => what.startsWith('import') && ms > limitMs)
    .map(({ what, ms }) => `${what}: ${figure(ms / 1000)} s (limit 5)`)
  return { tables: [{ title, columns: Object.keys(shown), rows: cells }], data: all, wrong }
}

/** Milliseconds to only read the rows of the file, here. */
async function parseMs(file: string, rows: number): Promise<number> {
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

/** What the same costs otherwise: only parsed, and made one by one, each after the one before. */
async function otherwise(productos: Service, rows: number): Promise<Section> {
  const file = productsFile(rows)
  await parseMs(file, rows)
  const parsedMs = await parseMs(file, rows)
  const startedAt = performance.now()
  for (let index = 0; index < singles; index++) {
    await newProduct(productos, `SUELTO-${skuOf(index)}`)
  }
  const singleMs = (performance.now() - startedAt) / singles
  const table = {
    title: 'The same otherwise',
    columns: ['', 's', 'rows/s'],
    rows: [
      ['only parsed', figure(parsedMs / 1000), figure(rows / (parsedMs / 1000))],
      ['one by one', figure((singleMs * rows) / 1000), figure(1000 / singleMs)],
    ],
  }
  return { tables: [table], data: { parsedMs, singleMs }, wrong: [] }
}

const exitCode = await benchmark(process.argv.slice(2), {
  help,
  options: { ...commonOptions, postgres: { type: 'boolean', default: false } },
  names: { most: 1, takes: 'csv takes how many rows' },
  choose: (values, [rows = '10000']) => ({ ...values, rows: wholeNumber('rows', rows, 1, 20_000) }),
  async *measure(session, { rows, postgres }) {
    const { settings } = beginPlace(session, 'csv', postgres)
    const database = settings['DATABASE_URL'] ?? ''
    const start = async (name: string, ...args: string[]) => {
      const service = await startService(name, session.folder, database, ...args)
      session.defer(service.stop)
      return service
    }
    const productos = await start('productos')
    const inventario = await start('inventario', productos.url)
    const title = `productos, ${rows} rows, ${mebibytes(productsFile(rows).length)} MiB`
    yield ['productos', await section(title, rows, productos, await ofProducts(productos, rows))]
    const stock = await ofStock(inventario, productos, rows)
    yield ['inventario', await section(`inventario, ${rows} rows`, rows, inventario, stock)]
    yield ['otherwise', await otherwise(productos, rows)]
  },
})
process.exit(exitCode)
