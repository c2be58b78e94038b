import type { ServiceName } from '@encargo/service-kit/run/config'
import { describeError, type Logger } from '@encargo/service-kit/run/logger'
import { ProblemError } from '@encargo/service-kit/http/problems'
import { remoteAddressOf } from '@encargo/service-kit/http/edge/remote-address'
import { sinSalto } from './cabeceras.ts'
import { Cuerpos } from './cuerpo.ts'
import { esDelMismoOrigen } from './mismo-origen.ts'
import { demasiadasDeSuRed, lleno, responderProblema, sinServicio } from './problema.ts'
import { type Salidas, SinSalida } from './salidas.ts'

/** Where they are; a shop that takes no payments has no pagos. */
export type Origenes = Readonly<Record<Exclude<ServiceName, 'pagos'>, string>> & {
  readonly pagos?: string
}

interface ReenvioOptions {
  readonly origenes: Origenes
  readonly salidas: Salidas
  readonly logger: Logger
  /** How long a service may take to begin its answer, in milliseconds, once it has the body. */
  readonly plazoMs?: number
  readonly fetch?: typeof fetch
}

/** What a service is not told: whose page it is, and what only the browser and tienda share. */
const noSeEnvia = ['host', 'cookie', 'origin', 'referer', 'content-length', 'forwarded']
const noSeDevuelve = ['set-cookie']

/** A service works for at most 10 s for one request; a little more for the way. */
const plazoPorDefectoMs = 15_000

/** What a slow line carries, in bytes for each millisecond, and the longest that is waited for it. */
const bytesPorMs = 64
const envioMaximoMs = 60_000

/** How long the body of a request may be on its way here, as it passes while it comes. */
export function plazoDeEnvioMs({ headers }: Request): number {
  const bytes = Number(headers.get('content-length') ?? 0)
  return Number.isNaN(bytes)
    ? 0
    : Math.max(0, Math.min(envioMaximoMs, Math.ceil(bytes / bytesPorMs)))
}

/** Encoded dots and slashes, and empty segments, name something else to whoever decodes or drops them. */
const disfrazada = /\/\/|%2e|%2f|%5c|%00|\\/i

/** A path as whoever is most lenient reads it; undefined for one that nobody can read. */
function comoSeLea(ruta: string): string | undefined {
  try {
    return decodeURIComponent(ruta).replace(/\/$/, '').toLowerCase()
  } catch {
    return undefined
  }
}

/**
 * What answers a refresh token, or takes one. For programs and for pages of other origins, which keep
 * it themselves; our own pages go in at `/api/sesion`, so that no script of theirs ever has one.
 */
const puertas: Partial<Record<ServiceName, readonly string[]>> = {
  auth: ['/login', '/token', '/logout'],
}

interface Lugar {
  /** `ajeno`: not for our own pages. */
  readonly tipo: 'servicio' | 'ajeno'
  readonly servicio: ServiceName
  readonly ruta: string
}
type Destino = Lugar | { readonly tipo: 'ninguno' }

/** A provider's notice: signed, byte for byte, by somebody of whom nothing else is to be had. */
const maxBytesAviso = 64 * 1024
const esAviso = ({ servicio, ruta }: Lugar) => servicio === 'pagos' && ruta.startsWith('/avisos/')

/** Where OAuth clients look for auth, at the origin that they know it by (RFC 8414, 3). */
export const rutaMetadatos = '/.well-known/oauth-authorization-server'

/** Which service and which path there `/api/<service>/...` means. */
export function destinoDe(pathname: string, origenes: Origenes): Destino {
  if (pathname === rutaMetadatos) return { tipo: 'servicio', servicio: 'auth', ruta: pathname }
  const [, servicio = '', ruta = ''] = /^\/api\/([a-z]+)(\/.*)$/.exec(pathname) ?? []
  const leida = disfrazada.test(ruta) ? undefined : comoSeLea(ruta)
  // Metrics stay inside.
  if (!esServicio(servicio, origenes) || leida === undefined || leida === '/metrics') {
    return { tipo: 'ninguno' }
  }
  return { tipo: puertas[servicio]?.includes(leida) ? 'ajeno' : 'servicio', servicio, ruta }
}

function esServicio(nombre: string, origenes: Origenes): nombre is ServiceName {
  return Object.hasOwn(origenes, nombre)
}

/**
 * Where a service says that something is, as seen from here: it knows its own paths only, and to a
 * browser `/pedidos/1` would be a page.
 */
function lugarDe(location: string, url: string, servicio: ServiceName): string {
  const lugar = URL.parse(location, url)
  if (lugar?.origin !== new URL(url).origin) return location
  return `/api/${servicio}${lugar.pathname}${lugar.search}${lugar.hash}`
}

/** The address of the browser. What it wrote into the header itself is its own invention. */
function cabecerasDePeticion(request: Request): Headers {
  const cabeceras = sinSalto(request.headers, noSeEnvia)
  const direccion = remoteAddressOf(request)
  cabeceras.delete('x-forwarded-for')
  if (direccion !== null) cabeceras.set('x-forwarded-for', direccion)
  // Without a word of ours, `fetch` would ask for what the browser may not understand.
  if (!cabeceras.has('accept-encoding')) cabeceras.set('accept-encoding', 'identity')
  return cabeceras
}

