/** What auth said, as the page gets it, and what becomes of the cookie. */
export interface Respuesta {
  readonly status: number
  readonly cuerpo: string
  readonly cabeceras: Record<string, string>
  /** The refresh token to keep, null to take the cookie away, undefined to leave it as it is. */
  readonly galleta: string | null | undefined
}

/** How long the answer to a refresh token is kept, in milliseconds. */
const memoriaMs = 30_000
const maximo = 10_000

/**
 * A refresh token works once, and using it again ends its session. Two tabs that renew at the same
 * moment, or a page that is reloaded while its renewal is on the way, must not do that: the same
 * token gets the same answer for a short while, and is sent to auth once.
 */
export class Renovaciones {
  readonly #respuestas = new Map<string, { hasta: number; respuesta: Promise<Respuesta> }>()
  readonly #now: () => number

  /** `now`: monotonic milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  una(token: string, renovar: () => Promise<Respuesta>): Promise<Respuesta> {
    this.#olvidar()
    // Tokens are secrets: what is kept can't be used as one.
    const clave = new Bun.CryptoHasher('sha256').update(token).digest('hex')
    const conocida = this.#respuestas.get(clave)
    if (conocida) return conocida.respuesta
    const respuesta = renovar()
    this.#respuestas.set(clave, { hasta: this.#now() + memoriaMs, respuesta })
    // What may succeed the next time is asked again.
    const pasajera = () => this.#respuestas.delete(clave)
    respuesta.then(({ status }) => status !== 200 && pasajera(), pasajera)
    return respuesta
  }

  /** In the order of insertion, which is that of their ends. */
  #olvidar(): void {
    for (const [clave, { hasta }] of this.#respuestas) {
      if (hasta > this.#now() && this.#respuestas.size < maximo) return
      this.#respuestas.delete(clave)
    }
  }
}
