import { backgroundCall, crashAround } from '@encargo/service-kit'
import type { SagaDeps } from './deps.ts'

/** Reservations younger than this may belong to an order that is being written, in milliseconds. */
const recientesMs = 2 * 60 * 1000
const marca = 'barrido'

/**
 * Looks for reservations that no order stands behind, as a crash between reserving and writing
 * leaves them, and discards them. Goes through the active ones in the order of their making and
 * remembers on disk how far it came, so that each is looked at once, save those of the last page.
 */
export class Barrido {
  readonly #deps: SagaDeps

  constructor(deps: SagaDeps) {
    this.#deps = deps
  }

  /** Looks at one page; answers whether there are more. Rejects as inventario or the store do. */
  async pagina(): Promise<boolean> {
    const { store, reservas, now } = this.#deps
    const ahora = now().getTime()
    const cursor = await store.marca(marca)
    const rango = { cursor, antesDe: ahora - recientesMs }
    const { pedidoIds, siguiente } = await crashAround('pedidos.barrido.listar', () =>
      reservas.activas(rango, backgroundCall()),
    )
    await this.#revisar(pedidoIds, ahora)
    // Where the last page ended is not told; it is looked at again, with what has come since.
    if (siguiente === null) return false
    await crashAround('pedidos.barrido.marcar', () => store.ponerMarca(marca, siguiente))
    return true
  }

  async #revisar(ids: readonly string[], ahora: number): Promise<void> {
    const { store } = this.#deps
    const destinos = await store.destinos(ids)
    const huerfanas = ids.filter((id) => !destinos.has(id))
    if (huerfanas.length > 0) {
      await crashAround('pedidos.descarte.escribir', () =>
        store.descartar(huerfanas, 'reserva sin pedido', ahora),
      )
    }
    for (const [id, destino] of destinos) {
      if (destino !== 'Pendiente') await this.#cerrar(id, destino)
    }
  }

  /**
   * An order that has ended, or will never be, with a reservation that is still active: one that
   * has just ended, or databases restored from different moments. Inventario is told again.
   */
  async #cerrar(id: string, destino: 'Completado' | 'Cancelado' | 'descartado'): Promise<void> {
    const { reservas, logger } = this.#deps
    const call = backgroundCall()
    const fin = await crashAround('pedidos.barrido.cerrar', () =>
      destino === 'Completado' ? reservas.confirmar(id, call) : reservas.liberar(id, call),
    )
    logger.info('an ended order had an active reservation', { id, destino, fin })
  }
}
