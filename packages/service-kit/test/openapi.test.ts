import { beforeAll, describe, expect, test } from 'bun:test'
import { createProbe, type Probe } from './fixture.ts'

interface Media {
  content?: Record<string, { schema?: Record<string, unknown>; example?: unknown }>
}
interface Operation {
  'x-acceso'?: string
  security?: unknown[]
  operationId?: string
  requestBody?: Media
  responses?: Record<string, Media & { $ref?: string }>
  parameters?: { name: string; in: string; schema: Record<string, unknown> }[]
}
interface Document {
  openapi: string
  info: { title: string; description: string }
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown>; responses: Record<string, Media> }
}

let probe: Probe
let document: Document
beforeAll(async () => {
  probe = await createProbe()
  document = JSON.parse(await (await probe.call('GET', '/openapi/json')).text())
})

/** A response, or the shared one that it refers to. */
const response = (one: (Media & { $ref?: string }) | undefined): Media | undefined =>
  one?.$ref === undefined ? one : document.components.responses[one.$ref.split('/').at(-1) ?? '']
const types = (media: (Media & { $ref?: string }) | undefined) =>
  Object.keys(response(media)?.content ?? {})

const names = (path: string) =>
  document.paths[path]?.['get']?.parameters?.map((one) => `${one.in} ${one.name}`)

describe('the document', () => {
  test('is OpenAPI 3.1 and bears the name of the service', () => {
    expect(document.openapi).toStartWith('3.1')
    expect(document.info).toMatchObject({
      title: 'Encargo: prueba',
      description: 'Un servicio de prueba.',
    })
  })

  test('has the routes of every service besides its own, and none of the pages about itself', () => {
    const paths = Object.keys(document.paths)
    expect(paths).toContain('/cosas/{id}')
    for (const path of ['/livez', '/readyz', '/metrics']) expect(paths).toContain(path)
    expect(paths.filter((path) => path.startsWith('/openapi'))).toEqual([])
  })

  test('says for each route who may call it', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
    expect(operations.length).toBeGreaterThan(15)
    for (const operation of operations) expect(operation['x-acceso']).toBeString()
    expect(document.paths['/cosas/{id}']?.['get']).toMatchObject({
      'x-acceso': 'usuario',
      security: [{ bearer: [] }],
    })
    expect(document.paths['/cosas']?.['get']).toMatchObject({ 'x-acceso': 'publico', security: [] })
  })

  test('documents every refusal as problem+json and every good answer as JSON', () => {
    const responses = Object.entries(document.paths)
      .flatMap(([path, operations]) =>
        Object.values(operations)
          .flatMap((one) => Object.entries(one.responses ?? {}))
          .map(([status, media]) => ({ path, status: Number(status), media: types(media) })),
      )
      .filter(({ path }) => !['/readyz', '/metrics'].includes(path))
    expect(responses.length).toBeGreaterThan(40)
    for (const { status, media } of responses) {
      expect(media).toEqual([status < 400 ? 'application/json' : 'application/problem+json'])
    }
  })

  test('keeps the report of /readyz what it is: JSON, also with 503', () => {
    const { responses } = document.paths['/readyz']?.['get'] ?? {}
    expect(types(responses?.['503'])).toEqual(['application/json'])
  })

  test('names the codes of each refusal', () => {
    const conflict = document.paths['/cosas']?.['post']?.responses?.['409']
    expect(conflict).toEqual({ $ref: '#/components/responses/sku-en-uso.stock-insuficiente' })
    expect(JSON.stringify(response(conflict))).toContain('ProblemaSkuEnUso')
    expect(document.components.schemas['ProblemaStockInsuficiente']).toMatchObject({
      required: ['type', 'title', 'status', 'detail', 'codigo', 'faltantes'],
      properties: { codigo: { const: 'stock-insuficiente' }, status: { const: 409 } },
    })
  })

  test('has the bodies that the parser takes: JSON, and forms where a route says so', async () => {
    const form = 'application/x-www-form-urlencoded'
    expect(types(document.paths['/cosas']?.['post']?.requestBody)).toEqual(['application/json'])
    expect(types(document.paths['/sesion']?.['post']?.requestBody)).toEqual([
      'application/json',
      form,
    ])
    const schema = document.paths['/cosas']?.['post']?.requestBody?.content?.['application/json']
    expect(schema?.schema).toMatchObject({ required: ['a'], additionalProperties: false })
    const init = { headers: { 'content-type': form }, body: 'email=a&password=b' }
    expect((await probe.call('POST', '/sesion', init)).status).toBe(200)
    expect((await probe.call('POST', '/eco', init)).status).toBe(415)
  })

  test('names a schema with a title once, and refers to it', () => {
    const { content } = document.paths['/sesion']?.['post']?.requestBody ?? {}
    const reference = { $ref: '#/components/schemas/Credenciales' }
    expect(content?.['application/json']?.schema).toEqual(reference)
    expect(document.components.schemas['Credenciales']).toMatchObject({ type: 'object' })
  })

  test('has an example of each body', () => {
    const { content } = document.paths['/cosas']?.['post']?.requestBody ?? {}
    expect(content?.['application/json']?.example).toEqual({ a: 1, b: 'texto' })
  })

  test('says of a query what a caller may send, with no default that nobody asked for', () => {
    const [limite, , activo] = document.paths['/cosas']?.['get']?.parameters ?? []
    expect(limite?.schema).toMatchObject({ type: 'integer', minimum: 1, maximum: 200 })
    expect(activo?.schema).toEqual({ type: 'boolean' })
    expect(JSON.stringify(document)).not.toContain('"default"')
  })

  test('is found relative to itself, so that it holds behind a prefix', () => {
    expect(document.servers[0]?.url).toBe('..')
  })

  test('has a name for each operation that a generator can use', () => {
    const ids = Object.values(document.paths).flatMap((operations) =>
      Object.values(operations).map(({ operationId }) => operationId ?? ''),
    )
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z0-9]*$/)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('has the members of queries and paths', () => {
    expect(names('/cosas')).toEqual(['query limite', 'query cursor', 'query activo'])
    expect(names('/cosas/{id}')).toEqual(['path id'])
  })

  test('is the same when it is asked for again', async () => {
    const again: unknown = await (await probe.call('GET', '/openapi/json')).json()
    expect(again).toEqual(document)
  })

  test('is that of its own app, in one process with others', async () => {
    const other = await createProbe({ name: 'otra' })
    const told: Document = JSON.parse(await (await other.call('GET', '/openapi/json')).text())
    expect(told.info.title).toBe('Encargo: otra')
  })
})

