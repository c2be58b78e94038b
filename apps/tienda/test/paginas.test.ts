import { describe, expect, test } from 'bun:test'
import { crearTienda } from './fakes.ts'

const { pedir } = crearTienda(() => Response.json(null))

const con = (codificacion: string) =>
  pedir('/recursos/a-1234.js', { headers: { 'accept-encoding': codificacion } })

/** The language of the page for a browser that asks like this. */
const lenguaDe = async (lengua?: string) => {
  const headers = lengua === undefined ? {} : { 'accept-language': lengua }
  const respuesta = await pedir('/cesta', { headers })
  expect(respuesta.headers.get('vary')).toBe('accept-encoding, accept-language')
  const texto = await respuesta.text()
  const link = respuesta.headers.get('link') ?? ''
  // Its texts are on their way as soon as the page is.
  expect(link.includes('/recursos/en-1.js')).toBe(texto.includes('en'))
  return respuesta.headers.get('content-language')
}

describe('pages', () => {
  test('every path that is not a file is the one page, asked for anew each time', async () => {
    for (const ruta of ['/', '/productos/1', '/lo/que/sea', '/a.b']) {
      const respuesta = await pedir(ruta)
      expect(respuesta.headers.get('content-type')).toBe('text/html')
      expect(respuesta.headers.get('cache-control')).toBe('no-cache')
      expect(await respuesta.text()).toBe('<!doctype html>')
    }
  })

  test('is in the language that the browser asks for before its script runs, or in Spanish', async () => {
    expect(await lenguaDe()).toBe('es')
    expect(await lenguaDe('en-GB,en;q=0.9')).toBe('en')
    expect(await lenguaDe('es-EC,es;q=0.9,en;q=0.8')).toBe('es')
    expect(await lenguaDe('fr,en;q=0.5,es;q=0.7')).toBe('es')
    expect(await lenguaDe('fr-FR, EN-us;q=0.5')).toBe('en')
    expect(await lenguaDe('de, *;q=0.1')).toBe('es')
    expect(await lenguaDe('en;q=0')).toBe('es')
    expect(await lenguaDe('\u00e9;;q=x')).toBe('es')
  })

  test('may run nothing but their own files, and be framed by nobody', async () => {
    const { headers } = await pedir('/')
    const politica = headers.get('content-security-policy') ?? ''
    const directivas = politica.split('; ')
    expect(directivas).toContain("default-src 'none'")
    expect(directivas).toContain("script-src 'self'")
    expect(directivas).toContain("style-src 'self'")
    expect(directivas).toContain("frame-ancestors 'none'")
    expect(politica).not.toMatch(/unsafe|http|\*/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('an order that a link opens is for no search engine, and its address for nobody else', async () => {
    const { headers } = await pedir('/seguimiento/a.b.c')
    expect(headers.get('x-robots-tag')).toBe('noindex')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect((await pedir('/')).headers.get('x-robots-tag')).toBeNull()
  })

  test('a file never changes under its name, and is sent compressed to whom can read it', async () => {
    const br = await con('gzip, deflate, br, zstd')
    expect(br.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(br.headers.get('content-encoding')).toBe('br')
    expect(br.headers.get('vary')).toBe('accept-encoding')
    expect(await br.text()).toBe('br:console')
    expect(await (await con('gzip, br;q=0')).text()).toBe('gzip:console')
    const sin = await con('identity')
    expect(sin.headers.has('content-encoding')).toBe(false)
    expect(await sin.text()).toBe('console')
  })

  test('what the browser has already is not sent again', async () => {
    const { headers } = await pedir('/')
    const etag = headers.get('etag') ?? ''
    const respuesta = await pedir('/', { headers: { 'if-none-match': etag } })
    expect(respuesta.status).toBe(304)
    expect(await respuesta.text()).toBe('')
  })

  test('a file of a build before is missing, and not the page', async () => {
    for (const ruta of ['/recursos/vieja-0000.js', '/recursos/../recursos/x', '/recursos/']) {
      expect([ruta, (await pedir(ruta)).status]).toEqual([ruta, 404])
    }
  })

  test('no path leads to a file that was not built', async () => {
    const rutas = ['/recursos/%2e%2e/package.json', '/%2e%2e%2f%2e%2e%2fetc/passwd', '/src/main.ts']
    for (const ruta of rutas) expect(await (await pedir(ruta)).text()).toBe('<!doctype html>')
  })

  test('a page takes no writes', async () => {
    const respuesta = await pedir('/', { method: 'POST' })
    expect(respuesta.status).toBe(405)
    expect(respuesta.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
  })

  test('OPTIONS is told what a page takes, as proxies find out so whether tienda is there', async () => {
    const respuesta = await pedir('/', { method: 'OPTIONS' })
    expect(respuesta.status).toBe(204)
    expect(respuesta.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    expect(respuesta.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('what programs look for in the well-known place is missing, and not the page', async () => {
    for (const nombre of ['oauth-authorization-server', 'security.txt', '']) {
      expect((await pedir(`/.well-known/${nombre}`)).status).toBe(404)
    }
  })

  test('HEAD says what GET would, without a body', async () => {
    const respuesta = await pedir('/', { method: 'HEAD' })
    expect(respuesta.headers.get('content-length')).toBe('15')
    expect(await respuesta.text()).toBe('')
  })
})
