import type { ServiceName } from '@encargo/service-kit/config'
import { describeError, type Logger } from '@encargo/service-kit/logger'
import { ProblemError } from '@encargo/service-kit/problems'
import { remoteAddressOf } from '@encargo/service-kit/remote-address'
import { sinSalto } from './cabeceras.ts'
import { Cuerpos } from './cuerpo.ts'
import { responderProblema, sinServicio } from './problema.ts'

export type Origenes = Readonly<Record<ServiceName, string>>

export interface ReenvioOptions {
  readonly origenes: Origenes
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

/** Encoded dots and slashes name something else to whoever decodes them. */
const disfrazada = /%2e|%2f|%5c|%00|\\/i

/** Paths that are not for browsers: sign-in goes through `/api/sesion`, and metrics stay inside. */
const cerradas: Partial<Record<ServiceName, readonly string[]>> = {
  auth: ['/login', '/token', '/logout'],
}

export type Destino =
  | { readonly tipo: 'servicio'; readonly servicio: ServiceName; readonly ruta: string }
  | { readonly tipo: 'ninguno' }

/** Which service and which path there `/api/<service>/...` means. */
export function destinoDe(pathname: string, origenes: Origenes): Destino {
  const [, servicio = '', ruta = ''] = /^\/api\/([a-z]+)(\/.*)$/.exec(pathname) ?? []
  if (!esServicio(servicio, origenes) || disfrazada.test(ruta)) return { tipo: 'ninguno' }
  const limpia = ruta.replace(/\/+$/, '').toLowerCase()
  const cerrada = limpia === '/metrics' || cerradas[servicio]?.includes(limpia)
  return cerrada ? { tipo: 'ninguno' } : { tipo: 'servicio', servicio, ruta }
}

function esServicio(nombre: string, origenes: Origenes): nombre is ServiceName {
  return Object.hasOwn(origenes, nombre)
}

/** The address of the browser. What it wrote into the header itself is its own invention. */
function cabecerasDePeticion(request: Request): Headers {
  const cabeceras = sinSalto(request.headers, noSeEnvia)
  const direccion = remoteAddressOf(request)
  cabeceras.delete('x-forwarded-for')
  if (direccion !== null) cabeceras.set('x-forwarded-for', direccion)
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
    const url = `${this.#options.origenes[destino.servicio]}${destino.ruta}${search}`
    return await this.#pasar(request, url, destino.servicio)
  }

  async #pasar(request: Request, url: string, servicio: ServiceName): Promise<Response> {
    const corte = new AbortController()
    let rechazo: unknown
    const cortar = () => corte.abort()
    const { cuerpo, hecho } = await this.#cuerpos.tomar(request, (error) => {
      rechazo = error
      cortar()
    })
    request.signal.addEventListener('abort', cortar, { once: true })
    const plazo = setTimeout(cortar, this.#options.plazoMs + plazoDeEnvioMs(request))
    try {
      const respuesta = await this.#options.fetch(url, {
        method: request.method,
        headers: cabecerasDePeticion(request),
        body: cuerpo,
        redirect: 'manual',
        // What the service compressed goes on as it is.
        decompress: false,
        signal: corte.signal,
      })
      return this.#devolver(respuesta, corte)
    } catch (error) {
      if (rechazo instanceof ProblemError) throw rechazo
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

  #devolver(respuesta: Response, corte: AbortController): Response {
    const headers = sinSalto(respuesta.headers, noSeDevuelve)
    const { status, body } = respuesta
    const sinFin = headers.get('content-type')?.startsWith('text/event-stream') ?? false
    if (!sinFin || body === null) return new Response(body, { status, headers })
    this.#flujos.add(corte)
    return new Response(
      hastaElCorte(body, corte, () => this.#flujos.delete(corte)),
      {
        status,
        headers,
      },
    )
  }
}

/** A stream that ends, and does not break, when its source ends in whatever way. */
function hastaElCorte(
  fuente: ReadableStream<Uint8Array>,
  corte: AbortController,
  alAcabar: () => void,
): ReadableStream<Uint8Array> {
  const lector = fuente.getReader()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const leido = await lector.read().catch(() => ({ done: true, value: undefined }) as const)
        if (leido.done) {
          alAcabar()
          controller.close()
        } else controller.enqueue(leido.value)
      },
      cancel() {
        alAcabar()
        corte.abort()
      },
    },
    { highWaterMark: 0 },
  )
}
