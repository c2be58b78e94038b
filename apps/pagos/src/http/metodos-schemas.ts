import {
  cerrado,
  consulta,
  Dinero,
  oNull,
  Pais,
  texto,
  unaDe,
} from '@encargo/service-kit/http/schemas'
import { importeMaximo } from '@encargo/service-kit/values/importes'
import { momentosPago } from '@encargo/service-kit/values/cobros'
import { Type } from '@sinclair/typebox'
import { t } from 'elysia'
import { proveedores } from '../domain/cobro.ts'

const CodigoMetodo = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{0,39}$',
  error: 'debe ser un código de 1 a 40 letras minúsculas, cifras o guiones, como transferencia',
  'x-regla': 'formato',
  examples: ['transferencia'],
})
const Proveedor = unaDe(proveedores)
const MomentoPago = unaDe(momentosPago, {
  description: 'Cuándo se paga: antes de que salga la mercancía, o al entregarla',
})
const Paises = Type.Array(Pais, { maxItems: 250, description: 'Ninguno: en todos' })
const Instrucciones = texto(1_000, 1, 'Banco Pichincha, cuenta 2200112233, a nombre de la tienda')
const Plazo = Type.Integer({
  minimum: 60,
  maximum: 30 * 24 * 60 * 60,
  description:
    'Cuánto puede esperar su dinero un cobro, en segundos; si falta, lo propio del método',
  examples: [259_200],
})

export const ConCodigoMetodo = Type.Object({ codigo: CodigoMetodo })
export const MetodoPuesto = cerrado(
  {
    proveedor: Proveedor,
    nombre: texto(80, 1, 'Transferencia bancaria'),
    momento: MomentoPago,
    plazoSegundos: Type.Optional(oNull(Plazo)),
    instrucciones: Type.Optional(oNull(Instrucciones)),
    minimo: Type.Optional(oNull(Dinero)),
    maximo: Type.Optional(oNull(Dinero)),
    paises: Type.Optional(Paises),
    activo: Type.Optional(Type.Boolean({ examples: [true] })),
    posicion: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000, examples: [1] })),
  },
  'MetodoPagoPuesto',
)
export const ConsultaMetodos = consulta({
  total: Type.Optional(
    t.Integer({
      minimum: 0,
      maximum: importeMaximo,
      description: 'Lo que hay que pagar, en la unidad menor: solo los métodos para ese importe',
    }),
  ),
  pais: Type.Optional({ ...Pais, description: 'Solo los métodos de ese país' }),
})

const DeMetodo = {
  codigo: Type.String({ examples: ['transferencia'] }),
  nombre: Type.String({ examples: ['Transferencia bancaria'] }),
  proveedor: Proveedor,
  momento: MomentoPago,
} as const

export const MetodosOfrecidos = Type.Object({
  datos: Type.Array(
    Type.Object(
      {
        ...DeMetodo,
        instrucciones: Type.Optional(Instrucciones),
        minimo: Type.Optional(Dinero),
        maximo: Type.Optional(Dinero),
      },
      { title: 'MetodoPagoOfrecido' },
    ),
  ),
})
export const MetodoVisto = Type.Object(
  {
    ...DeMetodo,
    plazoSegundos: oNull(Type.Integer()),
    instrucciones: oNull(Type.String()),
    minimo: oNull(Dinero),
    maximo: oNull(Dinero),
    paises: Paises,
    activo: Type.Boolean(),
    disponible: Type.Boolean({
      description: 'Si la tienda tiene cuenta con su proveedor; si no, no se ofrece a nadie',
    }),
    posicion: Type.Integer(),
    version: Type.Integer({ minimum: 1 }),
  },
  { title: 'MetodoPago' },
)

export const ProveedorVisto = Type.Object(
  {
    id: Proveedor,
    disponible: Type.Boolean({ description: 'Si la tienda tiene cuenta con él, en este servidor' }),
  },
  { title: 'Proveedor' },
)
