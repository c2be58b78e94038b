import { type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import { networkOf } from '@encargo/service-kit/values/network-of'
import { remoteAddressOf } from '@encargo/service-kit/http/edge/remote-address'
import { type Share, Shares } from '@encargo/service-kit/async/shares'

/** Who calls: a visitor's call to a service, or tienda itself, for a session. */
type Quien = ServiceName | 'sesion'
const todos: readonly Quien[] = [...serviceNames, 'sesion']

/** As many as pedidos has for all, and as many visitors' calls as a service does at once. */
const maximos = { flujos: 1_000, porServicio: 160 } as const

/** A call that was not made. */
export class SinSalida extends Error {
  override readonly name = 'SinSalida'
}

/**
 * Bun makes so many outgoing calls at once, 256 unless told otherwise, and lets the rest wait
 * without a word. So they are shared out beforehand, and what has no share is refused at once: a
 * quarter for event streams, of which one network has an eighth; the rest for calls, equally for each
 * service and for sessions, so that a service that hangs takes nobody else's; and a little for asking
 * whether services live.
 */
export class Salidas {
  readonly #llamadas: Shares
  readonly #flujos: Shares
  readonly #largas: Shares
  readonly #porServicio: number

  /** `total`: how many calls Bun makes at once. */
  constructor(total: number) {
    const flujos = Math.min(maximos.flujos, Math.floor(total / 4))
    this.#porServicio = Math.min(maximos.porServicio, Math.floor(total / 8))
    this.#llamadas = new Shares({ each: this.#porServicio, total })
    this.#flujos = new Shares({
      each: Math.ceil(flujos / 8),
      total: flujos,
    })
    this.#largas = new Shares({
      each: Math.ceil(this.#porServicio / 5),
      total: Math.ceil(this.#porServicio / 2),
    })
  }

  /** For an answer that has no end of its own. */
  flujo(request: Request): Share {
    return this.#flujos.take(redDe(request))
  }

  /** For an answer that holds its call for as long as somebody reads it. */
  larga(request: Request): Share {
    return this.#largas.take(redDe(request))
  }

  /**
   * Makes a call of `quien`'s.
   * @throws SinSalida, with nothing called, when it has too many under way
   */
  async llamar<T>(quien: Quien, llamada: () => Promise<T>): Promise<T> {
    const salida = this.#llamadas.take(quien)
    if (salida.result !== 'taken') throw new SinSalida(`${quien} has too many calls under way`)
    try {
      return await llamada()
    } finally {
      salida.release()
    }
  }

  /** `fetch`, each as one of `quien`'s calls. */
  fetchDe(quien: Quien, fetch: typeof globalThis.fetch): typeof globalThis.fetch {
    const suya = (...todo: Parameters<typeof globalThis.fetch>) =>
      this.llamar(quien, () => fetch(...todo))
    return Object.assign(suya, { preconnect: fetch.preconnect })
  }

  /** Whether nobody's call would be made. */
  get agotadas(): boolean {
    return todos.every((quien) => this.#llamadas.heldBy(quien) >= this.#porServicio)
  }
}

function redDe(request: Request): string {
  const direccion = remoteAddressOf(request)
  return direccion === null ? '' : networkOf(direccion)
}
