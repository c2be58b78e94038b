import type { Task } from '@encargo/service-kit/obligations/obligation'
import { backgroundCall } from '@encargo/service-kit/peer/call-context'
import type { Deps } from './deps.ts'

const marca = 'borrados'

/**
 * Follows auth's list of erased accounts. A customer is noted, and with them that their orders are to
 * be gone through; from then on no order of theirs is made. So an order either is there to be found
 * or is refused: no timing is relied on.
 */
export class ListaDeBorrados implements Task {
  readonly tipo = 'lista-de-borrados'
  readonly peer = 'auth'
  readonly everyMs = 60_000
  readonly #deps: Deps
  #leidaEn: number | undefined

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** When it was last read to its end, in milliseconds since the epoch. */
  get leidaEn(): number | undefined {
    return this.#leidaEn
  }

  async turn(parar: () => boolean): Promise<void> {
    while (await this.#pagina()) if (parar()) return
    this.#leidaEn = this.#deps.clock.epochMs()
  }

  /** Notes one page; answers whether there are more. */
  async #pagina(): Promise<boolean> {
    const { store, clientes, clock } = this.#deps
    const cursor = await store.marca(marca)
    const call = backgroundCall()
    const { ids, siguiente } = await clientes.borrados(cursor, call)
    if (ids.length === 0 && cursor !== undefined) {
      // Something followed this place once, so auth's database is now one from before.
      await store.quitarMarca(marca)
      return true
    }
    const nuevos = await store.borradosSinAnotar(ids)
    // Where the last page ended is not told; it is looked at again, with what has come since.
    const hasta = siguiente === undefined ? undefined : { nombre: marca, valor: siguiente }
    if (nuevos.length > 0 || hasta) {
      const nota = { ids: nuevos, marca: hasta, ahora: clock.epochMs(), traza: call.traceId }
      await store.anotarBorrados(nota)
    }
    return hasta !== undefined
  }
}
