import type { Deuda } from '@encargo/service-kit/obligations/port'
import type { AjustesAvisos } from '../domain/ajustes.ts'
import type { Autor } from '../domain/auditoria.ts'
import type { Aviso, EstadoAviso } from '../domain/aviso.ts'
import type { Escaso } from '../domain/redactar-aviso.ts'
import type { Pedido } from '../domain/pedido.ts'
import type { Lugar } from './store.ts'

// Moments are milliseconds since the epoch.

/** What came of an attempt to send one, or of looking at whether it is to be sent. */
export interface ResultadoAviso {
  readonly id: number
  readonly estado: EstadoAviso
  /** In a word, where it was not sent. */
  readonly fallo: string | null
  readonly ahora: number
}

/** A mail with what it is about, all of one moment. */
export interface MateriaGuardada {
  readonly aviso: Aviso
  readonly pedido: Pedido | undefined
  readonly ajustes: AjustesAvisos
  /** What the shop says now of the method that its order has. */
  readonly instrucciones: string | null
}

export interface FiltroAvisos {
  readonly estado: 'fallido' | 'por-enviar'
  /** Only those before this id: the newest come first. */
  readonly antesDe?: number | undefined
  readonly limite: number
}

export interface BajasHalladas {
  readonly escasas: readonly (Escaso & { readonly productoId: string })[]
  readonly repuestas: readonly string[]
  readonly ahora: number
}

export interface Ajustados {
  readonly ajustes: AjustesAvisos
  /** Grows with every change; 0 before the first. */
  readonly version: number
}

export interface CambioAjustes {
  readonly ajustes: AjustesAvisos
  /** Whether whoever changes them has seen this version. */
  readonly admite: (version: number) => boolean
  readonly por: Autor
  readonly ahora: number
}

export interface AvisoStore {
  materiaDeAviso(id: number): Promise<MateriaGuardada | undefined>
  /** All of an order, the oldest first. */
  avisosDe(numero: number): Promise<readonly Aviso[]>
  /** Up to `limite + 1`, the newest first. */
  listarAvisos(filtro: FiltroAvisos): Promise<readonly Aviso[]>
  /** Writes it down once, and closes what was owed unless it is still to be sent. */
  anotarAviso(resultado: ResultadoAviso, deuda: Deuda): Promise<void>
  /** The same once more, as a mail of its own; the one that waits already, if one does. */
  repetirAviso(id: number, ahora: number): Promise<Aviso | undefined>
  /**
   * Owes a mail to the customers of orders that are about to run out and were not told of it, of up to
   * `limite` orders from a place on; answers where to go on, undefined at the end.
   */
  avisarPorVencer(lote: {
    readonly desde: Lugar
    readonly ahora: number
    readonly limite: number
  }): Promise<Lugar | undefined>
  /** The products whose low stock the staff was told of and that have not recovered since. */
  existenciasAvisadas(): Promise<readonly string[]>
  /** Owes the staff one mail of those that were not told of before; `repuestas` may be told of anew. */
  avisarBajas(bajas: BajasHalladas): Promise<void>
  ajustes(): Promise<Ajustados>
  /** Undefined when somebody else was quicker. */
  ponerAjustes(cambio: CambioAjustes): Promise<Ajustados | undefined>
}
