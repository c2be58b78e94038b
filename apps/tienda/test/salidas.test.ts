import { afterEach, describe, expect, test } from 'bun:test'
import { connect, type Socket } from 'node:net'
import { serviceNames } from '@encargo/service-kit/run/config'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { serve } from '@encargo/service-kit/http/serve'
import { crearAplicacion } from '../src/server/aplicacion.ts'
import { Cors } from '../src/server/cors.ts'
import { Reenvio } from '../src/server/reenvio.ts'
import { Salidas } from '../src/server/salidas.ts'
import { Salud } from '../src/server/salud.ts'
import { Sesion } from '../src/server/sesion.ts'
import { construccion, crearTienda, origenes, propia, vivo } from './fakes.ts'

const cerrar: (() => unknown)[] = []
afterEach(async () => {
  for (const uno of cerrar.splice(0).toReversed()) await uno()
})

const eventos = '/api/pedidos/pedidos/eventos'
const sinFin = { 'content-type': 'text/event-stream' }

/** The services, played by a server of its own: streams without end, and everything else at once. */
function abrirServicios(): string {
  const servidor = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    idleTimeout: 0,
    fetch({ url }) {
      // One server can't say that it is each of the four.
      if (url.endsWith('/livez')) return new Response(null, { status: 503 })
      if (!url.endsWith('/eventos')) return Response.json({ bien: true })
      const cuerpo = new ReadableStream<string>({
        start: (controller) => controller.enqueue(': hola\nid: 1\n\n'),
      })
      return new Response(cuerpo.pipeThrough(new TextEncoderStream()), { headers: sinFin })
    },
  })
  cerrar.push(() => servidor.stop(true))
  return servidor.url.origin
}

/** tienda as it listens, with Bun's own calls; it believes whoever says where a request comes from. */
function abrirTienda(): string {
  const origen = abrirServicios()
  const nombres = serviceNames.map((nombre) => [nombre, origen])
  const origenes: Record<(typeof serviceNames)[number], string> = Object.fromEntries(nombres)
  const comun = { logger: silentLogger, origenes, salidas: new Salidas(256) }
  const reenvio = new Reenvio(comun)
  const aplicacion = crearAplicacion({
    cors: new Cors([]),
    reenvio,
    salud: new Salud(comun),
    sesion: new Sesion({ ...comun, auth: origen, fetch: comun.salidas.fetchDe('sesion', fetch) }),
    construccion: async () => construccion,
    alCambiarCara: async () => undefined,
    logger: silentLogger,
  })
  const corriendo = serve(aplicacion, {
    name: 'tienda',
    hostname: '127.0.0.1',
    port: 0,
    logger: silentLogger,
    trustProxy: () => true,
    onStop: () => reenvio.cerrarFlujos(),
    close: () => Promise.resolve(),
  })
  cerrar.push(() => corriendo.stop())
  return corriendo.url
}

/** Asks for a stream from `direccion`, and answers with the status that came; the line stays open. */
async function seguir(url: string, direccion: string): Promise<{ status: number; linea: Socket }> {
  const { hostname, port, host } = new URL(url)
  const linea = connect(Number(port), hostname)
  cerrar.push(() => linea.destroy())
  const { promise, resolve } = Promise.withResolvers<string>()
  linea.once('data', (trozo) => resolve(String(trozo)))
  linea.on('error', () => resolve(''))
  const cabeceras = [`GET ${eventos} HTTP/1.1`, `Host: ${host}`, `X-Forwarded-For: ${direccion}`]
  linea.write(`${cabeceras.join('\r\n')}\r\n\r\n`)
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(await promise)?.[1]), linea }
}

const deprisa = () => ({ signal: AbortSignal.timeout(5_000) })

