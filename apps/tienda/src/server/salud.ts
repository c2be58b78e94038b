import { machineClock } from '@encargo/service-kit/async/clock'
import type { Logger } from '@encargo/service-kit/run/logger'
import { otherService, serviceOf } from '@encargo/service-kit/peer/peer-watch'
import { cabecerasPagina } from './cabeceras.ts'
import type { Origenes } from './reenvio.ts'
import type { Salidas } from './salidas.ts'

interface SaludOptions {
  readonly origenes: Origenes
  readonly salidas: Salidas
  readonly logger: Logger
  readonly fetch?: typeof fetch
  /** Monotonic milliseconds. */
  readonly now?: () => number
  /** Whether tienda is on its way out: whoever asks sends nobody here any more. */
  readonly stopping?: () => boolean
  /** How long a service may take to say that it lives, in milliseconds. */
  readonly plazoMs?: number
}

interface Visto {
  readonly responde: boolean
  /** Somebody else answers there, which no waiting mends. */
  readonly impedimento?: string
}
type Servicios = Readonly<Record<string, Visto>>

/** How long what was seen of the services counts, in milliseconds, however often somebody asks. */
const vigenciaMs = 1_000

const json = (cuerpo: unknown, status = 200) =>
  Response.json(cuerpo, { status, headers: { ...cabecerasPagina, 'cache-control': 'no-store' } })

/**
 * `/livez` and `/readyz`. tienda does not listen before its pages are built, so it is ready as soon
 * as it answers; which services answer it, `/readyz` tells and does not fail for: the pages know
 * what to say while one is away. Where another service answers than the one that belongs there, it does.
 */
export class Salud {
  readonly #options: Required<SaludOptions>
  #visto: { readonly hasta: number; readonly servicios: Promise<Servicios> } | undefined

  constructor(options: SaludOptions) {
    const now = machineClock.monoMs
    this.#options = { fetch, now, stopping: () => false, plazoMs: 1_000, ...options }
  }

  viva(): Response {
    return json({ estado: 'vivo' })
  }

  async lista(): Promise<Response> {
    const servicios = await this.#servicios()
    if (this.#options.salidas.agotadas) return json({ estado: 'saturado', servicios }, 503)
    const encaja = Object.values(servicios).every(({ impedimento }) => impedimento === undefined)
    const lista = encaja && !this.#options.stopping()
    return json({ estado: lista ? 'listo' : 'no-listo', servicios }, lista ? 200 : 503)
  }

  #servicios(): Promise<Servicios> {
    const ahora = this.#options.now()
    if (this.#visto === undefined || this.#visto.hasta <= ahora) {
      this.#visto = { hasta: ahora + vigenciaMs, servicios: this.#preguntar() }
    }
    return this.#visto.servicios
  }

  async #preguntar(): Promise<Servicios> {
    const preguntas = Object.entries(this.#options.origenes).map(
      async ([nombre, origen]) => [nombre, await this.#mirar(nombre, origen)] as const,
    )
    return Object.fromEntries(await Promise.all(preguntas))
  }

  async #mirar(nombre: string, origen: string): Promise<Visto> {
    const { plazoMs, logger } = this.#options
    try {
      const signal = AbortSignal.timeout(plazoMs)
      const respuesta = await this.#options.fetch(`${origen}/livez`, { redirect: 'manual', signal })
      if (!respuesta.ok) {
        await respuesta.body?.cancel()
        return { responde: false }
      }
      const quien = serviceOf(await respuesta.json().catch(() => null))
      if (quien === nombre) return { responde: true }
      return { responde: false, impedimento: otherService(nombre, origen, quien) }
    } catch {
      logger.debug('a service does not answer', { origen })
      return { responde: false }
    }
  }
}
