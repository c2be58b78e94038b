import { tokenEndpoint } from '@encargo/service-kit/http/oauth-errors'
import { createRandom, fuzzSeed } from '@encargo/service-kit/testing/random'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import {
  type Caller,
  createCallers,
  idOf,
  type Services,
  startMs,
  startServices,
} from './fixture.ts'
import { captureOutput } from './log-capture.ts'
import { type Operacion, operationsOf, type Parametro } from './openapi.ts'
import { plausible } from './plausible.ts'
import { body, contentTypes, headerNames, headerValues, pick, texts } from './rubbish.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])
const budgetMs = Number(process.env['FUZZ_MS'] ?? 4_000)
/** No answer may take longer, hashing of passwords included, in milliseconds. */
const hangMs = 8_000

const output = captureOutput()
let services: Services
let operations: Operacion[]
/** Things that exist, so that rubbish also meets what is there. */
let ids: string[]
let callers: { readonly name: string; readonly headers: Record<string, string> }[]
beforeAll(async () => {
  services = await startServices()
  operations = await operationsOf(services)
  const known = new Set(['cliente', 'admin'])
  const people = (await createCallers(services)).filter(({ name }: Caller) => known.has(name))
  callers = [{ name: 'nobody', headers: {} }, ...people]
  ids = [await createProduct(people.find(({ name }) => name === 'admin')?.headers ?? {})]
}, startMs)
afterAll(async () => {
  output.restore()
  console.log(`fuzz: seed ${seed} (repeat with FUZZ_SEED=${seed})`)
  await services.stop()
}, startMs)

async function createProduct(headers: Record<string, string>): Promise<string> {
  const product = { sku: 'SKU-1', nombre: 'Taza', precio: 1999 }
  const created = await services.post('productos', '/productos', product, headers)
  const productoId = await idOf(created)
  const stock = { productoId, cantidad: 1_000 }
  const stocked = await services.post('inventario', '/inventario', stock, headers)
  if (stocked.status !== 201) throw new Error(await stocked.text())
  return productoId
}

function fieldsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const properties = 'properties' in schema ? Object.keys(schema.properties ?? {}) : []
  const parts = ['anyOf', 'oneOf', 'allOf'].flatMap(
    (key) => Object.entries(schema).find(([name]) => name === key)?.[1] ?? [],
  )
  return [...new Set([...properties, ...parts.flatMap(fieldsOf)])]
}

/** A text that a URL can carry; a lone surrogate has no UTF-8. */
const inUrl = (text: string) => encodeURIComponent(text.toWellFormed())

function queryValue(random: () => number, schema: unknown): string {
  return random() < 0.5 ? pick(random, texts) : String(plausible(random, schema, ids))
}

function target(random: () => number, { path, query }: Operacion): string {
  const filled = path.replaceAll(/\{[^}]+\}/g, () =>
    random() < 0.7
      ? pick(random, [Bun.randomUUIDv7(), ...ids])
      : inUrl(pick(random, texts)) || '%20',
  )
  const asked: Parametro[] = query.filter(() => random() < 0.4)
  if (random() < 0.1) asked.push({ name: 'desconocido', schema: {} })
  if (random() < 0.1 && asked[0] !== undefined) asked.push(asked[0])
  const pairs = asked.map(({ name, schema }) => `${name}=${inUrl(queryValue(random, schema))}`)
  if (random() < 0.05) pairs.push('%', '&&==&', 'a[b]=c')
  const whole = pairs.length > 0 ? `${filled}?${pairs.join('&')}` : filled
  // Beyond 16 KiB the server itself refuses (slow-clients.test.ts).
  return whole.slice(0, 8_000).replace(/%[0-9A-F]?$/, '')
}

