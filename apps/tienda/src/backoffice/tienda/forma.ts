import type { Idioma } from '../../textos/tipo.ts'
import { leerColor } from '../../cara/colores.ts'
import { nombreDicho, type TiendaDicha, zonaDicha } from '../../cara/dicha.ts'
import { distintos } from '../datos/cambios.ts'

/** What the form of the shop says; its pictures are put apart. Null for what is left empty. */
export interface Forma extends Pick<
  TiendaDicha,
  'lema' | 'contacto' | 'colores' | 'terminos' | 'privacidad' | 'categoriasDestacadas'
> {
  readonly nombre: string
  readonly idioma: Idioma
  readonly zonaHoraria: string
  readonly portada: Omit<TiendaDicha['portada'], 'imagen'>
}

type ConPartes = 'colores' | 'contacto' | 'portada'

/** Some of it; of what has parts, some of those. */
export type Cambios = {
  -readonly [Campo in keyof Forma]?: Campo extends ConPartes
    ? Partial<Forma[Campo]>
    : Campo extends 'categoriasDestacadas'
      ? string[]
      : Forma[Campo]
}

/**
 * The form of a shop as it is. To one that never said where it is, it proposes what this browser knows.
 *
 * @param zona where whoever fills it in is
 */
export function formaDe(tienda: TiendaDicha, zona: string): Forma {
  const { lema, idioma, contacto, colores, terminos, privacidad, categoriasDestacadas } = tienda
  const { titulo, texto, enlace } = tienda.portada
  return {
    nombre: nombreDicho(tienda) ?? '',
    lema,
    idioma,
    zonaHoraria: zonaDicha(tienda) ?? zona,
    colores,
    contacto,
    portada: { titulo, texto, enlace },
    categoriasDestacadas,
    terminos,
    privacidad,
  }
}

/** All that has to be sent, so that nobody undoes what somebody else did. */
export function cambiosEntre(antes: Forma, despues: Forma): Cambios {
  const { colores, contacto, portada, categoriasDestacadas, ...resto } = distintos(antes, despues)
  return {
    ...resto,
    ...(colores && { colores: distintos(antes.colores, colores) }),
    ...(contacto && { contacto: distintos(antes.contacto, contacto) }),
    ...(portada && { portada: distintos(antes.portada, portada) }),
    ...(categoriasDestacadas && { categoriasDestacadas: [...categoriasDestacadas] }),
  }
}

/** What was changed here, on what somebody else wrote meanwhile. */
export const conCambios = (forma: Forma, cambios: Cambios): Forma => ({
  ...forma,
  ...cambios,
  colores: { ...forma.colores, ...cambios.colores },
  contacto: { ...forma.contacto, ...cambios.contacto },
  portada: { ...forma.portada, ...cambios.portada },
})

/** What stands in the fields. The featured categories are kept beside them, in their order. */
export function leerForma(datos: FormData, categoriasDestacadas: readonly string[]): Forma {
  const texto = (campo: string) =>
    String(datos.get(campo) ?? '')
      .replaceAll('\r\n', '\n')
      .trim()
  const oNada = (campo: string) => texto(campo) || null
  const color = (campo: string) => (texto(campo) === '' ? null : (leerColor(texto(campo)) ?? null))
  const enlace = { texto: texto('enlaceTexto'), destino: texto('destino') }
  return {
    nombre: texto('nombre'),
    lema: oNada('lema'),
    idioma: texto('idioma') === 'en' ? 'en' : 'es',
    zonaHoraria: texto('zonaHoraria'),
    colores: { principal: color('principal'), fondo: color('fondo') },
    contacto: {
      email: oNada('email'),
      telefono: oNada('telefono'),
      direccion: oNada('direccion'),
      horario: oNada('horario'),
    },
    portada: {
      titulo: oNada('titulo'),
      texto: oNada('texto'),
      enlace: enlace.texto === '' && enlace.destino === '' ? null : enlace,
    },
    categoriasDestacadas,
    terminos: oNada('terminos'),
    privacidad: oNada('privacidad'),
  }
}
