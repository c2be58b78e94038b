import { InstanteDado } from '@encargo/service-kit/http/moments'
import {
  cerrado,
  ConId,
  consulta,
  Dinero,
  Instante,
  Moneda,
  pagina,
  paginacion,
  texto,
  Uuid,
} from '@encargo/service-kit/http/schemas'
import { Type } from '@sinclair/typebox'
import { oNull } from './venta-schemas.ts'

// What is told of money.

const Momento = Type.Union([Type.Literal('antes'), Type.Literal('contra-entrega')])
const EstadoCobro = Type.Union([
  Type.Literal('creado'),
  Type.Literal('abierto'),
  Type.Literal('en-proceso'),
  Type.Literal('autorizado'),
  Type.Literal('cobrado'),
  Type.Literal('cerrado'),
])
const Palabra = Type.String({ minLength: 1, maxLength: 40, examples: ['tarjeta'] })
const Referencia = Type.String({ minLength: 1, maxLength: 255, examples: ['pi_3Q'] })
const Importe = { ...Dinero, minimum: 1 }
/** Of all charges of an order: each is of an amount, and what several come to has no such limit. */
const Suma = Type.Integer({ minimum: 0, examples: [1250] })

const Movimiento = cerrado({
  secuencia: Type.Integer({ minimum: 1 }),
  tipo: Type.Union([
    Type.Literal('autorizacion'),
    Type.Literal('captura'),
    Type.Literal('anulacion'),
    Type.Literal('reembolso'),
    Type.Literal('reembolso-revertido'),
    Type.Literal('contracargo'),
    Type.Literal('contracargo-revertido'),
  ]),
  importe: Importe,
  referencia: Referencia,
  en: InstanteDado,
})

const Reembolso = cerrado({
  id: Uuid,
  importe: Importe,
  estado: Type.Union([Type.Literal('enviado'), Type.Literal('hecho'), Type.Literal('fallido')]),
  referencia: Type.Optional(Referencia),
})

export const CobroDicho = cerrado(
  {
    version: Type.Integer({ minimum: 1 }),
    estado: EstadoCobro,
    causa: Type.Optional(Palabra),
    metodo: Palabra,
    proveedor: Palabra,
    momento: Momento,
    importe: Importe,
    moneda: Moneda,
    autorizado: Dinero,
    cobrado: Dinero,
    reembolsado: Dinero,
    disputado: Dinero,
    disputa: Type.Optional(
      Type.Union([Type.Literal('abierta'), Type.Literal('perdida'), Type.Literal('ganada')]),
    ),
    expiraEn: Type.Optional(InstanteDado),
    apartarHasta: Type.Optional({
      ...InstanteDado,
      description: 'Hasta cuándo guardar las existencias para este cobro, no más de 30 días',
    }),
    movimientos: Type.Array(Movimiento, { maxItems: 1_000 }),
    reembolsos: Type.Array(Reembolso, { maxItems: 1_000 }),
  },
  'CobroDicho',
  {
    version: 1,
    estado: 'creado',
    metodo: 'tarjeta',
    proveedor: 'stripe',
    momento: 'antes',
    importe: 1250,
    moneda: 'USD',
    autorizado: 0,
    cobrado: 0,
    reembolsado: 0,
    disputado: 0,
    movimientos: [],
    reembolsos: [],
  },
)

export const ConCobro = Type.Object({ ...ConId.properties, cobroId: Uuid })

export const CobroContado = Type.Object({
  version: Type.Integer({ minimum: 1, description: 'La que pedidos conoce ahora' }),
  apartadoHasta: oNull(Instante),
  ordenes: Type.Array(
    Type.Union([
      Type.Object({ tipo: Type.Literal('cerrar') }),
      Type.Object({ tipo: Type.Literal('capturar'), importe: Dinero, clave: Uuid }),
      Type.Object({
        tipo: Type.Literal('reembolsar'),
        reembolsoId: Uuid,
        importe: Dinero,
        motivo: Type.String({ examples: ['excedente'] }),
      }),
    ]),
    { description: 'Todo lo que queda por hacer con este cobro', examples: [[]] },
  ),
})

/** What an order tells of its payment. */
export const Pago = Type.Object(
  {
    estado: Type.Union([
      Type.Literal('sin-cobro'),
      Type.Literal('pendiente'),
      Type.Literal('en-proceso'),
      Type.Literal('autorizado'),
      Type.Literal('parcial'),
      Type.Literal('pagado'),
      Type.Literal('excedido'),
      Type.Literal('reembolsado'),
      Type.Literal('en-disputa'),
    ]),
    metodo: oNull(Type.String({ examples: ['transferencia'] })),
    exigible: Dinero,
    cobrado: Suma,
    reembolsado: Suma,
    enDisputa: Suma,
    saldo: Type.Integer({
      description: 'Lo que falta por pagar; negativo si se debe de vuelta',
      examples: [1250],
    }),
    cobros: Type.Array(
      Type.Object({
        id: Uuid,
        metodo: Type.String({ examples: ['transferencia'] }),
        estado: EstadoCobro,
        importe: Dinero,
        cobrado: Dinero,
        reembolsado: Dinero,
      }),
      { examples: [[]] },
    ),
  },
  { title: 'Pago' },
)

export const Apartado = Type.Union(
  [
    Type.Literal('plazo'),
    Type.Literal('firme'),
    Type.Literal('vencido'),
    Type.Literal('despachado'),
    Type.Literal('ninguno'),
  ],
  {
    description:
      'Sus existencias: guardadas hasta `expiraEn`, sin plazo, libres aunque aún puede llegar un pago, fuera, o ninguna',
  },
)

const Asunto = Type.Union([
  Type.Literal('por-cobrar'),
  Type.Literal('por-devolver'),
  Type.Literal('devolucion-fallida'),
  Type.Literal('en-disputa'),
  Type.Literal('vencido'),
  Type.Literal('por-asegurar'),
])

export const ConsultaSaldos = consulta({
  asunto: Type.Optional({
    ...Asunto,
    error: 'debe ser un asunto de los saldos',
    'x-regla': 'opcion',
  }),
  ...paginacion,
})

export const PaginaSaldos = pagina(
  Type.Object(
    {
      pedidoId: Uuid,
      numero: Type.Integer({ minimum: 1 }),
      clienteId: Uuid,
      estado: Type.Union([
        Type.Literal('Pendiente'),
        Type.Literal('Completado'),
        Type.Literal('Cancelado'),
      ]),
      asunto: Asunto,
      apartado: Apartado,
      total: Dinero,
      moneda: Moneda,
      pago: Pago,
      creadoEn: Instante,
      actualizadoEn: Instante,
    },
    { title: 'Saldo' },
  ),
)

export const AbonoNuevo = cerrado(
  {
    importe: Importe,
    causa: Type.Optional(
      Type.Union([Type.Literal('cortesia'), Type.Literal('contracargo')], {
        description: 'Por omisión `cortesia`; `contracargo`, lo que un banco se llevó sin remedio',
      }),
    ),
    motivo: texto(500, 1, 'Llegó con un golpe'),
  },
  'AbonoNuevo',
  { importe: 500, motivo: 'Llegó con un golpe' },
)
