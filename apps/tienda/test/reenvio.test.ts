import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { rememberServer } from '@encargo/service-kit/http/edge/remote-address'
import { crearAplicacion } from '../src/server/aplicacion.ts'
import { Cors } from '../src/server/cors.ts'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { destinoDe, plazoDeEnvioMs, Reenvio } from '../src/server/reenvio.ts'
import { Salidas } from '../src/server/salidas.ts'
import { Salud } from '../src/server/salud.ts'
import { Sesion } from '../src/server/sesion.ts'
import { construccion, crearServicios, crearTienda, origenes, propia, tienda } from './fakes.ts'

const bien = () => Response.json({ bien: true })
const plazo = (bytes: string) =>
  plazoDeEnvioMs(new Request(`${tienda}/x`, { headers: { 'content-length': bytes } }))

describe('passing on', () => {
  test('sends each of the four names to its service, path and query as they came', async () => {
    const { pedir, pedidas } = crearTienda(bien)
    await pedir('/api/productos/productos?q=caf%C3%A9&limite=2')
    await pedir('/api/inventario/disponibilidad?ids=a')
    await pedir('/api/pedidos/pedidos/1')
    await pedir('/api/auth/me')
    expect(pedidas.map(({ url }) => url)).toEqual([
      'http://productos.example/productos?q=caf%C3%A9&limite=2',
      'http://inventario.example/disponibilidad?ids=a',
      'http://pedidos.example/pedidos/1',
      'http://auth.example/me',
    ])
  })

  test('knows no other name, and nothing behind one that is not a path', async () => {
    const { pedir, pedidas } = crearTienda(bien)
    const rutas = ['/api/otro/x', '/api', '/api/', '/api/auth', '/api/Auth/me', '/api/toString/x']
    for (const ruta of rutas) {
      const respuesta = await pedir(ruta)
      expect([ruta, respuesta.status]).toEqual([ruta, 404])
      expect(respuesta.headers.get('content-type')).toBe('application/problem+json')
    }
    expect(pedidas).toEqual([])
  })

  test('keeps paths that hide where they lead, and metrics, to itself', async () => {
    const { pedir, pedidas } = crearTienda(bien)
    const rutas = [
      '/api/productos/%2e%2e/secreto',
      '/api/productos/a%2fb',
      '/api/productos/a%5C..%5Cb',
      '/api/productos/a%00',
      '/api/auth//login',
      '/api/auth/login//',
      '/api//auth/login',
      '/api/auth/x/..//token',
      '/api/pedidos//metrics',
      '/api/pedidos/%6detrics',
      '/api/pedidos/metrics//',
      '/api/pedidos/metrics',
    ]
    for (const ruta of rutas) expect([ruta, (await pedir(ruta)).status]).toEqual([ruta, 404])
    expect(pedidas).toEqual([])
  })

  test('signs in whoever keeps the refresh token itself, but no page of its own', async () => {
    const { pedir, pedidas } = crearTienda(bien)
    const puertas = ['login', 'login/', 'LOGIN', '%6Cogin', './login', '%74oken', 'logout'].map(
      (una) => `/api/auth/${una}`,
    )
    for (const ruta of puertas) {
      const respuesta = await pedir(ruta, propia({}))
      expect([ruta, respuesta.status]).toEqual([ruta, 403])
      expect(await respuesta.json()).toMatchObject({ codigo: 'prohibido' })
    }
    expect(pedidas).toEqual([])
    const programa = { method: 'POST', body: '{}' }
    const otra = propia({}, { origin: 'https://otra.example', 'sec-fetch-site': 'cross-site' })
    for (const init of [programa, otra]) {
      expect((await pedir('/api/auth/login', init)).status).toBe(200)
    }
  })

  test('never leaves the service that is named, whatever the path', () => {
    const trozo = fc.constantFrom(
      '..',
      '.',
      '',
      '/',
      '@',
      ':',
      '\\',
      '%2e',
      '%2F',
      'a',
      '?',
      '#',
      '//',
    )
    fc.assert(
      fc.property(fc.array(trozo, { maxLength: 12 }), fc.webPath(), (trozos, resto) => {
        const { pathname } = new URL(`${tienda}/api/productos/${trozos.join('')}${resto}`)
        const destino = destinoDe(pathname, origenes)
        if (destino.tipo === 'ninguno') return
        const url = new URL(`${origenes[destino.servicio]}${destino.ruta}`)
        expect(url.origin).toBe(origenes[destino.servicio])
        expect(url.pathname).toBe(destino.ruta)
      }),
      { numRuns: 2_000 },
    )
  })

  test('leaves out what belongs to one connection, and what no service is to know', async () => {
    const { pedir, pedidas } = crearTienda(() =>
      Response.json(null, {
        headers: {
          connection: 'x-interna',
          'x-interna': '1',
          'keep-alive': 'timeout=5',
          'set-cookie': 'a=b',
          etag: '"7"',
          'x-request-id': 'abc',
        },
      }),
    )
    const respuesta = await pedir('/api/productos/x', {
      headers: {
        connection: 'close, x-salto',
        'x-salto': '1',
        te: 'trailers',
        cookie: 'encargo_sesion=secreto',
        origin: 'https://otra.example',
        authorization: 'Bearer t',
        'idempotency-key': 'k',
        'if-match': '"7"',
      },
    })
    const enviadas = pedidas[0]?.headers ?? new Headers()
    for (const nombre of ['x-salto', 'te', 'cookie', 'origin'])
      expect(enviadas.has(nombre)).toBe(false)
    expect(enviadas.get('authorization')).toBe('Bearer t')
    expect(enviadas.get('idempotency-key')).toBe('k')
    expect(enviadas.get('if-match')).toBe('"7"')
    for (const nombre of ['x-interna', 'keep-alive', 'set-cookie']) {
      expect(respuesta.headers.has(nombre)).toBe(false)
    }
    expect(respuesta.headers.get('etag')).toBe('"7"')
    expect(respuesta.headers.get('x-request-id')).toBe('abc')
  })

  test('says the address of the browser, and not what the browser claims', async () => {
    const { pedidas, fetch } = crearServicios(bien)
    const comun = { logger: silentLogger, fetch }
    const salidas = new Salidas(256)
    const app = crearAplicacion({
      cors: new Cors([]),
      reenvio: new Reenvio({ origenes, salidas, ...comun }),
      salud: new Salud({ origenes, salidas, ...comun }),
      sesion: new Sesion({ auth: origenes.auth, ...comun }),
      construccion: async () => construccion,
      alCambiarCara: async () => undefined,
      logger: silentLogger,
    })
    const request = new Request(`${tienda}/api/productos/x`, {
      headers: { 'x-forwarded-for': '1.1.1.1, 2.2.2.2' },
    })
    rememberServer(request, { requestIP: () => ({ address: '203.0.113.9' }) })
    await app.fetch(request)
    expect(pedidas[0]?.headers.get('x-forwarded-for')).toBe('203.0.113.9')
  })

  test('passes bodies and refusals on as they are', async () => {
    const { pedir, pedidas } = crearTienda(() =>
      Response.json({ codigo: 'stock-insuficiente' }, { status: 409 }),
    )
    const cuerpo = JSON.stringify({ lineas: [] })
    const respuesta = await pedir('/api/pedidos/pedidos', { method: 'POST', body: cuerpo })
    expect(await pedidas[0]?.text()).toBe(cuerpo)
    expect(respuesta.status).toBe(409)
    expect(await respuesta.json()).toEqual({ codigo: 'stock-insuficiente' })
  })

  test("passes a provider's notice on byte for byte, whoever brings it, up to what one may weigh", async () => {
    const { pedir, pedidas } = crearTienda(bien)
    const cuerpo = crypto.getRandomValues(new Uint8Array(50_000))
    const headers = { 'stripe-signature': 't=1,v1=ab', 'content-type': 'application/x-otro' }
    const ruta = '/api/pagos/avisos/stripe?data.id=7'
    const respuesta = await pedir(ruta, { method: 'POST', headers, body: cuerpo })
    expect(respuesta.status).toBe(200)
    const [pasada] = pedidas
    expect(new Uint8Array((await pasada?.arrayBuffer()) ?? [])).toEqual(cuerpo)
    expect(pasada?.url).toBe(`${origenes.pagos}/avisos/stripe?data.id=7`)
    expect(pasada?.headers.get('stripe-signature')).toBe('t=1,v1=ab')
    expect(pasada?.headers.get('content-type')).toBe('application/x-otro')
    const grande = { method: 'POST', body: new Uint8Array(64 * 1024 + 1) }
    const anunciado = { ...grande, headers: { 'content-length': String(64 * 1024 + 1) } }
    expect((await pedir('/api/pagos/avisos/stripe', anunciado)).status).toBe(413)
    expect(pedidas).toHaveLength(1)
    expect((await pedir('/api/pagos/metodos-pago', grande)).status).toBe(200)
  })

  test('says where a thing is as seen from the browser, and leaves other places alone', async () => {
    const lugares = [
      ['/pedidos/7?a=b#c', '/api/pedidos/pedidos/7?a=b#c'],
      ['http://pedidos.example/pedidos/7', '/api/pedidos/pedidos/7'],
      ['8', '/api/pedidos/8'],
      ['https://pago.example/x', 'https://pago.example/x'],
      ['//pago.example/x', '//pago.example/x'],
      ['http://[', 'http://['],
    ] as const
    for (const [location, visto] of lugares) {
      const { pedir } = crearTienda(
        () => new Response(null, { status: 201, headers: { location } }),
      )
      const respuesta = await pedir('/api/pedidos/pedidos', { method: 'POST' })
      expect(respuesta.headers.get('location')).toBe(visto)
    }
  })

  test('asks for no encoding that the browser did not ask for, and passes on what it asked', async () => {
    const { pedir, pedidas } = crearTienda(bien)
    await pedir('/api/productos/x')
    await pedir('/api/productos/x', { headers: { 'accept-encoding': 'br, zstd;q=0.5' } })
    expect(pedidas.map(({ headers }) => headers.get('accept-encoding'))).toEqual([
      'identity',
      'br, zstd;q=0.5',
    ])
  })

  test('passes on the trace that the browser began, at sign-in as well', async () => {
    const { pedir, pedidas } = crearTienda(bien)
    const traza = {
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      tracestate: 'shop=1,other=2',
    }
    await pedir('/api/productos/x', { headers: traza })
    await pedir('/api/sesion/login', propia({ email: 'a@b.c', password: 'x' }, traza))
    expect(pedidas).toHaveLength(2)
    for (const { headers } of pedidas) expect(headers.toJSON()).toMatchObject(traza)
  })

  test('does not follow a service that sends it elsewhere', async () => {
    const { pedir, pedidas } = crearTienda(() => Response.redirect('http://otra.example/', 302))
    const respuesta = await pedir('/api/productos/x')
    expect(respuesta.status).toBe(302)
    expect(pedidas[0]?.redirect).toBe('manual')
  })

  test('answers 503 with Retry-After while a service is away', async () => {
    const { pedir } = crearTienda(() => Promise.reject(new TypeError('ECONNREFUSED')))
    const respuesta = await pedir('/api/inventario/disponibilidad?ids=a')
    expect(respuesta.status).toBe(503)
    expect(respuesta.headers.get('retry-after')).toBe('2')
    const cuerpo = await respuesta.text()
    expect(JSON.parse(cuerpo)).toMatchObject({ codigo: 'servicio-no-disponible' })
    expect(cuerpo).not.toContain('ECONNREFUSED')
  })

  test('gives up on a service that does not begin to answer in time', async () => {
    const { pedir } = crearTienda(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')))
        }),
      { plazoMs: 5 },
    )
    expect((await pedir('/api/productos/x')).status).toBe(503)
  })

  test('waits longer for a file, as the line may be slow, and not for ever', () => {
    expect(plazoDeEnvioMs(new Request(`${tienda}/x`))).toBe(0)
    expect(plazo('64000')).toBe(1_000)
    expect(plazo('16777216')).toBe(60_000)
    for (const rubbish of ['', 'x', '-5', '1e400']) expect(plazo(rubbish)).toBeLessThan(60_001)
    expect(plazo('-64000')).toBe(0)
  })
})

