import { type TSchema, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { TiendaDicha } from '../cara/dicha.ts'

const oNada = <T extends TSchema>(esquema: T) => Type.Union([esquema, Type.Null()])
const Dicho = oNada(Type.String())
/** It goes into a style sheet, which must hold nothing else. */
const Color = oNada(Type.String({ pattern: '^#[0-9a-f]{6}$' }))
const Lado = Type.Optional(oNada(Type.Number()))
const Imagen = oNada(
  Type.Object({
    url: Type.String({ pattern: '^/tienda/imagenes/[a-z0-9/]+$' }),
    ancho: Lado,
    alto: Lado,
  }),
)

/** As much of auth's answer as pages show; what it says besides is no concern of theirs. */
const Tienda = Type.Object({
  nombre: Type.String(),
  lema: Dicho,
  idioma: Type.Union([Type.Literal('es'), Type.Literal('en')]),
  zonaHoraria: Type.String(),
  colores: Type.Object({ principal: Color, fondo: Color }),
  logo: Imagen,
  icono: Imagen,
  contacto: Type.Object({ email: Dicho, telefono: Dicho, direccion: Dicho, horario: Dicho }),
  terminos: Dicho,
  privacidad: Dicho,
  portada: Type.Object({
    titulo: Dicho,
    texto: Dicho,
    imagen: Imagen,
    enlace: oNada(
      Type.Object({
        texto: Type.String(),
        destino: Type.String({ pattern: '^(?:/(?![/\\\\])|https://)' }),
      }),
    ),
  }),
  categoriasDestacadas: Type.Array(Type.String()),
})

/**
 * What an answer of auth's says.
 * @throws for one that says something else
 */
export const leerTienda = (texto: string): TiendaDicha => Value.Parse(Tienda, JSON.parse(texto))
