import { cerrado, edicion, Pais, Telefono, texto, Uuid } from '@encargo/service-kit/http/schemas'
import { Facturacion } from '@encargo/service-kit/http/facturacion'
import { textoLimpio } from '@encargo/service-kit/values/identity-key'
import { telefonoLimpio } from '@encargo/service-kit/values/telephone'
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { facturacionesMaximas } from '../domain/libreta.ts'

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

const alias = texto(60, 1, 'Casa')
const nombre = texto(120, 1, 'Rosa Peralta')
const calle = texto(200, 1, 'Calle Larga 7-20')
const referencia = texto(200, 1, 'Frente a la farmacia')
const ciudad = texto(100, 1, 'Cuenca')
const provincia = texto(100, 1, 'Azuay')
const codigoPostal = texto(20, 1, '010101')
const predeterminada = Type.Optional(
  Type.Boolean({ description: 'La que se toma primero: siempre hay una, y la primera lo es' }),
)

export const NuevaDireccion = cerrado(
  {
    alias: Type.Optional(alias),
    nombre,
    calle,
    referencia: Type.Optional(referencia),
    ciudad,
    provincia: Type.Optional(provincia),
    codigoPostal: Type.Optional(codigoPostal),
    pais: Pais,
    telefono: Type.Optional(Telefono),
    predeterminada,
  },
  'NuevaDireccion',
)

export const EdicionDireccion = edicion(
  {
    alias: Type.Optional(orNull(alias)),
    nombre: Type.Optional(nombre),
    calle: Type.Optional(calle),
    referencia: Type.Optional(orNull(referencia)),
    ciudad: Type.Optional(ciudad),
    provincia: Type.Optional(orNull(provincia)),
    codigoPostal: Type.Optional(orNull(codigoPostal)),
    pais: Type.Optional(Pais),
    telefono: Type.Optional(orNull(Telefono)),
    predeterminada,
  },
  'EdicionDireccion',
)

const texts = { nombre: Type.String(), calle: Type.String(), ciudad: Type.String() }
export const DireccionVista = Type.Object(
  {
    id: Uuid,
    alias: Type.Optional(Type.String()),
    ...texts,
    referencia: Type.Optional(Type.String()),
    provincia: Type.Optional(Type.String()),
    codigoPostal: Type.Optional(Type.String()),
    pais: Type.String({ examples: ['EC'] }),
    telefono: Type.Optional(Type.String()),
    predeterminada: Type.Boolean(),
  },
  { title: 'Direccion' },
)
export const DireccionesVistas = Type.Object({ datos: Type.Array(DireccionVista) })

export const Facturaciones = cerrado({
  datos: Type.Array(Facturacion, { maxItems: facturacionesMaximas }),
})
export const FacturacionesVistas = Type.Object({
  datos: Type.Array(
    Type.Object({
      identificacion: Type.Object({
        pais: Type.String({ examples: ['EC'] }),
        tipo: Facturacion.properties.identificacion.properties.tipo,
        numero: Type.String({ examples: ['1790011674001'] }),
      }),
      razonSocial: Type.String(),
      direccion: Type.Optional(Type.String()),
      email: Type.Optional(Type.String()),
    }),
  ),
})

type Escrita = Omit<Static<typeof EdicionDireccion>, 'predeterminada'>

/** What is kept of an address: without what came along when it was copied from elsewhere. */
export function direccionLimpia<T extends Escrita>(datos: T): T {
  const clean = Object.entries(datos).map(([campo, valor]) => [
    campo,
    typeof valor !== 'string'
      ? valor
      : (campo === 'telefono' ? telefonoLimpio : textoLimpio)(valor),
  ])
  return { ...datos, ...Object.fromEntries(clean) }
}
