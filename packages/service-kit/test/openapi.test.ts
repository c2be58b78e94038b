import { beforeAll, describe, expect, test } from 'bun:test'
import { createProbe, type Probe } from './fixture.ts'

interface Media {
  content?: Record<string, { schema?: Record<string, unknown> }>
}
interface Operation {
  'x-acceso'?: string
  security?: unknown[]
  requestBody?: Media
  responses?: Record<string, Media>
  parameters?: { name: string; in: string }[]
}
interface Document {
  openapi: string
  info: { title: string; description: string }
  paths: Record<string, Record<string, Operation>>
}

let probe: Probe
let document: Document
beforeAll(async () => {
  probe = await createProbe()
  document = JSON.parse(await (await probe.call('GET', '/openapi/json')).text())
})

const types = (media: Media | undefined) => Object.keys(media?.content ?? {})

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
      .filter(({ path }) => path !== '/readyz')
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
    expect(JSON.stringify(conflict)).toContain('sku-en-uso')
  })

  test('has the bodies that the parser takes: JSON, and forms only of texts', () => {
    expect(types(document.paths['/cosas']?.['post']?.requestBody)).toEqual(['application/json'])
    expect(types(document.paths['/sesion']?.['post']?.requestBody)).toEqual([
      'application/json',
      'application/x-www-form-urlencoded',
    ])
    const schema = document.paths['/cosas']?.['post']?.requestBody?.content?.['application/json']
    expect(schema?.schema).toMatchObject({ required: ['a'], additionalProperties: false })
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
const loaded = (html: string) =>
  [...html.matchAll(/(?:src|href)="([^"]+)"/g)]
    .map(([, address = '']) => new URL(address, 'http://localhost/openapi'))
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

  test('asks nobody else to check the document', async () => {
    const html = await (await probe.call('GET', '/openapi')).text()
    const start = loaded(html).find(({ pathname }) => pathname.endsWith('start.js'))
    const script = await (await probe.call('GET', start?.pathname ?? '')).text()
    expect(script).toContain("url: '/openapi/json'")
    expect(script).toContain('validatorUrl: null')
  })
})
