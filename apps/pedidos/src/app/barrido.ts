import { commandLine } from '@encargo/program'
import type { Task } from '@encargo/service-kit/obligations/obligation'
import { backgroundCall } from '@encargo/service-kit/peer/call-context'
import type { Activa } from '../ports/peers.ts'
import { marcaSinPedido } from '../ports/obligaciones.ts'
import type { Destino } from '../ports/store.ts'
import type { Deps } from './deps.ts'

/** Reservations younger than this may belong to an order that is being written, in milliseconds. */
const recientesMs = 2 * 60 * 1000
const marca = 'barrido'

/**
 * Up to which moment somebody has said that what has no order may go, in milliseconds since the epoch.
 * Written by `bun run installation release` and by a restore.
 */
const permiso = 'barrido-permitido'

/**
 * A process that dies leaves a few reservations without an order. Where there are more, and they are
 * more than this part of a page, it is rather the orders that are missing: a database of before.
 */
const pocas = 10
const parte = 0.25

/**
 * Looks for reservations that no order stands behind, as a crash between reserving and writing
 * leaves them, and discards them. Goes through the active ones in the order of their making and
 * remembers on disk how far it came, so that each is looked at once, save those of the last page.
 * Too many at once are left alone, and it goes no further, until somebody says so; that it asks is on disk
 * as well, as any process may be the one that is looked at.
 *
 * It looks no further than this database is known to have lived: at reservations that were made before
 * its last change of an order. A copy of the file knows nothing of what was sold since it was made,
 * and has nothing later by which it could prove that an order is missing. What a crash left in a shop
 * where nothing has happened since waits for the next order, or runs out by itself.
 */
export class Barrido implements Task {
  readonly tipo = 'barrido'
  readonly peer = 'inventario'
  readonly everyMs = 60_000
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  async turn(parar: () => boolean): Promise<void> {
    while (await this.#pagina()) if (parar()) return
  }

  /** Looks at one page; answers whether there are more. Rejects as inventario or the store do. */
  async #pagina(): Promise<boolean> {
    const { store, reservas, clock } = this.#deps
    const ahora = clock.epochMs()
    const cursor = await store.marca(marca)
    const permitidoHasta = Number((await store.marca(permiso)) ?? 0)
    // Until when orders that were made must be here.
    const vivida = Math.max((await store.ultimoCambio()) ?? 0, permitidoHasta)
    const rango = { cursor, antesDe: Math.min(ahora - recientesMs, vivida + 1) }
    const { reservas: activas, siguiente } = await reservas.activas(rango, backgroundCall())
    const pregunta = await this.#revisar(activas, ahora, permitidoHasta)
    // Where the last page ended is not told; it is looked at again, with what has come since.
    if (siguiente === undefined || pregunta) return false
    await store.ponerMarca(marca, siguiente)
    return true
  }

  /** Answers whether there are too many that no order stands behind. */
  async #revisar(
    activas: readonly Activa[],
    ahora: number,
    permitidoHasta: number,
  ): Promise<boolean> {
    const { store } = this.#deps
    const destinos = await store.destinos([
      ...new Set(activas.flatMap(({ id, pedidoId }) => [id, pedidoId])),
    ])
    const sinPedido = ({ id, pedidoId }: Activa) => !destinos.has(pedidoId) && !destinos.has(id)
    const huerfanas = activas.filter(sinPedido)
    const dudosas = huerfanas.filter(({ creadaEn }) => creadaEn > permitidoHasta)
    const pregunta = dudosas.length > pocas && dudosas.length > activas.length * parte
    await this.#preguntar(pregunta ? dudosas.length : 0, activas.length)
    if (!pregunta && huerfanas.length > 0) {
      const ids = huerfanas.map(({ id }) => id)
      const { traceId: traza } = backgroundCall()
      const descarte = { ids, motivo: 'reserva sin pedido', ahora, proximaEn: ahora, traza }
      await store.descartar(descarte)
    }
    // Those that came to their stock once more have sold it by the reservation that they got then.
    const otras = activas.filter(({ id, pedidoId }) => id !== pedidoId)
    const reservas =
      otras.length === 0
        ? new Map<string, string>()
        : await store.reservasDe([...new Set(activas.map(({ pedidoId }) => pedidoId))])
    for (const { id, pedidoId } of activas) {
      const destino = destinos.get(pedidoId) ?? destinos.get(id)
      // What an order has sold it sold by its own reservation: by another one it would be sold twice.
      const suya = id === (reservas.get(pedidoId) ?? pedidoId)
      if (destino === 'Completado' && suya) await this.#cerrar('confirmar', id, destino)
      else if (destino && destino !== 'Pendiente') await this.#cerrar('liberar', id, destino)
    }
    return pregunta
  }

  async #preguntar(cuantas: number, de: number): Promise<void> {
    const { store, logger } = this.#deps
    const antes = Number((await store.marca(marcaSinPedido)) ?? 0)
    if (cuantas === antes) return
    if (cuantas === 0) return await store.quitarMarca(marcaSinPedido)
    await store.ponerMarca(marcaSinPedido, String(cuantas))
    if (antes > 0) return
    logger.error(
      `many reservations have no order here, and are kept: if this is the right database and they may go, run: ${commandLine('installation release')}`,
      { cuantas, de },
    )
  }

  /**
   * An order that has ended, or will never be, with a reservation that is still active: one that
   * has just ended, or databases restored from different moments. Inventario is told again.
   */
  async #cerrar(como: 'confirmar' | 'liberar', id: string, destino: Destino): Promise<void> {
    const { reservas, logger } = this.#deps
    const fin = await reservas[como](id, backgroundCall())
    logger.info('an ended order had an active reservation', { id, destino, fin })
  }
}
