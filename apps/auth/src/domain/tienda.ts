/** The languages that the shop's own words and mails can be in. */
export type Idioma = 'es' | 'en'

/** The places that a picture of the shop's own has. */
export const usosImagen = ['logo', 'icono', 'portada'] as const
export type UsoImagen = (typeof usosImagen)[number]

type Dicho = string | null

/** What a shop says of itself; null for what it leaves unsaid. */
export interface Cara {
  readonly nombre: Dicho
  readonly lema: Dicho
  readonly idioma: Idioma
  /** An IANA zone: where the shop's days begin. */
  readonly zonaHoraria: string
  /** As `#rrggbb`, in small letters. */
  readonly colores: { readonly principal: Dicho; readonly fondo: Dicho }
  readonly contacto: {
    readonly email: Dicho
    readonly telefono: Dicho
    readonly direccion: Dicho
    readonly horario: Dicho
  }
  /** Paragraphs, with an empty line between them. */
  readonly terminos: Dicho
  readonly privacidad: Dicho
  readonly portada: {
    readonly titulo: Dicho
    readonly texto: Dicho
    readonly enlace: { readonly texto: string; readonly destino: string } | null
  }
  readonly categoriasDestacadas: readonly string[]
}

/** Some of it; of what has parts, some of those. */
export type CambiosCara = {
  readonly [Campo in keyof Cara]?: Campo extends 'colores' | 'contacto' | 'portada'
    ? Partial<Cara[Campo]>
    : Cara[Campo]
}

/** A shop that never said anything of itself: nobody in particular, nowhere in particular. */
export const sinCara: Cara = {
  nombre: null,
  lema: null,
  idioma: 'es',
  zonaHoraria: 'UTC',
  colores: { principal: null, fondo: null },
  contacto: { email: null, telefono: null, direccion: null, horario: null },
  terminos: null,
  privacidad: null,
  portada: { titulo: null, texto: null, enlace: null },
  categoriasDestacadas: [],
}

export const conCambios = (cara: Cara, cambios: CambiosCara): Cara => ({
  ...cara,
  ...cambios,
  colores: { ...cara.colores, ...cambios.colores },
  contacto: { ...cara.contacto, ...cambios.contacto },
  portada: { ...cara.portada, ...cambios.portada },
})

/** The names of what is not as it was. */
export const cambiados = (antes: Cara, despues: Cara): string[] =>
  (Object.keys(sinCara) as (keyof Cara)[]).filter(
    (campo) => !Bun.deepEquals(antes[campo], despues[campo]),
  )

/** The zone under the name that everybody knows it by; undefined for what is none. */
export function zonaConocida(zona: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zona }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}