/** A service's stream that has no end of its own. */
const flujo = (alCortar: () => void) => (request: Request) => {
  const cuerpo = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('id: 1\n\n'))
      request.signal.addEventListener('abort', () => {
        alCortar()
        controller.error(new Error('aborted'))
      })
    },
  })
  return new Response(cuerpo, { headers: { 'content-type': 'text/event-stream' } })
}

describe('event streams', () => {
  test('come block by block, and end without an error when tienda stops', async () => {
    let cortado = false
    const { pedir, reenvio } = crearTienda(flujo(() => (cortado = true)))
    const respuesta = await pedir('/api/pedidos/pedidos/eventos')
    const lector = (respuesta.body ?? new ReadableStream<Uint8Array>()).getReader()
    const primero = await lector.read()
    expect(new TextDecoder().decode(primero.value)).toBe('id: 1\n\n')
    const siguiente = lector.read()
    reenvio.cerrarFlujos()
    expect((await siguiente).done).toBe(true)
    expect(cortado).toBe(true)
  })

  test('are let go at the service when the browser goes', async () => {
    let cortado = false
    const { pedir } = crearTienda(flujo(() => (cortado = true)))
    const respuesta = await pedir('/api/pedidos/pedidos/eventos')
    await respuesta.body?.cancel()
    expect(cortado).toBe(true)
  })
})

