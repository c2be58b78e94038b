import type { EventoSeguido } from '../domain/evento.ts'
import type { Historial } from '../ports/store.ts'

export interface FlujoOptions {
  readonly historial: Historial
  /** Whose orders, or undefined for everybody's. */
  readonly clienteId: string | undefined
  /** The place that its reader has come to. */
  readonly desde: number
  /** The place up to which the live events were handed out. */
  readonly ultima: () => number
  /** How many live events may wait for a reader before it is cut off. */
  readonly maxEnCola: number
  readonly alCerrar: () => void
}

/** How many events one reading of the history gives. */
const lote = 200
/** How soon a reader shall come back after a break, in milliseconds. */
const volverMs = 1_000

/** A piece of a stream. The `id` that its reader may resume from is the place that it tells. */
export type Bloque =
  /** The first: from which place it goes on, and how soon to come back after a break. */
  | { readonly tipo: 'saludo'; readonly desde: number; readonly volverMs: number }
  | { readonly tipo: 'evento'; readonly evento: EventoSeguido }
  /**
   * A sign of life, and the place up to which all was told: so a reader that heard nothing for an hour
   * resumes from here, not from an hour ago.
   */
  | { readonly tipo: 'latido'; readonly hasta: number }

const comoBloque = (evento: EventoSeguido): Bloque => ({ tipo: 'evento', evento })

/** The past is read as fast as the reader takes it; the live events are then handed in. */
type Fase =
  | { readonly tipo: 'saludo' }
  | { readonly tipo: 'pasado'; readonly desde: number }
  | { readonly tipo: 'vivo' }
  | { readonly tipo: 'fin' }

/**
 * One reader's stream. It holds no more than one page of the past and `maxEnCola` live events:
 * who reads too slowly is cut off, and resumes with the id of the last block it got.
 */
export class Flujo {
  readonly #options: FlujoOptions
  #fase: Fase = { tipo: 'saludo' }
  #cola: EventoSeguido[] = []
  /** Live and idle: what `siguiente` waits for. */
  #aviso: PromiseWithResolvers<void> | undefined
  #latir = false
  #pidiendo = false
  #tomados = 0
  #tomadosAlLatir = -1

  constructor(options: FlujoOptions) {
    this.#options = options
  }

  get clienteId(): string | undefined {
    return this.#options.clienteId
  }

  /** A live event. While the past is still being told it is left to the past. */
  entregar(evento: EventoSeguido): void {
    if (this.#fase.tipo !== 'vivo') return
    if (this.#cola.length >= this.#options.maxEnCola) return this.cerrar()
    this.#cola.push(evento)
    this.#despertar()
  }

  /** A sign of life; a reader that took nothing since the last one, and did not wait, is cut off. */
  latido(): void {
    if (!this.#pidiendo && this.#tomados === this.#tomadosAlLatir) return this.cerrar()
    this.#tomadosAlLatir = this.#tomados
    this.#latir = true
    this.#despertar()
  }

  /** Nothing more comes; what waits is dropped, as the reader resumes from what it got. */
  cerrar(): void {
    if (this.#fase.tipo === 'fin') return
    this.#fase = { tipo: 'fin' }
    this.#cola = []
    this.#despertar()
    this.#options.alCerrar()
  }

  /** What comes next, once there is something, or undefined at the end. */
  async siguiente(): Promise<readonly Bloque[] | undefined> {
    this.#pidiendo = true
    try {
      for (;;) {
        const bloques = this.#fase.tipo === 'pasado' ? await this.#delPasado() : this.#deAhora()
        if (bloques?.length !== 0) return bloques
        if (this.#fase.tipo === 'vivo') await this.#algo()
      }
    } finally {
      this.#pidiendo = false
      this.#tomados++
    }
  }

  #deAhora(): Bloque[] | undefined {
    const { desde, ultima } = this.#options
    switch (this.#fase.tipo) {
      case 'fin':
        return undefined
      case 'saludo':
        this.#fase = { tipo: 'pasado', desde }
        return [{ tipo: 'saludo', desde, volverMs }]
      default: {
        const bloques = this.#cola.map(comoBloque)
        this.#cola = []
        if (this.#latir) bloques.push({ tipo: 'latido', hasta: ultima() })
        this.#latir = false
        return bloques
      }
    }
  }

  async #delPasado(): Promise<Bloque[]> {
    const { historial, clienteId, ultima } = this.#options
    if (this.#fase.tipo !== 'pasado') return []
    const { desde } = this.#fase
    const hasta = ultima()
    const eventos = await historial.leer({ clienteId, desde, hasta, limite: lote })
    // It may have been closed meanwhile.
    if (this.#fase.tipo !== 'pasado') return []
    const leido = eventos.length < lote ? hasta : (eventos.at(-1)?.secuencia ?? hasta)
    // What was handed out during the reading is not in it; then there is a little more of the past.
    this.#fase = leido === ultima() ? { tipo: 'vivo' } : { tipo: 'pasado', desde: leido }
    return eventos.map(comoBloque)
  }

  #despertar(): void {
    this.#aviso?.resolve()
  }

  async #algo(): Promise<void> {
    if (this.#cola.length > 0 || this.#latir) return
    this.#aviso = Promise.withResolvers()
    await this.#aviso.promise
    this.#aviso = undefined
  }
}
