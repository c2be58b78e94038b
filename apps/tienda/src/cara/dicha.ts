import type { Cara, ImagenCara } from './cara.ts'

interface ImagenDicha {
  readonly url: string
  readonly ancho?: number | null
  readonly alto?: number | null
}

/** What auth says of the shop (`GET /tienda`). */
export interface TiendaDicha extends Omit<
  Cara,
  'logo' | 'icono' | 'portada' | 'terminos' | 'privacidad' | 'zonaHoraria'
> {
  readonly zonaHoraria: string
  readonly logo: ImagenDicha | null
  readonly icono: ImagenDicha | null
  readonly portada: Omit<Cara['portada'], 'imagen'> & { readonly imagen: ImagenDicha | null }
  readonly terminos: string | null
  readonly privacidad: string | null
  /** 0 as long as nobody said anything. */
  readonly version: number
}

/** auth knows its own paths only; pages reach them through tienda. */
const imagenDe = (dicha: ImagenDicha | null): ImagenCara | null =>
  dicha && { url: `/api/auth${dicha.url}`, ancho: dicha.ancho ?? null, alto: dicha.alto ?? null }

/** What of it the pages are told. */
export function caraDe(dicha: TiendaDicha): Cara {
  const { lema, idioma, colores, contacto, categoriasDestacadas, portada } = dicha
  return {
    // What auth calls a shop without a name, each language of the pages calls by a word of its own.
    nombre: dicha.version === 0 ? null : dicha.nombre,
    lema,
    idioma,
    colores,
    contacto,
    categoriasDestacadas,
    zonaHoraria: dicha.version === 0 ? null : dicha.zonaHoraria,
    logo: imagenDe(dicha.logo),
    icono: imagenDe(dicha.icono),
    portada: { ...portada, imagen: imagenDe(portada.imagen) },
    terminos: dicha.terminos !== null,
    privacidad: dicha.privacidad !== null,
  }
}
