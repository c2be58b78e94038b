import type { Clock } from '@encargo/service-kit/async/clock'
import { type Engine, type Script, statement } from '@encargo/storage'
import type { Trecho } from '../domain/evento.ts'
import type { Ritmo } from '../ports/store.ts'
import type { Luego } from './en-orden.ts'
import { ponerMarca } from './marcas.ts'

/** The history and its orders. */
export const eventos = (luego: Luego) =>
  `pedido_eventos e ${luego('pedidos', 'p', 'p.numero = e.numero')}`
/** Of a stretch of the history, `?1` and `?2`. */
export const enTrecho = 'e.secuencia > ?1 AND e.secuencia <= ?2'
/** The event that tells of a new order: others of a Pendiente order say what they are in `tipo`. */
export const esAlta = `e.estado = 'Pendiente' AND e.tipo IS NULL`
/** The orders that were made in a stretch: each has one first event, to Pendiente. */
export const altas = (luego: Luego) => `${eventos(luego)} WHERE ${enTrecho} AND ${esAlta}`

/** Tables that say nothing but what follows from the history of orders. */
export interface Derivado {
  /** What its place in the history is kept as in `marcas`. */
  readonly nombre: string
  /**
   * Empties them. Called when there is no place, right before the history is taken in from its
   * beginning: so deleting the row in `marcas` is all that it takes to have them made anew.
   */
  vaciar(): Script<void>
  /**
   * Takes in one stretch. Each event comes exactly once, in order. In few statements, however long the
   * stretch: all other writes wait meanwhile.
   */
  aplicar(trecho: Trecho): Script<void>
}

/**
 * How long one write is meant to hold the event loop, in milliseconds; or, where a database is asked over a
 * network, the turn of all who write, which has to be worth some ways there and back.
 */
const metaMs = { local: 4, remota: 16 }
/** How many events one write takes in, from the least to the most; it finds its own measure. */
const menos = 16
const mas = 2_000

const marcada = '(SELECT CAST(valor AS BIGINT) FROM marcas WHERE nombre = ?1)'
const lugarDe = `coalesce(${marcada}, 0)`

export const consultas = {
  ultima: statement<{ readonly ultima: number }, []>(
    'SELECT coalesce(max(secuencia), 0) AS ultima FROM pedido_eventos',
  ),
  /** Where the follower that is called so has come to, and how far the history goes. */
  lugar: statement<{ readonly lugar: number; readonly ultima: number }, [nombre: string]>(
    `SELECT ${lugarDe} AS lugar, (SELECT coalesce(max(secuencia), 0) FROM pedido_eventos) AS ultima`,
  ),
  /** Its next stretch. */
  trecho: statement<
    { readonly lugar: number | null; readonly hasta: number | null },
    [nombre: string, limite: number]
  >(
    `SELECT ${marcada} AS lugar, max(secuencia) AS hasta FROM
       (SELECT secuencia FROM pedido_eventos WHERE secuencia > ${lugarDe}
        ORDER BY secuencia LIMIT ?2) t`,
  ),
} as const

/**
 * Keeps derived tables up to the history of orders, in small pieces and behind what is written:
 * a purchase pays nothing for them, and who reads them asks for `alDia` first. A piece and the place
 * after it are one write, and the place is read in that very write: whatever dies, and however many
 * instances follow, each event is taken in once.
 */
export class Seguidor {
  readonly #engine: Engine
  readonly #derivado: Derivado
  readonly #clock: Pick<Clock, 'monoMs'>
  readonly #metaMs: number
  #limite = 128
  #escribiendo: Promise<void> | undefined

  constructor(engine: Engine, derivado: Derivado, clock: Pick<Clock, 'monoMs'>) {
    this.#engine = engine
    this.#derivado = derivado
    this.#clock = clock
    this.#metaMs = engine.shared ? metaMs.remota : metaMs.local
  }

  /**
   * Takes in what had been written when it was called; false when that could not be done in time.
   * Writes nothing when there is nothing to take in. Others get their turn after every piece.
   * Rejects with StorageUnavailableError, and with what `aplicar` throws.
   */
  async alDia({ maxMs, parar = () => false }: Ritmo): Promise<boolean> {
    let { lugar, ultima } = await this.#mirar()
    const fin = this.#clock.monoMs() + maxMs
    while (lugar < ultima) {
      if (parar() || this.#clock.monoMs() >= fin) return false
      await this.#avanzar()
      lugar = (await this.#mirar()).lugar
    }
    return true
  }

  async #mirar() {
    const { nombre } = this.#derivado
    return (await this.#engine.ask(consultas.lugar.get(nombre))) ?? { lugar: 0, ultima: 0 }
  }

  /** One write at a time, whoever asks: two would only queue up in one turn of the event loop. */
  #avanzar(): Promise<void> {
    this.#escribiendo ??= this.#engine
      .write(() => this.#tomar())
      .finally(() => {
        this.#escribiendo = undefined
      })
    return this.#escribiendo
  }

  *#tomar(): Script<void> {
    const { nombre } = this.#derivado
    const empezado = this.#clock.monoMs()
    const { lugar = null, hasta = null } = (yield* consultas.trecho.get(nombre, this.#limite)) ?? {}
    if (lugar === null) yield* this.#derivado.vaciar()
    // Another instance was quicker.
    if (hasta === null) return
    yield* this.#derivado.aplicar({ desde: lugar ?? 0, hasta })
    yield* ponerMarca.run(nombre, String(hasta))
    this.#medir(this.#clock.monoMs() - empezado)
  }

  #medir(ms: number): void {
    if (ms > this.#metaMs) this.#limite = Math.max(menos, this.#limite >> 1)
    else if (ms < this.#metaMs / 2) this.#limite = Math.min(mas, this.#limite << 1)
  }
}
