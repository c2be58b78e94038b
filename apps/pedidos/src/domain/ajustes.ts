import type { TipoAviso } from './aviso.ts'
import type { Idioma } from './condiciones.ts'

/** How a shop wants its mails. */
export interface AjustesAvisos {
  /** Who of the staff is written to. */
  readonly personal: readonly string[]
  /** Kinds that are not sent are false. */
  readonly tipos: Readonly<Partial<Record<TipoAviso, boolean>>>
  /** How an order is paid, in the shop's own words. */
  readonly instruccionesPago: Readonly<Partial<Record<Idioma, string>>>
  /** Of orders that say none; null for the shop's. */
  readonly idioma: Idioma | null
}

/** Of a shop that never set anything. */
export const sinAjustes: AjustesAvisos = {
  personal: [],
  tipos: {},
  instruccionesPago: {},
  idioma: null,
}
