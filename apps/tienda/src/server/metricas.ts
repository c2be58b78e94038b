import { pathnameOf } from '@encargo/service-kit/http/edge/pathname'
import { addReadGauges, createMetrics } from '@encargo/service-kit/http/plugins/metrics'
import { remoteAddressOf } from '@encargo/service-kit/http/edge/remote-address'
import type { TrustedProxies } from '@encargo/service-kit/values/trusted-proxies'
import { Counter, Histogram } from 'prom-client'
import { responderProblema, sinServicio } from './problema.ts'
import type { Origenes } from './reenvio.ts'

interface MetricasOptions {
  /** Who may read them, by the address of their connection. */
  readonly desde: TrustedProxies
  /** How many event streams are open. */
  readonly flujos: () => number
  /** The services whose metrics can be read nowhere else, and how they are asked. */
  readonly servicios?: { readonly origenes: Origenes; readonly fetch: typeof fetch } | undefined
}

type Responder = (request: Request) => Promise<Response>

/** What a proxy writes into what it passes on; who measures comes without one. */
const dePaso = ['x-forwarded-for', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via']

const soloLee = ({ method }: Request) => method === 'GET' || method === 'HEAD'

/** What kind of thing a path asks for: one of few, whatever anybody asks. */
function claseDe(pathname: string, origenes: Origenes): string {
  const [, primera = '', segunda = ''] = pathname.split('/')
  if (primera === 'api') {
    return segunda === 'sesion' || Object.hasOwn(origenes, segunda) ? `/api/${segunda}` : '/api'
  }
  return ['livez', 'readyz', 'recursos'].includes(primera) ? `/${primera}` : '(page)'
}

/**
 * What tienda counts of its work, as the services do: `/metrics` in Prometheus' text. It tells how
 * busy a shop is, which is nobody's business: answered only to a connection of its own from where
 * `METRICS_FROM` says, and 404 to all others, shoppers behind a proxy on this machine included. Where
 * the services have no port of their own, theirs are `/api/<service>/metrics`, for the same.
 */
export class Metricas {
  readonly #options: MetricasOptions
  readonly #metricas = createMetrics('tienda')
  readonly #llamadas: Counter<'peer' | 'status'>
  readonly #tiempos: Histogram<'peer'>
  #enCurso = 0

  constructor(options: MetricasOptions) {
    this.#options = options
    const { registry } = this.#metricas
    const registers = [registry]
    addReadGauges(registry, [
      ['http_requests_in_flight', 'Requests that are being answered.', () => this.#enCurso],
      ['tienda_event_streams', 'Open event streams that are passed on.', options.flujos],
    ])
    this.#llamadas = new Counter({
      name: 'upstream_requests_total',
      help: 'Calls to the services by status; error where none came.',
      labelNames: ['peer', 'status'],
      registers,
    })
    this.#tiempos = new Histogram({
      name: 'upstream_request_duration_seconds',
      help: 'Time from a call to a service until it began to answer.',
      labelNames: ['peer'],
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
      registers,
    })
  }

  /** `fetch`, counting the calls to each service. */
  contando(origenes: Origenes, llamar: typeof fetch = fetch): typeof fetch {
    const nombres = new Map(Object.entries(origenes).map(([nombre, origen]) => [origen, nombre]))
    const contada = async (...args: Parameters<typeof fetch>) => {
      const [input] = args
      const { origin } = new URL(input instanceof Request ? input.url : input)
      const peer = nombres.get(origin) ?? '(other)'
      const medida = this.#tiempos.startTimer({ peer })
      try {
        const respuesta = await llamar(...args)
        this.#llamadas.inc({ peer, status: String(respuesta.status) })
        return respuesta
      } catch (error) {
        this.#llamadas.inc({ peer, status: 'error' })
        throw error
      } finally {
        medida()
      }
    }
    return Object.assign(contada, { preconnect: llamar.preconnect })
  }

  /** `responder`, counted and timed, and `/metrics` beside it. */
  midiendo(origenes: Origenes, responder: Responder): Responder {
    return async (request) => {
      const pathname = pathnameOf(request)
      const leer = soloLee(request) ? this.#lectura(pathname) : undefined
      if (leer) return await this.#mostrar(request, leer)
      const desde = performance.now()
      this.#enCurso += 1
      try {
        const respuesta = await responder(request)
        const segundos = (performance.now() - desde) / 1000
        const clase = claseDe(pathname, origenes)
        this.#metricas.observe(request.method, clase, respuesta.status, segundos)
        return respuesta
      } finally {
        this.#enCurso -= 1
      }
    }
  }

  /** How the metrics are read that a path names: its own, or those of `/api/<service>/metrics`. */
  #lectura(pathname: string): (() => Promise<Response>) | undefined {
    if (pathname === '/metrics') return this.#propias
    const { servicios } = this.#options
    const [, nombre = ''] = /^\/api\/([a-z]+)\/metrics$/.exec(pathname) ?? []
    const origen = new Map(Object.entries(servicios?.origenes ?? {})).get(nombre)
    if (servicios === undefined || origen === undefined) return undefined
    return () => servicios.fetch(`${origen}/metrics`)
  }

  readonly #propias = async () => {
    const { registry } = this.#metricas
    const headers = { 'content-type': registry.contentType }
    return new Response(await registry.metrics(), { headers })
  }

  async #mostrar(request: Request, leer: () => Promise<Response>): Promise<Response> {
    const direccion = remoteAddressOf(request)
    const propia = !dePaso.some((nombre) => request.headers.has(nombre))
    if (direccion === null || !propia || !this.#options.desde(direccion)) {
      return responderProblema(request, 'no-encontrado', {
        detail: `No hay nada en ${pathnameOf(request)}.`,
      })
    }
    try {
      const { body, headers, status } = await leer()
      const tipo = headers.get('content-type') ?? 'text/plain'
      const cabeceras = { 'content-type': tipo, 'cache-control': 'no-store' }
      return new Response(body, { status, headers: cabeceras })
    } catch {
      return sinServicio(request, pathnameOf(request))
    }
  }
}
