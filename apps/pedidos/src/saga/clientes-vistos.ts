import { type CallContext, PeerUnavailableError } from '@encargo/service-kit'
import type { Cliente } from '../domain/compra.ts'
import type { Clientes, PaginaBorrados } from '../domain/puertos.ts'

export interface ClientesVistosOptions {
  readonly clientes: Clientes
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** How long having been seen active is good for, in milliseconds. */
  readonly vistoMs?: number
  readonly maximo?: number
}

/**
 * Asks auth each time and remembers who was active, for the time when auth can't be asked: a good
 * token of a customer who was seen active recently is then enough to buy.
 */
export class ClientesVistos implements Clientes {
  /** When each was last seen active, oldest first. */
  readonly #vistos = new Map<string, number>()
  readonly #options: Required<ClientesVistosOptions>

  constructor(options: ClientesVistosOptions) {
    this.#options = { vistoMs: 10 * 60 * 1000, maximo: 10_000, ...options }
  }

  async buscar(id: string, call: CallContext): Promise<Cliente | undefined> {
    try {
      const cliente = await this.#options.clientes.buscar(id, call)
      this.#vistos.delete(id)
      if (cliente?.activo) this.#recordar(id)
      return cliente
    } catch (error) {
      if (!(error instanceof PeerUnavailableError) || !this.#vistoHacePoco(id)) throw error
      return { id, activo: true }
    }
  }

  async borrados(cursor: string | null, call: CallContext): Promise<PaginaBorrados> {
    const pagina = await this.#options.clientes.borrados(cursor, call)
    for (const id of pagina.ids) this.#vistos.delete(id)
    return pagina
  }

  #vistoHacePoco(id: string): boolean {
    const visto = this.#vistos.get(id)
    const haceMs = this.#options.now() - (visto ?? Number.NEGATIVE_INFINITY)
    // Not from a clock that was ahead and has been put right.
    return haceMs >= 0 && haceMs < this.#options.vistoMs
  }

  #recordar(id: string): void {
    if (this.#vistos.size >= this.#options.maximo) {
      const oldest = this.#vistos.keys().next()
      if (!oldest.done) this.#vistos.delete(oldest.value)
    }
    this.#vistos.set(id, this.#options.now())
  }
}
