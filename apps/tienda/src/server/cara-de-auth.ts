import { loop, type Loop } from '@encargo/service-kit/async/loop'
import type { Timer } from '@encargo/service-kit/async/timer'
import { describeError, type Logger } from '@encargo/service-kit/run/logger'
import { type Cara, sinCara } from '../cara/cara.ts'
import { caraDe } from '../cara/dicha.ts'
import { leerTienda } from './tienda-dicha.ts'

interface CaraOptions {
  /** Where auth is. */
  readonly auth: string
  readonly fetch: typeof fetch
  readonly timer: Timer
  readonly logger: Logger
}

/** What an admin changes through another tienda is seen here after this long, in milliseconds. */
const cadaMs = 60_000
/** As long as there is none: somebody is just setting the shop up. */
const sinNombreMs = 2_000
/** As long as nothing is known, and when auth was away. */
const prontoMs = 1_000
const otraVezMs = 10_000
const plazoMs = 5_000

/**
 * The shop's own face, as auth has it: asked for in the background, so that no page and no start waits
 * for it. While auth is away, the last one known counts; before the first, that of no shop in particular.
 */
export class CaraDeAuth {
  readonly #options: CaraOptions
  readonly #fin = new AbortController()
  readonly #vueltas: Loop
  #actual: Cara = sinCara
  #etag: string | undefined

  constructor(options: CaraOptions) {
    this.#options = options
    this.#vueltas = loop(
      { timer: options.timer, everyMs: cadaMs, firstMs: Infinity },
      () => this.#preguntar(),
      (error) => options.logger.warn('the shop’s face is unknown', { error: describeError(error) }),
    )
  }

  readonly actual = (): Cara => this.#actual

  /** Asks now, and from then on time and again. Resolves with the answer; never rejects. */
  refrescar(): Promise<void> {
    return this.#vueltas.wake()
  }

  async cerrar(): Promise<void> {
    this.#fin.abort()
    await this.#vueltas.stop()
  }

  #vale(): number {
    return this.#actual.nombre === null ? sinNombreMs : cadaMs
  }

  /** Gives how long it counts. */
  async #preguntar(): Promise<number> {
    const { auth, fetch, logger } = this.#options
    let contesto = false
    try {
      const respuesta = await fetch(`${auth}/tienda`, {
        headers: this.#etag === undefined ? {} : { 'if-none-match': this.#etag },
        redirect: 'manual',
        signal: AbortSignal.any([this.#fin.signal, AbortSignal.timeout(plazoMs)]),
      })
      if (respuesta.status === 304) return this.#vale()
      contesto = respuesta.ok
      const cara = caraDe(leerTienda(await respuesta.text()))
      this.#etag = respuesta.headers.get('etag') ?? undefined
      // Whoever holds it sees by its identity whether it is another.
      if (!Bun.deepEquals(cara, this.#actual)) this.#actual = cara
      return this.#vale()
    } catch (error) {
      // That auth is away, others say already.
      const nivel = contesto ? 'warn' : 'debug'
      logger[nivel]('auth does not tell the shop’s face', { error: describeError(error) })
      return this.#etag === undefined ? prontoMs : otraVezMs
    }
  }
}