const desde = (origin: string): RequestInit => ({ headers: { origin } })
const dichoDeCors = ({ headers }: Response) =>
  [...headers.keys()].filter((nombre) => nombre.startsWith('access-control-'))

describe('a page of another origin', () => {
  test('that is configured may call, ask before it does, and read refusals as well', async () => {
    const { pedir } = crearTienda(() => Promise.reject(new TypeError('ECONNREFUSED')))
    const previa = await pedir('/api/pedidos/pedidos', {
      ...desde('https://otra.example'),
      method: 'OPTIONS',
    })
    expect(previa.status).toBe(204)
    expect(previa.headers.get('access-control-allow-origin')).toBe('https://otra.example')
    expect(previa.headers.get('access-control-allow-methods')).toContain('PATCH')
    expect(previa.headers.get('access-control-allow-headers')).toContain('Authorization')
    const negada = await pedir('/api/pedidos/pedidos', desde('https://otra.example'))
    expect(negada.status).toBe(503)
    expect(negada.headers.get('access-control-allow-origin')).toBe('https://otra.example')
    expect(negada.headers.get('access-control-expose-headers')).toContain('Retry-After')
    expect(negada.headers.get('vary')).toBe('Origin')
  })

  test('never gets at the cookie, and learns nothing when it is not configured', async () => {
    const { pedir } = crearTienda(bien)
    const configurada = await pedir('/api/pedidos/pedidos', desde('https://otra.example'))
    expect(dichoDeCors(configurada)).not.toContain('access-control-allow-credentials')
    expect(dichoDeCors(await pedir('/api/sesion/renovar', desde('https://otra.example')))).toEqual(
      [],
    )
    for (const origen of ['https://mala.example', 'https://otra.example.mala.example', 'null']) {
      expect(dichoDeCors(await pedir('/api/pedidos/pedidos', desde(origen)))).toEqual([])
      const previa = await pedir('/api/x', { ...desde(origen), method: 'OPTIONS' })
      expect(dichoDeCors(previa)).toEqual([])
    }
  })
})
