import { backgroundCall } from '@encargo/service-kit/peer/call-context'
import { crashAround } from '@encargo/service-kit/run/crash-points'
import { describeError } from '@encargo/service-kit/run/logger'
import { PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import type { SagaDeps } from './deps.ts'
import { esperaMs } from './espera.ts'

const marca = 'borrados'
/** The pause between two looks at auth's list when all is well, in milliseconds. */
const lecturaMs = 60_000
/** While auth does not answer. */
const demora = { baseMs: 2_000, topeMs: lecturaMs } as const
/** How many customers are closed together. */
const clientesPorLote = 100
/** Each order costs a third of a millisecond, and nobody is to wait for long. */
const pedidosPorLote = 25

/**
 * Follows auth's list of erased accounts and erases what orders hold of them. A customer is noted
 * first, and from then on no order of theirs is made; then their orders are gone through, with the
 * place on disk. So an order either was there to be found or is refused: no timing is relied on.
 */
export class Borrados {
  readonly #deps: SagaDeps
  #leerEn = Number.NEGATIVE_INFINITY
  #fallosSeguidos = 0
  #leidoEn: number | null = null

  constructor(deps: SagaDeps) {
    this.#deps = deps
  }

  /** When the list was last read to its end, in milliseconds since the epoch. */
  get leidoEn(): number | null {
    return this.#leidoEn
  }

  /** Does what there is to do, until `parar` says so. Rejects as the store does. */
  async ronda(parar: () => boolean): Promise<void> {
    if (this.#deps.clock.monoMs() >= this.#leerEn) await this.#leer(parar)
    while (!parar()) {
      const ids = await this.#deps.store.porBorrar(clientesPorLote)
      if (ids.length === 0 || !(await this.#borrar(ids, parar))) return
    }
  }

  /** Auth's absence is its own affair: what is noted already is erased all the same. */
  async #leer(parar: () => boolean): Promise<void> {
    const { clock, random, logger } = this.#deps
    try {
      while (!parar() && (await this.#pagina()));
      this.#fallosSeguidos = 0
      this.#leerEn = clock.monoMs() + lecturaMs
      if (!parar()) this.#leidoEn = clock.epochMs()
    } catch (error) {
      this.#leerEn = clock.monoMs() + esperaMs(this.#fallosSeguidos++, random, demora)
      if (error instanceof PeerUnavailableError) return
      logger.warn('erased accounts could not be followed', { error: describeError(error) })
    }
  }

  /** Notes one page; answers whether there are more. */
  async #pagina(): Promise<boolean> {
    const { store, clientes, clock } = this.#deps
    const cursor = await store.marca(marca)
    const { ids, siguiente } = await crashAround('pedidos.borrados.listar', () =>
      clientes.borrados(cursor, backgroundCall()),
    )
    if (ids.length === 0 && cursor !== null) {
      // Something followed this place once, so auth's database is now one from before.
      await crashAround('pedidos.borrados.releer', () => store.quitarMarca(marca))
      return true
    }
    const nuevos = await store.borradosSinAnotar(ids)
    // Where the last page ended is not told; it is looked at again, with what has come since.
    const hasta = siguiente === null ? null : { nombre: marca, valor: siguiente }
    if (nuevos.length > 0 || hasta !== null) {
      await crashAround('pedidos.borrados.anotar', () =>
        store.anotarBorrados({ ids: nuevos, marca: hasta, ahora: clock.epochMs() }),
      )
    }
    return hasta !== null
  }

  /** False when it has to be gone on with later. */
  async #borrar(ids: readonly string[], parar: () => boolean): Promise<boolean> {
    const { store, clock, logger } = this.#deps
    for (const id of ids) {
      const lote = () => store.borrarPersonales(id, pedidosPorLote)
      while (await crashAround('pedidos.borrados.escribir', lote)) if (parar()) return false
    }
    const cerrados = await crashAround('pedidos.borrados.cerrar', () =>
      store.cerrarBorrados(ids, clock.epochMs()),
    )
    if (cerrados) logger.info('personal data of erased accounts is gone', { cuentas: ids.length })
    return cerrados
  }
}
