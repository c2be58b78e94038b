import { crashAround } from '@encargo/service-kit/run/crash-points'
import type { Storage } from '@encargo/storage'
import type { Ritmo } from '../ports/store.ts'
import type { PedidosSchema } from './sqlite/tables.ts'

type Client = Storage<PedidosSchema>['client']

/** A piece of the history of all orders: after `desde`, up to and with `hasta`. */
export interface Trecho {
  readonly desde: number
  readonly hasta: number
}

/** Changes and their orders; `CROSS JOIN` keeps SQLite from beginning with the orders. */
export const cambios = 'pedido_eventos e CROSS JOIN pedidos p ON p.numero = e.numero'
/** Those of a piece of the history, `?1` and `?2`. */
export const enTrecho = 'e.secuencia > ?1 AND e.secuencia <= ?2'
/** The orders that were made in a piece: each has one first change, to Pendiente. */
export const hechos = `${cambios} WHERE ${enTrecho} AND e.estado = 'Pendiente'`

/** Tables that say nothing but what follows from the history of orders. */
export interface Derivado {
  /** What its place in the history is kept as in `marcas`. */
  readonly nombre: string
  /**
   * Empties them. Called when there is no place, right before the history is taken in from its
   * beginning: so deleting the row in `marcas` is all that it takes to have them made anew.
   */
  vaciar(): void
  /** Takes in one piece. Each piece of the history comes exactly once, in order. */
  aplicar(trecho: Trecho): void
}

/** How long one write is meant to hold the event loop, in milliseconds. */
const metaMs = 4
/** How many changes one write takes in, from the least to the most; it finds its own measure. */
const menos = 16
const mas = 2_000

export const consultas = {
  ultima: 'SELECT coalesce(max(secuencia), 0) AS ultima FROM pedido_eventos',
  lugar: 'SELECT CAST(valor AS INTEGER) AS lugar FROM marcas WHERE nombre = ?',
  hasta: `SELECT max(secuencia) AS hasta FROM
    (SELECT secuencia FROM pedido_eventos WHERE secuencia > ? ORDER BY secuencia LIMIT ?)`,
} as const

function prepare(client: Client) {
  return {
    ultima: client.prepare<{ ultima: number }, []>(consultas.ultima),
    lugar: client.prepare<{ lugar: number }, [string]>(consultas.lugar),
    hasta: client.prepare<{ hasta: number | null }, [number, number]>(consultas.hasta),
    marcar: client.prepare('INSERT OR REPLACE INTO marcas (nombre, valor) VALUES (?, ?)'),
  }
}

/**
 * Keeps derived tables up to the history of orders, in small pieces and behind what is written:
 * a purchase pays nothing for them, and who reads them asks for `alDia` first. A piece and the place
 * after it are one write, and the place is read in that very write: whatever dies, and however many
 * instances follow, each change is taken in once.
 */
export class Seguidor {
  readonly #storage: Storage<PedidosSchema>
  readonly #derivado: Derivado
  readonly #reloj: () => number
  readonly #statements
  #limite = 128
  #escribiendo: Promise<void> | undefined

  /** `reloj` tells monotonic milliseconds. */
  constructor(storage: Storage<PedidosSchema>, derivado: Derivado, reloj: () => number) {
    this.#storage = storage
    this.#derivado = derivado
    this.#reloj = reloj
    this.#statements = prepare(storage.client)
  }

  /**
   * Takes in what had been written when it was called; false when that could not be done in time.
   * Writes nothing when there is nothing to take in. Others get their turn after every piece.
   * Rejects with StorageUnavailableError, and with what `aplicar` throws.
   */
  async alDia({ maxMs, parar = () => false }: Ritmo): Promise<boolean> {
    const { ultima = 0 } = this.#statements.ultima.get() ?? {}
    const fin = this.#reloj() + maxMs
    while ((this.#lugar() ?? 0) < ultima) {
      if (parar() || this.#reloj() >= fin) return false
      await this.#avanzar()
    }
    return true
  }

  #lugar(): number | undefined {
    return this.#statements.lugar.get(this.#derivado.nombre)?.lugar
  }

  /** One write at a time, whoever asks: two would only queue up in one turn of the event loop. */
  #avanzar(): Promise<void> {
    this.#escribiendo ??= crashAround('pedidos.seguir.escribir', () =>
      this.#storage.write(() => this.#tomar()),
    ).finally(() => {
      this.#escribiendo = undefined
    })
    return this.#escribiendo
  }

  #tomar(): void {
    const { nombre } = this.#derivado
    const empezado = this.#reloj()
    const lugar = this.#lugar()
    if (lugar === undefined) this.#derivado.vaciar()
    const desde = lugar ?? 0
    const hasta = this.#statements.hasta.get(desde, this.#limite)?.hasta ?? null
    // Another instance was quicker.
    if (hasta === null) return
    this.#derivado.aplicar({ desde, hasta })
    this.#statements.marcar.run(nombre, String(hasta))
    this.#medir(this.#reloj() - empezado)
  }

  #medir(ms: number): void {
    if (ms > metaMs) this.#limite = Math.max(menos, this.#limite >> 1)
    else if (ms < metaMs / 2) this.#limite = Math.min(mas, this.#limite << 1)
  }
}
