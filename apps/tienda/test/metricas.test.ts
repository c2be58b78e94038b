import { describe, expect, test } from 'bun:test'
import { rememberServer } from '@encargo/service-kit/http/edge/remote-address'
import { metricFaults } from '@encargo/service-kit/testing/metrics'
import { trustedProxies } from '@encargo/service-kit/values/trusted-proxies'
import { Metricas } from '../src/server/metricas.ts'
import { crearServicios, crearTienda, origenes, tienda } from './fakes.ts'

type Responder = Parameters<typeof crearServicios>[0]
const bien: Responder = () => Response.json({ bien: true })

/** tienda with its metrics, and how they are read from an address. */
function crear(responder: Responder = bien, desde = 'loopback') {
  const metricas = new Metricas({ desde: trustedProxies(desde), flujos: () => 3 })
  const llamar = metricas.contando(origenes, crearServicios(responder).fetch)
  const { aplicacion } = crearTienda((request) => llamar(request))
  const fetch = metricas.midiendo(origenes, aplicacion.fetch)
  const leer = async (address = '127.0.0.1', headers: Record<string, string> = {}) => {
    const request = new Request(`${tienda}/metrics`, { headers })
    rememberServer(request, { requestIP: () => ({ address }) })
    const respuesta = await fetch(request)
    const texto = await respuesta.text()
    const cuenta = (nombre: string, etiquetas: readonly string[] = []) => {
      const linea = texto
        .split('\n')
        .find(
          (una) =>
            una.startsWith(`${nombre}{`) && etiquetas.every((etiqueta) => una.includes(etiqueta)),
        )
      return Number(linea?.split(' ').at(-1) ?? Number.NaN)
    }
    return { respuesta, texto, cuenta }
  }
  return {
    pedir: (ruta: string, init?: RequestInit) => fetch(new Request(tienda + ruta, init)),
    leer,
  }
}

describe('/metrics of tienda', () => {
  test('counts answers by kind of route and status, and calls to services by what came', async () => {
    const { pedir, leer } = crear((request) => {
      if (request.url.includes('inventario')) throw new TypeError('ECONNREFUSED')
      return bien(request)
    })
    for (const ruta of ['/', '/productos/x', '/recursos/a-1234.js', '/recursos/no'])
      await pedir(ruta)
    for (const ruta of ['/api/productos/x?q=1', '/api/productos/y', '/api/inventario/z']) {
      await pedir(ruta)
    }
    for (const ruta of ['/api/otro/x', '/api/sesion/nada', '/livez']) await pedir(ruta)
    const { respuesta, texto, cuenta } = await leer()
    expect(respuesta.headers.get('content-type')).toStartWith('text/plain; version=0.0.4')
    expect(metricFaults(texto)).toEqual([])
    const contadas = [
      ...texto.matchAll(
        /^http_requests_total\{method="(\w+)",route="(.*?)",status="(\d+)".*\} (\d+)$/gm,
      ),
    ]
    expect(
      Object.fromEntries(contadas.map(([, , ruta, estado, n]) => [`${ruta} ${estado}`, Number(n)])),
    ).toEqual({
      '(page) 200': 2,
      '/recursos 200': 1,
      '/recursos 404': 1,
      '/api/productos 200': 2,
      '/api/inventario 503': 1,
      '/api 404': 1,
      '/api/sesion 404': 1,
      '/livez 200': 1,
    })
    expect(cuenta('upstream_requests_total', ['productos', '200'])).toBe(2)
    expect(cuenta('upstream_requests_total', ['inventario', 'error'])).toBe(1)
    expect(cuenta('upstream_request_duration_seconds_count', ['productos'])).toBe(2)
    expect(cuenta('tienda_event_streams')).toBe(3)
    expect(cuenta('http_requests_in_flight')).toBe(0)
    expect(cuenta('process_resident_memory_bytes')).toBeGreaterThan(1e6)
  })

  test('says how many are being answered', async () => {
    const esperada = Promise.withResolvers<Response>()
    const { pedir, leer } = crear(() => esperada.promise)
    const pedidas = [pedir('/api/productos/x'), pedir('/api/productos/y')]
    expect((await leer()).cuenta('http_requests_in_flight')).toBe(2)
    esperada.resolve(Response.json(null))
    await Promise.all(pedidas)
    expect((await leer()).cuenta('http_requests_in_flight')).toBe(0)
  })

  test('is for nobody who comes from elsewhere, or through a proxy', async () => {
    const { leer, pedir } = crear()
    expect((await leer('203.0.113.9')).respuesta.status).toBe(404)
    expect((await leer('172.17.0.1')).respuesta.status).toBe(404)
    expect((await leer('::1')).respuesta.status).toBe(200)
    for (const cabecera of [
      'x-forwarded-for',
      'x-forwarded-proto',
      'x-real-ip',
      'forwarded',
      'via',
    ]) {
      const { respuesta, texto } = await leer('127.0.0.1', { [cabecera]: '127.0.0.1' })
      expect([cabecera, respuesta.status]).toEqual([cabecera, 404])
      expect(texto).not.toContain('http_requests_total')
    }
    expect((await pedir('/metrics')).status).toBe(404)
    expect((await pedir('/api/productos/metrics')).status).toBe(404)
  })

  test('is only read', async () => {
    const { pedir } = crear()
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const { status } = await pedir('/metrics', { method })
      expect([method, status]).toEqual([method, 405])
    }
  })

  test('is for whom METRICS_FROM names', async () => {
    const { leer } = crear(bien, '10.1.0.0/16')
    expect((await leer('10.1.2.3')).respuesta.status).toBe(200)
    expect((await leer('127.0.0.1')).respuesta.status).toBe(404)
    expect((await crear(bien, 'off').leer()).respuesta.status).toBe(404)
  })
})