/** Everything that the page loads, as absolute addresses. */
const loaded = (html: string, page = 'http://localhost/openapi') =>
  [...html.matchAll(/(?:src|href)="([^"]+)"/g)]
    .map(([, address = '']) => new URL(address, page))
    .filter((address) => address.protocol !== 'data:')

describe('the page', () => {
  test('loads scripts and styles from this service only, and may load none from elsewhere', async () => {
    const answer = await probe.call('GET', '/openapi')
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/https?:|\*/)
    const addresses = loaded(await answer.text())
    expect(addresses.length).toBeGreaterThanOrEqual(3)
    for (const address of addresses) expect(address.host).toBe('localhost')
  })

  test('gets every file it loads, kept for a year under a path with the version', async () => {
    const html = await (await probe.call('GET', '/openapi')).text()
    for (const { pathname } of loaded(html)) {
      const answer = await probe.call('GET', pathname)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toMatch(/^text\/(javascript|css)/)
      expect(answer.headers.get('cache-control')).toContain('immutable')
      expect(pathname).toMatch(/\/\d+\.\d+\.\d+\//)
      expect((await answer.text()).length).toBeGreaterThan(50)
    }
  })

  test('works behind a prefix: all that it loads is under the same one', async () => {
    const html = await (await probe.call('GET', '/openapi')).text()
    const addresses = loaded(html, 'http://localhost/api/auth/openapi')
    for (const { pathname } of addresses) expect(pathname).toStartWith('/api/auth/openapi/')
  })

  test('is sent to its own address when it is asked for with a slash behind', async () => {
    const answer = await probe.call('GET', '/openapi/')
    expect(answer.status).toBe(308)
    expect(answer.headers.get('location')).toBe('../openapi')
  })

  test('asks nobody else to check the document', async () => {
    const html = await (await probe.call('GET', '/openapi')).text()
    const start = loaded(html).find(({ pathname }) => pathname.endsWith('start.js'))
    const script = await (await probe.call('GET', start?.pathname ?? '')).text()
    expect(script).toContain("url: 'openapi/json'")
    expect(script).toContain('validatorUrl: null')
  })
})
