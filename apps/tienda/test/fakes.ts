import { silentLogger } from '@encargo/service-kit/logger'
import { crearAplicacion } from '../src/server/aplicacion.ts'
import type { Archivo, Construccion } from '../src/server/construccion.ts'
import { Reenvio } from '../src/server/reenvio.ts'
import { Sesion } from '../src/server/sesion.ts'

export const tienda = 'http://tienda.example'

export const origenes = {
  auth: 'http://auth.example',
  productos: 'http://productos.example',
  inventario: 'http://inventario.example',
  pedidos: 'http://pedidos.example',
} as const

const archivo = (texto: string, tipo: string, inmutable: boolean): Archivo => ({
  tipo,
  inmutable,
  etag: `"${texto.length}"`,
  identidad: new TextEncoder().encode(texto),
  gzip: new TextEncoder().encode(`gzip:${texto}`),
  brotli: new TextEncoder().encode(`br:${texto}`),
})

export const construccion: Construccion = {
  archivos: new Map([['/recursos/a-1234.js', archivo('console', 'text/javascript', true)]]),
  pagina: archivo('<!doctype html>', 'text/html', false),
}

type Responder = (request: Request) => Response | Promise<Response>

/** `fetch` of services that are played by `responder`; remembers what was asked. */
export function crearServicios(responder: Responder) {
  const pedidas: Request[] = []
  const fetch = (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init)
    pedidas.push(request)
    return Promise.resolve(responder(request))
  }
  return { pedidas, fetch: Object.assign(fetch, { preconnect: () => undefined }) }
}

interface Opciones {
  readonly confiaEnProxy?: boolean
  readonly now?: () => number
  readonly plazoMs?: number
}

/** tienda's server before services that are played by `responder`. */
export function crearTienda(responder: Responder, opciones: Opciones = {}) {
  const { pedidas, fetch } = crearServicios(responder)
  const { confiaEnProxy = false, now, plazoMs } = opciones
  const comun = { logger: silentLogger, fetch }
  const reenvio = new Reenvio({ origenes, ...comun, ...(plazoMs === undefined ? {} : { plazoMs }) })
  const sesion = new Sesion({
    auth: origenes.auth,
    confiaEnProxy,
    ...comun,
    ...(now ? { now } : {}),
  })
  const aplicacion = crearAplicacion({
    reenvio,
    sesion,
    construccion: () => construccion,
    logger: silentLogger,
  })
  const pedir = (ruta: string, init?: RequestInit) =>
    aplicacion.fetch(new Request(`${tienda}${ruta}`, init))
  return { pedir, pedidas, reenvio }
}

/** What a browser says with a call of our own pages. */
export const propia = (cuerpo?: unknown, cabeceras: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: {
    origin: tienda,
    host: 'tienda.example',
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
    ...cabeceras,
  },
  ...(cuerpo === undefined ? {} : { body: JSON.stringify(cuerpo) }),
})
