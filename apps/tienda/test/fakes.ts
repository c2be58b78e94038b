import { silentLogger } from '@encargo/service-kit/run/logger'
import { behindProxy, rememberServer } from '@encargo/service-kit/http/edge/remote-address'
import { crearAplicacion } from '../src/server/aplicacion.ts'
import { politicaDe } from '../src/server/cabeceras.ts'
import type { Archivo, Construccion } from '../src/server/construccion.ts'
import { Cors } from '../src/server/cors.ts'
import { Reenvio } from '../src/server/reenvio.ts'
import { Salidas } from '../src/server/salidas.ts'
import { Salud } from '../src/server/salud.ts'
import { Sesion } from '../src/server/sesion.ts'

export const tienda = 'http://tienda.example'

export const origenes = {
  auth: 'http://auth.example',
  productos: 'http://productos.example',
  inventario: 'http://inventario.example',
  pedidos: 'http://pedidos.example',
  pagos: 'http://pagos.example',
} as const

/** `/livez` of each service where it belongs. */
export function vivo({ url }: { readonly url: string }): Response {
  const [servicio] = Object.entries(origenes).find(([, origen]) => url.startsWith(origen)) ?? []
  return Response.json({ estado: 'vivo', servicio })
}

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
  paginas: {
    es: archivo('<!doctype html>', 'text/html', false),
    en: archivo('<!doctype html><!-- en -->', 'text/html', false),
  },
  idioma: 'es',
  politica: politicaDe([]),
  modulos: new Map([
    ['pages/producto/producto-page.tsx', ['/recursos/producto-1.js']],
    ['textos/en.ts', ['/recursos/en-1.js']],
  ]),
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
  /** A connection from a reverse proxy that is trusted. */
  readonly trasProxy?: boolean
  readonly now?: () => number
  readonly stopping?: () => boolean
  readonly plazoMs?: number
  /** How many outgoing calls there are to share out. */
  readonly llamadas?: number
}

/** tienda's server before services that are played by `responder`. */
export function crearTienda(responder: Responder, opciones: Opciones = {}) {
  const { pedidas, fetch } = crearServicios(responder)
  const { trasProxy = false, now, stopping, plazoMs, llamadas = 4_096 } = opciones
  const comun = { logger: silentLogger, fetch }
  const plazo = plazoMs === undefined ? {} : { plazoMs }
  const salidas = new Salidas(llamadas)
  const reenvio = new Reenvio({ origenes, salidas, ...comun, ...plazo })
  const sesion = new Sesion({
    auth: origenes.auth,
    ...comun,
    fetch: salidas.fetchDe('sesion', fetch),
  })
  const salud = new Salud({
    origenes,
    salidas,
    ...comun,
    ...plazo,
    ...(now ? { now } : {}),
    ...(stopping ? { stopping } : {}),
  })
  const aplicacion = crearAplicacion({
    cors: new Cors(['https://otra.example']),
    reenvio,
    sesion,
    salud,
    construccion: async () => construccion,
    alCambiarCara: async () => undefined,
    logger: silentLogger,
  })
  const conexion = { requestIP: () => ({ address: '10.0.0.1' }) }
  const pedir = (ruta: string, init?: RequestInit) => {
    const request = new Request(`${tienda}${ruta}`, init)
    if (trasProxy)
      rememberServer(
        request,
        behindProxy(conexion, () => true),
      )
    return aplicacion.fetch(request)
  }
  return { pedir, pedidas, reenvio, aplicacion }
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