function requestFor(random: () => number, operation: Operacion, headers: Record<string, string>) {
  const sent: Record<string, string> = { ...headers, connection: 'close' }
  for (let i = random() * 3; i >= 1; i -= 1)
    sent[pick(random, headerNames)] = pick(random, headerValues)
  if (random() < 0.05) sent['authorization'] = `Bearer ${pick(random, headerValues)}`
  const path = target(random, operation)
  if (operation.method === 'GET') return { path, init: { method: 'GET', headers: sent } }
  if (random() < 0.5) {
    const init = {
      method: operation.method,
      headers: { ...sent, 'content-type': 'application/json' },
    }
    return { path, init: { ...init, body: JSON.stringify(plausible(random, operation.body, ids)) } }
  }
  sent['content-type'] = pick(random, contentTypes)
  const init = {
    method: operation.method,
    headers: sent,
    body: body(random, fieldsOf(operation.body)),
  }
  return { path, init }
}

/** What an answer must never show: stacks, files, tables, the machinery. */
const leaks = new RegExp(
  [
    String.raw`\n\s+at `,
    String.raw`\.ts:\d`,
    'node_modules',
    'bun:sqlite',
    'SQLiteError',
    'SQLITE_',
    'syntax error',
    'no such (table|column)',
    'malformed MATCH',
    'fts5',
    'drizzle',
    'TypeBox',
    'argon2id',
    'PRIVATE KEY',
    'TypeError|RangeError|is not a function|undefined is not|Cannot read',
  ].join('|'),
)

/** What is wrong with an answer to rubbish, or undefined. */
async function fault(answer: Response): Promise<string | undefined> {
  // A stream that began has no end; it is enough that it began.
  if (answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    await answer.body?.cancel()
    return undefined
  }
  const text = await answer.text()
  if (answer.status >= 500) return `${answer.status} ${text}`
  const leak = leaks.exec(text)?.[0] ?? (text.includes(services.dataDir) ? 'a path' : undefined)
  if (leak !== undefined) return `leaks ${JSON.stringify(leak)}: ${text.slice(0, 500)}`
  const type = answer.headers.get('content-type') ?? ''
  const expected =
    new URL(answer.url).pathname === tokenEndpoint ? 'application/json' : 'application/problem+json'
  if (answer.status >= 400 && type !== expected) {
    return `${answer.status} as ${type}: ${text.slice(0, 200)}`
  }
  return undefined
}

async function once(random: () => number, operation: Operacion): Promise<string | undefined> {
  const caller = callers[Math.floor(random() * callers.length)]
  const { path, init } = requestFor(random, operation, caller?.headers ?? {})
  const said = `${operation.service} ${init.method} ${path.slice(0, 200)} as ${caller?.name} ${JSON.stringify(init).slice(0, 600)}`
  try {
    const signal = AbortSignal.timeout(hangMs)
    const found = await fault(
      await fetch(`${services.urlOf(operation.service)}${path}`, {
        ...init,
        signal,
        redirect: 'manual',
      }),
    )
    return found === undefined ? undefined : `${found}\n  ${said}`
  } catch (error) {
    return `${String(error)}\n  ${said}`
  }
}

test('rubbish of many kinds, as nobody, as a shopper, as staff, breaks no operation and leaks nothing', async () => {
  const random = createRandom(seed)
  const until = performance.now() + budgetMs
  const faults: string[] = []
  let sent = 0
  // Every operation at least eight times, then as often as the time allows.
  for (let round = 0; round < 8 || performance.now() < until; round += 1) {
    const found = await Promise.all(operations.map((operation) => once(random, operation)))
    sent += found.length
    faults.push(...found.filter((one) => one !== undefined))
    if (faults.length > 0) break
  }
  if (faults.length > 0) throw new Error(`seed ${seed}:\n${faults.slice(0, 10).join('\n')}`)
  expect(sent).toBeGreaterThanOrEqual(8 * operations.length)
  for (const { service } of operations) {
    expect((await services.send(service, '/readyz')).status).toBe(200)
  }
  expect(output.lines.filter((line) => line.includes('"level":"error"'))).toEqual([])
}, 60_000)
