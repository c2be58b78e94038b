import type { Idioma } from '../textos/tipo.ts'
import type { Colores } from './paleta.ts'

/** A picture of the shop's own, where the page finds it; its size in pixels, where that is known. */
export interface ImagenCara {
  readonly url: string
  readonly ancho: number | null
  readonly alto: number | null
}

/** What keeps a place for it until it is there. */
export const medidasDe = ({ ancho, alto }: ImagenCara) =>
  ancho === null || alto === null ? {} : { width: ancho, height: alto }

/** The shop's own face, as far as every page shows it; null for what nobody chose. */
export interface Cara {
  readonly nombre: string | null
  readonly lema: string | null
  /** In which the shop's own words are. */
  readonly idioma: Idioma
  /** An IANA zone: where the shop's days begin. Null: those of whoever looks on. */
  readonly zonaHoraria: string | null
  readonly colores: Colores
  readonly logo: ImagenCara | null
  readonly icono: ImagenCara | null
  readonly contacto: {
    readonly email: string | null
    readonly telefono: string | null
    readonly direccion: string | null
    readonly horario: string | null
  }
  /** Whether there is such a page; what it says is only asked for there. */
  readonly terminos: boolean
  readonly privacidad: boolean
  readonly portada: {
    readonly titulo: string | null
    readonly texto: string | null
    readonly imagen: ImagenCara | null
    /** `destino`: a path of the shop's own, or `https:`. */
    readonly enlace: { readonly texto: string; readonly destino: string } | null
  }
  readonly categoriasDestacadas: readonly string[]
}

/** Of a shop that says nothing of itself, or whose auth has not been heard yet. */
export const sinCara: Cara = {
  nombre: null,
  lema: null,
  idioma: 'es',
  zonaHoraria: null,
  colores: { principal: null, fondo: null },
  logo: null,
  icono: null,
  contacto: { email: null, telefono: null, direccion: null, horario: null },
  terminos: false,
  privacidad: false,
  portada: { titulo: null, texto: null, imagen: null, enlace: null },
  categoriasDestacadas: [],
}
