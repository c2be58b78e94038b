import { cerrado, edicion, Instante, texto } from '@encargo/service-kit/http/schemas'
import { invisibles, textoLimpio } from '@encargo/service-kit/values/identity-key'
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { type CambiosCara, usosImagen } from '../domain/tienda.ts'
import type { Tienda } from '../ports/tienda.ts'
import { Email } from './schemas.ts'

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const optional = <T extends TSchema>(schema: T) => Type.Optional(orNull(schema))

/** What stands in titles, subjects and buttons. */
const linea = (maxLength: number, ejemplo: string) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: `^(?=.*[^\\s${invisibles}])[^\\u0000-\\u001f\\u007f\\u2028\\u2029]*$`,
    error: `debe ser una línea de 1 a ${maxLength} caracteres, sin caracteres de control`,
    'x-regla': 'texto-limpio',
    examples: [ejemplo],
  })
const Color = Type.String({
  pattern: '^#[0-9a-fA-F]{6}$',
  error: 'debe ser un color como #1d4ed8',
  'x-regla': 'color',
  examples: ['#1d4ed8'],
})
const Destino = Type.String({
  maxLength: 500,
  pattern:
    '^(?:https://[^\\s\\u0000-\\u001f"<>\\\\/?#@]+(?:[/?#][^\\s\\u0000-\\u001f"<>\\\\]*)?|/(?!/)[^\\s\\u0000-\\u001f"<>\\\\]*)$',
  error: 'debe ser una ruta de la tienda que empiece por /, o una dirección https',
  'x-regla': 'direccion-web',
  examples: ['/?categoria=Caf%C3%A9'],
})
const Idioma = Type.Union([Type.Literal('es'), Type.Literal('en')])
const ZonaHoraria = Type.String({
  maxLength: 64,
  // As a summary of orders takes it: names, no offsets.
  pattern: '^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}$',
  error: 'debe ser una zona horaria IANA, como America/Guayaquil',
  'x-regla': 'zona-horaria',
  examples: ['America/Guayaquil'],
})
/** Which of the shop's pictures. */
export const Uso = Type.Union([
  Type.Literal('logo'),
  Type.Literal('icono'),
  Type.Literal('portada'),
])
const Documento = texto(20_000, 1, 'Los cambios se aceptan durante treinta días.')
const Enlace = cerrado({ texto: linea(40, 'Ver el café'), destino: Destino })
const categorias = Type.Array(linea(100, 'Café'), { maxItems: 12, uniqueItems: true })

export const EdicionTienda = edicion(
  {
    nombre: Type.Optional(linea(60, 'Bazar del Barranco')),
    lema: optional(linea(160, 'Cosas buenas de cerca')),
    idioma: Type.Optional(Idioma),
    zonaHoraria: Type.Optional(ZonaHoraria),
    colores: Type.Optional(edicion({ principal: optional(Color), fondo: optional(Color) })),
    contacto: Type.Optional(
      edicion({
        email: optional(Email),
        telefono: optional(linea(60, '+593 7 282 0101')),
        direccion: optional(texto(300, 1, 'Calle Larga 4-20, Cuenca')),
        horario: optional(texto(300, 1, 'De lunes a sábado, de 9 a 19 h')),
      }),
    ),
    terminos: optional(Documento),
    privacidad: optional(Documento),
    portada: Type.Optional(
      edicion({
        titulo: optional(linea(100, 'Café recién tostado')),
        texto: optional(texto(400, 1, 'De Loja, en grano o molido.')),
        enlace: optional(Enlace),
      }),
    ),
    categoriasDestacadas: Type.Optional(categorias),
  },
  'EdicionTienda',
)

const textoVisto = (ejemplo: string) => orNull(Type.String({ examples: [ejemplo] }))
const medida = (ejemplo: number) =>
  Type.Union([Type.Integer(), Type.Null()], {
    description: 'En píxeles; null en un SVG que no lo dice',
    examples: [ejemplo],
  })
const imagenVista = (uso: string) =>
  orNull(
    Type.Object({
      url: Type.String({
        description: 'Ruta de este servicio, que nunca cambia de contenido',
        examples: [`/tienda/imagenes/${uso}/${'ab'.repeat(32)}`],
      }),
      tipo: Type.String({ examples: ['image/png'] }),
      ancho: medida(320),
      alto: medida(80),
    }),
  )

export const TiendaVista = Type.Object(
  {
    nombre: Type.String({ examples: ['Bazar del Barranco'] }),
    lema: textoVisto('Cosas buenas de cerca'),
    idioma: Idioma,
    zonaHoraria: Type.String({ examples: ['America/Guayaquil'] }),
    colores: Type.Object({ principal: textoVisto('#1d4ed8'), fondo: textoVisto('#fffbeb') }),
    logo: imagenVista('logo'),
    icono: imagenVista('icono'),
    contacto: Type.Object({
      email: textoVisto('hola@bazar.example'),
      telefono: textoVisto('+593 7 282 0101'),
      direccion: textoVisto('Calle Larga 4-20, Cuenca'),
      horario: textoVisto('De lunes a sábado, de 9 a 19 h'),
    }),
    terminos: textoVisto('Los cambios se aceptan durante treinta días.'),
    privacidad: textoVisto('Solo guardamos lo que hace falta para enviarte tu pedido.'),
    portada: Type.Object({
      titulo: textoVisto('Café recién tostado'),
      texto: textoVisto('De Loja, en grano o molido.'),
      imagen: imagenVista('portada'),
      enlace: orNull(
        Type.Object({
          texto: Type.String({ examples: ['Ver el café'] }),
          destino: Type.String({ examples: ['/?categoria=Caf%C3%A9'] }),
        }),
      ),
    }),
    categoriasDestacadas: Type.Array(Type.String({ examples: ['Café'] })),
    version: Type.Integer({ minimum: 0, description: '0 mientras nadie ha puesto nada' }),
    actualizadoEn: orNull(Instante),
  },
  { title: 'Tienda' },
)

/** What a shop is called that never said its name. */
const sinNombre = 'Tienda'

export function verTienda({
  cara,
  imagenes,
  version,
  actualizadoEn,
}: Tienda): Static<typeof TiendaVista> {
  const [logo = null, icono = null, imagen = null] = usosImagen.map((uso) => {
    const una = imagenes.find((otra) => otra.uso === uso)
    if (!una) return null
    const { huella, tipo, ancho, alto } = una
    return { url: `/tienda/imagenes/${uso}/${huella}`, tipo, ancho, alto }
  })
  return {
    ...cara,
    nombre: cara.nombre ?? sinNombre,
    logo,
    icono,
    portada: { ...cara.portada, imagen },
    categoriasDestacadas: [...cara.categoriasDestacadas],
    version,
    actualizadoEn: actualizadoEn === null ? null : new Date(actualizadoEn).toISOString(),
  }
}

/** What was typed, without what came along when it was copied from elsewhere. */
export function cambiosLimpios(body: Static<typeof EdicionTienda>): CambiosCara {
  const cambios: CambiosCara = JSON.parse(JSON.stringify(body), (_, valor: unknown) =>
    typeof valor === 'string' ? textoLimpio(valor).replaceAll('\r\n', '\n') : valor,
  )
  return cambios
}
