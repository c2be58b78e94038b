import { InstanteDado } from '@encargo/service-kit/http/moments'
import {
  cerrado,
  ConId,
  consulta,
  Dinero,
  Instante,
  Moneda,
  oNull,
  pagina,
  paginacion,
  texto,
  unaDe,
  Uuid,
} from '@encargo/service-kit/http/schemas'
import { OrdenDeCobro } from '@encargo/service-kit/values/cobro-dicho'
import {
  disputas,
  estadosCobro,
  estadosReembolsoDicho,
  momentosPago,
  tiposMovimiento,
} from '@encargo/service-kit/values/cobros'
import { Type } from '@sinclair/typebox'
import { apartados, asuntos, estadosPago } from '../domain/cobranza/cuenta.ts'
import { estados } from '../domain/estado.ts'

// What is told of money.

const Palabra = Type.String({ minLength: 1, maxLength: 40, examples: ['tarjeta'] })
const Referencia = Type.String({ minLength: 1, maxLength: 255, examples: ['pi_3Q'] })
const Importe = { ...Dinero, minimum: 1 }
/** Of all charges of an order: each is of an amount, and what several come to has no such limit. */
const Suma = Type.Integer({ minimum: 0, examples: [1250] })

const Movimiento = cerrado({
  secuencia: Type.Integer({ minimum: 1 }),
  tipo: unaDe(tiposMovimiento),
  importe: Importe,
  referencia: Referencia,
  en: InstanteDado,
})

const Reembolso = cerrado({
  id: Uuid,
  importe: Importe,
  estado: unaDe(estadosReembolsoDicho),
  referencia: Type.Optional(Referencia),
})

export const CobroDicho = cerrado(
  {
    version: Type.Integer({ minimum: 1 }),
    estado: unaDe(estadosCobro),
    causa: Type.Optional(Palabra),
    metodo: Palabra,
    proveedor: Palabra,
    momento: unaDe(momentosPago),
    importe: Importe,
    moneda: Moneda,
    autorizado: Dinero,
    cobrado: Dinero,
    reembolsado: Dinero,
    disputado: Dinero,
    disputa: Type.Optional(unaDe(disputas)),
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
  ordenes: Type.Array(OrdenDeCobro, {
    description: 'Todo lo que queda por hacer con este cobro',
    examples: [[]],
  }),
})

/** What an order tells of its payment. */
export const Pago = Type.Object(
  {
    estado: unaDe(estadosPago),
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
        estado: unaDe(estadosCobro),
        importe: Dinero,
        cobrado: Dinero,
        reembolsado: Dinero,
      }),
      { examples: [[]] },
    ),
  },
  { title: 'Pago' },
)

export const Apartado = unaDe([...apartados, 'despachado', 'ninguno'], {
  description:
    'Sus existencias: guardadas hasta `expiraEn`, sin plazo, libres aunque aún puede llegar un pago, fuera, o ninguna',
})

export const ConsultaSaldos = consulta({
  asunto: Type.Optional(unaDe(asuntos, { error: 'debe ser un asunto de los saldos' })),
  ...paginacion,
})

export const PaginaSaldos = pagina(
  Type.Object(
    {
      pedidoId: Uuid,
      numero: Type.Integer({ minimum: 1 }),
      clienteId: Uuid,
      estado: unaDe(estados),
      asunto: unaDe(asuntos),
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
      unaDe(['cortesia', 'contracargo'], {
        description: 'Por omisión `cortesia`; `contracargo`, lo que un banco se llevó sin remedio',
      }),
    ),
    motivo: texto(500, 1, 'Llegó con un golpe'),
  },
  'AbonoNuevo',
  { importe: 500, motivo: 'Llegó con un golpe' },
)
