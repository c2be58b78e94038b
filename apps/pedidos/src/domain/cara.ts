import type { Idioma } from './condiciones.ts'

type Dicho = string | null

/** How the shop presents itself, as far as its mails show it. */
export interface Cara {
  readonly nombre: Dicho
  readonly idioma: Idioma
  /** An IANA zone. */
  readonly zonaHoraria: string
  /** As `#rrggbb`. */
  readonly color: Dicho
  readonly email: Dicho
  readonly telefono: Dicho
  readonly direccion: Dicho
  readonly horario: Dicho
}

/** Of a shop that nothing is known of yet. */
export const sinCara: Cara = {
  nombre: null,
  idioma: 'es',
  zonaHoraria: 'UTC',
  color: null,
  email: null,
  telefono: null,
  direccion: null,
  horario: null,
}