/**
 * Passes `/api/<service>/...` on to the service and its answer back, as it comes, without holding
 * it in memory. Answers 404 for any other name and 503 while a service is away.
 */
export class Reenvio {
  readonly #options: Required<ReenvioOptions>
  readonly #cuerpos = new Cuerpos()
  readonly #flujos = new Set<AbortController>()

  constructor(options: ReenvioOptions) {
    this.#options = { plazoMs: plazoPorDefectoMs, fetch, ...options }
  }

  get flujosAbiertos(): number {
    return this.#flujos.size
  }

  /** Ends the answers that have no end of their own. */
  cerrarFlujos(): void {
    for (const flujo of this.#flujos) flujo.abort()
  }

  async responder(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url)
    const destino = destinoDe(pathname, this.#options.origenes)
    if (destino.tipo === 'ninguno') {
      return responderProblema(request, 'no-encontrado', { detail: `No hay nada en ${pathname}.` })
    }
    if (destino.tipo === 'ajeno' && esDelMismoOrigen(request)) {
      const detail = 'Las páginas de la propia tienda entran y salen por /api/sesion.'
      return responderProblema(request, 'prohibido', { detail })
    }
    const url = `${this.#options.origenes[destino.servicio]}${destino.ruta}${search}`
    return await this.#pasar(request, url, destino)
  }

  async #pasar(request: Request, url: string, destino: Lugar): Promise<Response> {
    const { servicio } = destino
    const corte = new AbortController()
    let rechazo: unknown
    const cortar = () => corte.abort()
    const alFallar = (error: unknown) => {
      rechazo = error
      cortar()
    }
    const maxBytes = esAviso(destino) ? maxBytesAviso : undefined
    const { cuerpo, hecho } = await this.#cuerpos.tomar(request, alFallar, maxBytes)
    request.signal.addEventListener('abort', cortar, { once: true })
    const plazo = setTimeout(cortar, this.#options.plazoMs + plazoDeEnvioMs(request))
    try {
      const { salidas, fetch } = this.#options
      const init = {
        method: request.method,
        headers: cabecerasDePeticion(request),
        body: cuerpo,
        redirect: 'manual',
        // What the service compressed goes on as it is.
        decompress: false,
        signal: corte.signal,
      } as const
      const respuesta = await salidas.llamar(servicio, () => fetch(url, init))
      const headers = sinSalto(respuesta.headers, noSeDevuelve)
      const location = headers.get('location')
      if (location !== null) headers.set('location', lugarDe(location, url, servicio))
      return this.#devolver(request, respuesta, headers, corte)
    } catch (error) {
      if (rechazo instanceof ProblemError) throw rechazo
      if (error instanceof SinSalida) return lleno(request, `llamadas a ${servicio}`)
      if (!request.signal.aborted) {
        const { logger } = this.#options
        logger.warn('a service did not answer', { servicio, error: describeError(error) })
      }
      return sinServicio(request, servicio)
    } finally {
      hecho()
      clearTimeout(plazo)
    }
  }

  #devolver(
    request: Request,
    respuesta: Response,
    headers: Headers,
    corte: AbortController,
  ): Response {
    const { status, body } = respuesta
    const duracion = duracionDe(respuesta)
    if (body === null || duracion === 'breve') return new Response(body, { status, headers })
    const { salidas } = this.#options
    const sitio = duracion === 'sin fin' ? salidas.flujo(request) : salidas.larga(request)
    if (sitio.result !== 'taken') {
      corte.abort()
      const que = duracion === 'sin fin' ? 'páginas en vivo' : 'descargas'
      return sitio.result === 'own-full' ? demasiadasDeSuRed(request, que) : lleno(request, que)
    }
    if (duracion === 'sin fin') this.#flujos.add(corte)
    const alAcabar = () => {
      sitio.release()
      this.#flujos.delete(corte)
    }
    const cuerpo = seguida(body, { corte, alAcabar, seRompe: duracion === 'larga' })
    return new Response(cuerpo, { status, headers })
  }
}

/** Up to here an answer comes whole even if nobody reads it, and no longer holds its call. */
const breveBytes = 256 * 1024

function duracionDe({ headers }: Response): 'breve' | 'larga' | 'sin fin' {
  if (headers.get('content-type')?.startsWith('text/event-stream')) return 'sin fin'
  const bytes = headers.get('content-length')
  return bytes !== null && Number(bytes) <= breveBytes ? 'breve' : 'larga'
}

interface Seguimiento {
  readonly corte: AbortController
  readonly alAcabar: () => void
  /** Whether it breaks when its source does; else it only ends. */
  readonly seRompe: boolean
}

/** The same body, and somebody told of its end. */
function seguida(
  fuente: ReadableStream<Uint8Array>,
  { corte, alAcabar, seRompe }: Seguimiento,
): ReadableStream<Uint8Array> {
  const lector = fuente.getReader()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await lector.read()
          if (!done) return controller.enqueue(value)
          controller.close()
        } catch (error) {
          if (seRompe) controller.error(error)
          else controller.close()
        }
        alAcabar()
      },
      cancel() {
        alAcabar()
        corte.abort()
      },
    },
    { highWaterMark: 0 },
  )
}
