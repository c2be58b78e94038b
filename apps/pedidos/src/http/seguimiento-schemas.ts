import { cerrado, texto } from '@encargo/service-kit/http/schemas'
import { Type } from '@sinclair/typebox'
import { PedidoVisto } from './schemas.ts'

// Told one by one: what an order says more of some day is not for whoever holds a link.
const deTodos = Type.Pick(PedidoVisto, [
  'id',
  'numero',
  'estado',
  'lineas',
  'subtotal',
  'descuento',
  'envioImporte',
  'impuesto',
  'base',
  'impuestos',
  'total',
  'moneda',
  'metodoEnvio',
  'cupon',
  'motivo',
  'exigible',
  'apartado',
  'pago',
  'expiraEn',
  'creadoEn',
  'actualizadoEn',
])
const { items: suceso } = PedidoVisto.properties.historial

/** An order without who it is of and where they live. */
export const PedidoSeguido = Type.Object(
  {
    ...deTodos.properties,
    historial: Type.Array(Type.Omit(suceso, ['actor'])),
    conservable: Type.Boolean({
      description: 'Si es de quien compró sin cuenta y no está aún en ninguna',
    }),
  },
  { title: 'PedidoSeguido' },
)

export const ConToken = Type.Object({
  token: Type.String({ description: 'El del enlace', examples: ['eyJhbGciOi….eyJzdWIiOi….x1k'] }),
})

export const Cancelacion = cerrado(
  { motivo: Type.Optional(texto(500, 1, 'Ya no lo necesito')) },
  'CancelacionPropia',
  { motivo: 'Ya no lo necesito' },
)
