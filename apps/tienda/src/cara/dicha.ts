import type { Cara, ImagenCara } from './cara.ts'

interface ImagenDicha {
  readonly url: string
  readonly ancho?: number | null
  readonly alto?: number | null
}

/** What auth says of the shop (`GET /tienda`). */
export interface TiendaDicha extends Omit<
  Cara,
  'nombre' | 'logo' | 'icono' | 'portada' | 'terminos' | 'privacidad' | 'zonaHoraria'
> {
  readonly nombre: string
  readonly zonaHoraria: string
  readonly logo: ImagenDicha | null
  readonly icono: ImagenDicha | null
  readonly portada: Omit<Cara['portada'], 'imagen'> & { readonly imagen: ImagenDicha | null }
  readonly terminos: string | null
  readonly privacidad: string | null
}

/** What auth calls a shop that never said its name, and where it says that such a one is. */
const sinDecir = { nombre: 'Tienda', zonaHoraria: 'UTC' } as const

/** The name that a shop gave itself; null for one whose pages call it so in each language. */
export const nombreDicho = ({ nombre }: Pick<TiendaDicha, 'nombre'>): string | null =>
  nombre === sinDecir.nombre || nombre === '' ? null : nombre

/** The zone that a shop chose; null for one that has not even chosen a name. */
export const zonaDicha = (dicha: Pick<TiendaDicha, 'nombre' | 'zonaHoraria'>): string | null =>
  nombreDicho(dicha) === null && dicha.zonaHoraria === sinDecir.zonaHoraria
    ? null
    : dicha.zonaHoraria

/** auth knows its own paths only; pages reach them through tienda. */
const imagenDe = (dicha: ImagenDicha | null): ImagenCara | null =>
  dicha && { url: `/api/auth${dicha.url}`, ancho: dicha.ancho ?? null, alto: dicha.alto ?? null }

/** What of it the pages are told. */
export function caraDe(dicha: TiendaDicha): Cara {
  const { lema, idioma, colores, contacto, categoriasDestacadas, portada } = dicha
  return {
    nombre: nombreDicho(dicha),
    lema,
    idioma,
    colores,
    contacto,
    categoriasDestacadas,
    zonaHoraria: zonaDicha(dicha),
    logo: imagenDe(dicha.logo),
    icono: imagenDe(dicha.icono),
    portada: { ...portada, imagen: imagenDe(portada.imagen) },
    terminos: dicha.terminos !== null,
    privacidad: dicha.privacidad !== null,
  }
}
