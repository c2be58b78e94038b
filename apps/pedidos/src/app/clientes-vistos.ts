import { BoundedMap } from '@encargo/service-kit/async/bounded-map'
import type { Clock } from '@encargo/service-kit/async/clock'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import type { Cara } from '../domain/cara.ts'
import type { Cliente } from '../domain/compra.ts'
import type { Clientes, PaginaBorrados } from '../ports/peers.ts'

export interface ClientesVistosOptions {
  readonly clientes: Clientes
  readonly clock: Pick<Clock, 'epochMs'>
  /** How long having been seen active is good for, in milliseconds. */
  readonly vistoMs?: number
  readonly maximo?: number
}

/**
 * Asks auth each time and remembers who was active, for the time when auth can't be asked: a good
 * token of a customer who was seen active recently is then enough to buy.
 */
export class ClientesVistos implements Clientes {
  /** Each as last seen active, and when, oldest first. */
  readonly #vistos: BoundedMap<string, { readonly cliente: Cliente; readonly en: number }>
  readonly #options: Required<ClientesVistosOptions>

  constructor(options: ClientesVistosOptions) {
    this.#options = { vistoMs: 10 * 60 * 1000, maximo: 10_000, ...options }
    this.#vistos = new BoundedMap(this.#options.maximo)
  }

  async buscar(id: string, call: CallContext): Promise<Cliente | undefined> {
    try {
      const cliente = await this.#options.clientes.buscar(id, call)
      if (cliente?.activo) this.#vistos.set(id, { cliente, en: this.#options.clock.epochMs() })
      else this.#vistos.delete(id)
      return cliente
    } catch (error) {
      const visto = error instanceof PeerUnavailableError && this.#vistoHacePoco(id)
      if (!visto) throw error
      return visto
    }
  }

  async hallar(q: string, call: CallContext): Promise<readonly string[]> {
    return await this.#options.clientes.hallar(q, call)
  }

  async zona(call: CallContext): Promise<string> {
    return await this.#options.clientes.zona(call)
  }

  async cara(call: CallContext): Promise<Cara> {
    return await this.#options.clientes.cara(call)
  }

  async borrados(cursor: string | undefined, call: CallContext): Promise<PaginaBorrados> {
    const pagina = await this.#options.clientes.borrados(cursor, call)
    for (const id of pagina.ids) this.#vistos.delete(id)
    return pagina
  }

  #vistoHacePoco(id: string): Cliente | undefined {
    const visto = this.#vistos.get(id)
    const haceMs = this.#options.clock.epochMs() - (visto?.en ?? Number.NEGATIVE_INFINITY)
    // Not from a clock that was ahead and has been put right.
    return haceMs >= 0 && haceMs < this.#options.vistoMs ? visto?.cliente : undefined
  }
}
