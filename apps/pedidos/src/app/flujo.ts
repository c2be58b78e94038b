import type { Historial, Novedad } from '../domain/novedad.ts'
import { comoEvento, comoLatido, comoSaludo } from '../http/sse.ts'

export interface FlujoOptions {
  readonly historial: Historial
  /** Whose orders, or null for everybody's. */
  readonly clienteId: string | null
  /** The place that its reader has come to. */
  readonly desde: number
  /** The place up to which the live changes were handed out. */
  readonly ultima: () => number
  /** How many live changes may wait for a reader before it is cut off. */
  readonly maxEnCola: number
  readonly alCerrar: () => void
}

/** How many changes one reading of the history gives. */
const lote = 200
/** How soon a reader shall come back after a break, in milliseconds. */
const volverMs = 1_000

/** The past is read as fast as the reader takes it; the live changes are then handed in. */
type Fase =
  | { readonly tipo: 'saludo' }
  | { readonly tipo: 'pasado'; readonly desde: number }
  | { readonly tipo: 'vivo' }
  | { readonly tipo: 'fin' }

/**
 * One reader's stream. It holds no more than one page of the past and `maxEnCola` live changes:
 * who reads too slowly is cut off, and resumes with the id of the last block it got.
 */
export class Flujo {
  readonly #options: FlujoOptions
  #fase: Fase = { tipo: 'saludo' }
  #cola: Novedad[] = []
  /** Live and idle: what `siguiente` waits for. */
  #espera: PromiseWithResolvers<void> | undefined
  #latir = false
  #pidiendo = false
  #tomados = 0
  #tomadosAlLatir = -1

  constructor(options: FlujoOptions) {
    this.#options = options
  }

  get clienteId(): string | null {
    return this.#options.clienteId
  }

  /** A live change. While the past is still being told it is left to the past. */
  entregar(novedad: Novedad): void {
    if (this.#fase.tipo !== 'vivo') return
    if (this.#cola.length >= this.#options.maxEnCola) return this.cerrar()
    this.#cola.push(novedad)
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

  /** The next text, once there is one, or null at the end. */
  async siguiente(): Promise<string | null> {
    this.#pidiendo = true
    try {
      for (;;) {
        const texto = this.#fase.tipo === 'pasado' ? await this.#delPasado() : this.#deAhora()
        if (texto !== '') return texto
        if (this.#fase.tipo === 'vivo') await this.#algo()
      }
    } finally {
      this.#pidiendo = false
      this.#tomados++
    }
  }

  #deAhora(): string | null {
    const { desde, ultima } = this.#options
    switch (this.#fase.tipo) {
      case 'fin':
        return null
      case 'saludo':
        this.#fase = { tipo: 'pasado', desde }
        return comoSaludo(desde, volverMs)
      default: {
        const texto = this.#cola.map(comoEvento).join('')
        this.#cola = []
        const latido = this.#latir ? comoLatido(ultima()) : ''
        this.#latir = false
        return texto + latido
      }
    }
  }

  async #delPasado(): Promise<string | null> {
    const { historial, clienteId, ultima } = this.#options
    if (this.#fase.tipo !== 'pasado') return ''
    const { desde } = this.#fase
    const hasta = ultima()
    const novedades = await historial.leer({ clienteId, desde, hasta, limite: lote })
    // It may have been closed meanwhile.
    if (this.#fase.tipo !== 'pasado') return ''
    const leido = novedades.length < lote ? hasta : (novedades.at(-1)?.secuencia ?? hasta)
    // What was handed out during the reading is not in it; then there is a little more of the past.
    this.#fase = leido === ultima() ? { tipo: 'vivo' } : { tipo: 'pasado', desde: leido }
    return novedades.map(comoEvento).join('')
  }

  #despertar(): void {
    this.#espera?.resolve()
  }

  async #algo(): Promise<void> {
    if (this.#cola.length > 0 || this.#latir) return
    this.#espera = Promise.withResolvers()
    await this.#espera.promise
    this.#espera = undefined
  }
}