describe('the calls that Bun makes at once', () => {
  test('300 streams from 60 networks leave room for the catalogue, for signing in and for health', async () => {
    const url = abrirTienda()
    const estados: number[] = []
    for (let tanda = 0; tanda < 15; tanda++) {
      const juntos = Array.from({ length: 20 }, (_, uno) =>
        seguir(url, `192.0.${tanda % 3}.${uno}`),
      )
      estados.push(...(await Promise.all(juntos)).map(({ status }) => status))
    }
    expect(estados.filter((status) => status === 200)).toHaveLength(64)
    expect(estados.filter((status) => status === 503)).toHaveLength(236)
    const catalogo = await fetch(`${url}/api/productos/productos`, deprisa())
    expect(await catalogo.json()).toEqual({ bien: true })
    const salida = await fetch(`${url}/api/sesion/renovar`, {
      ...deprisa(),
      method: 'POST',
      headers: { origin: url },
    })
    expect(salida.status).toBe(204)
    expect(await (await fetch(`${url}/readyz`, deprisa())).json()).toMatchObject({
      estado: 'listo',
    })
  })

  test('one network has an eighth of the streams, is told when to come back, and gets them again', async () => {
    const url = abrirTienda()
    const abiertos = await Promise.all(Array.from({ length: 8 }, () => seguir(url, '192.0.2.1')))
    expect(abiertos.map(({ status }) => status)).toEqual(abiertos.map(() => 200))
    const negado = await fetch(`${url}${eventos}`, {
      ...deprisa(),
      headers: { 'x-forwarded-for': '192.0.2.1' },
    })
    expect([negado.status, negado.headers.get('retry-after')]).toEqual([429, '15'])
    expect((await seguir(url, '192.0.2.2')).status).toBe(200)
    abiertos[0]?.linea.destroy()
    while ((await seguir(url, '192.0.2.1')).status !== 200);
  })
})

const colgado = ({ signal }: Request) =>
  new Promise<Response>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')))
  })
const bien = () => Response.json({ bien: true }, { headers: { 'content-length': '13' } })

describe('a service that hangs', () => {
  test('takes nobody else its calls: its own are refused at once, and tienda stays ready', async () => {
    const { pedir } = crearTienda(
      (request) => {
        if (request.url.endsWith('/livez')) return vivo(request)
        return request.url.startsWith(origenes.pedidos) ? colgado(request) : bien()
      },
      { llamadas: 256 },
    )
    for (let nth = 0; nth < 32; nth++) void pedir('/api/pedidos/pedidos')
    const negado = await pedir('/api/pedidos/pedidos')
    expect([negado.status, negado.headers.get('retry-after')]).toEqual([503, '2'])
    expect(await negado.json()).toMatchObject({ codigo: 'servicio-no-disponible' })
    expect((await pedir('/api/productos/productos')).status).toBe(200)
    expect((await pedir('/readyz')).status).toBe(200)
  })

  test('as all of them do: not even ready, and it says so', async () => {
    const { pedir } = crearTienda(
      (request) => (request.url.endsWith('/livez') ? bien() : colgado(request)),
      { llamadas: 256 },
    )
    for (const nombre of serviceNames) {
      for (let nth = 0; nth < 32; nth++) void pedir(`/api/${nombre}/x`)
    }
    for (let nth = 0; nth < 32; nth++) {
      void pedir('/api/sesion/login', propia({ email: 'a', password: 'b' }))
    }
    const negado = await pedir('/api/sesion/login', propia({ email: 'a', password: 'b' }))
    expect(negado.status).toBe(503)
    const lista = await pedir('/readyz')
    expect(lista.status).toBe(503)
    expect(await lista.json()).toMatchObject({ estado: 'saturado' })
  })
})

describe('an answer that is read slowly', () => {
  test('holds one of few places, which it gives back at its end; short ones need none', async () => {
    const grande = 300 * 1024
    const { pedir } = crearTienda(
      ({ url }) => {
        const bytes = url.endsWith('/grande') ? grande : 10
        return new Response('x'.repeat(bytes), { headers: { 'content-length': String(bytes) } })
      },
      { llamadas: 256 },
    )
    const bajar = () => pedir('/api/productos/grande')
    const abiertas = await Promise.all(Array.from({ length: 7 }, bajar))
    expect(abiertas.map(({ status }) => status)).toEqual(abiertas.map(() => 200))
    expect((await bajar()).status).toBe(429)
    expect((await pedir('/api/productos/pequeña')).status).toBe(200)
    expect((await abiertas[0]?.text())?.length).toBe(grande)
    const otra = await bajar()
    expect(otra.status).toBe(200)
    await otra.body?.cancel()
    expect((await bajar()).status).toBe(200)
  })
})
