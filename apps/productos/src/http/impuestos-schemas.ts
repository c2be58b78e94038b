import { cerrado, consulta, Instante, texto } from '@encargo/service-kit/http/schemas'
import { InstanteDado } from '@encargo/service-kit/http/moments'
import { Type } from '@sinclair/typebox'
import { t } from 'elysia'
import { CodigoImpuesto } from './schemas.ts'

const Tasa = Type.Integer({
  minimum: 0,
  maximum: 10_000,
  description: 'En centésimas de un por ciento: 1500 es 15 %',
  examples: [1500],
})
const Modo = Type.Union([Type.Literal('incluido'), Type.Literal('por-dentro')], {
  error: 'debe ser incluido o por-dentro',
  examples: ['incluido'],
})

/** How much of a price is tax. */
export const DeTasa = { tasa: Tasa, modo: Modo } as const

export const ConCodigo = Type.Object({ codigo: CodigoImpuesto })

export const ImpuestoPuesto = cerrado(
  {
    nombre: texto(80, 1, 'IVA'),
    tasa: Tasa,
    modo: Type.Optional(Modo),
    desde: Type.Optional(InstanteDado),
  },
  'PonerImpuesto',
)

export const ImpuestoVisto = Type.Object(
  {
    codigo: Type.String({ examples: ['general'] }),
    nombre: Type.String({ examples: ['IVA'] }),
    ...DeTasa,
    desde: Instante,
  },
  { title: 'Impuesto' },
)
export const ListaImpuestos = Type.Object({ datos: Type.Array(ImpuestoVisto) })

export const ConsultaImpuestos = consulta({
  historial: Type.Optional(
    t.Boolean({
      description: 'También lo que fue y lo que será, lo más nuevo primero; para el personal',
    }),
  ),
})
