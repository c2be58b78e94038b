import {
  cabeceras,
  cerrado,
  consulta,
  Dinero,
  Instante,
  oNull,
  pagina,
  paginacion,
  texto,
  unaDe,
  Uuid,
} from '@encargo/service-kit/http/schemas'
import { Apartado, Pago } from './cobros-schemas.ts'
import { ClaveIdempotencia } from '@encargo/service-kit/http/idempotency'
import { DiaOInstante } from '@encargo/service-kit/http/moments'
import { Type } from '@sinclair/typebox'
import { tiposEvento } from '../domain/evento.ts'
import { DeLinea, DeTotales } from '@encargo/service-kit/values/cotizacion'
import { DeCondiciones, DelTrato, Direccion, LineaPedida } from './venta-schemas.ts'

export const NuevoPedido = cerrado(
  {
    lineas: Type.Array(cerrado(LineaPedida), { minItems: 1, maxItems: 100 }),
    notas: Type.Optional(texto(1000, 0, 'Tocar el timbre dos veces')),
    direccionEnvio: Type.Optional(cerrado(Direccion, 'DireccionDada')),
    completar: Type.Optional(
      Type.Boolean({
        description: 'Venta en el mostrador: se completa en el acto; solo para el personal',
        examples: [false],
      }),
    ),
    clienteId: Type.Optional(Uuid),
    ...DelTrato,
  },
  'NuevoPedido',
  // As a customer buys; the rest is for staff, or for who wants it sent.
  {
    lineas: [
      { productoId: '0198c0de-7f00-7000-8000-00000000002a', cantidad: 2, precioEsperado: 1250 },
    ],
    notas: 'Tocar el timbre dos veces',
  },
)

export const CambioPedido = cerrado(
  {
    estado: Type.Union([Type.Literal('Completado'), Type.Literal('Cancelado')]),
    motivo: Type.Optional(texto(500, 1, 'Lo pidió el cliente')),
    forzar: Type.Optional(
      Type.Boolean({
        description:
          'Completar aunque falte el pago, con un `motivo`; solo un administrador, y queda anotado',
        examples: [false],
      }),
    ),
  },
  'CambioPedido',
  // Only a cancellation takes a reason, or what is forced.
  { estado: 'Cancelado', motivo: 'Lo pidió el cliente' },
)

const Estado = Type.Union([
  Type.Literal('Pendiente'),
  Type.Literal('Completado'),
  Type.Literal('Cancelado'),
])

export const PedidoVisto = Type.Object(
  {
    id: Uuid,
    numero: Type.Integer({ minimum: 1, description: 'Número de pedido, creciente' }),
    clienteId: Uuid,
    estado: Estado,
    lineas: Type.Array(
      Type.Object({
        productoId: Uuid,
        sku: Type.String({ examples: ['CAF-LOJA-250'] }),
        nombre: Type.String({ examples: ['Café de Loja'] }),
        cantidad: Type.Integer(),
        precioUnitario: Dinero,
        subtotal: Dinero,
        ...DeLinea,
      }),
    ),
    ...DeTotales,
    ...DeCondiciones,
    notas: Type.Union([Type.String(), Type.Null()], { examples: [null] }),
    direccionEnvio: oNull(Type.Object(Direccion, { title: 'Direccion' })),
    motivo: Type.Union([Type.String({ description: 'Por qué se canceló' }), Type.Null()], {
      examples: [null],
    }),
    exigible: {
      ...Dinero,
      description: 'Lo que se debe pagar en todo por él: nada si se canceló o se anuló',
    },
    apartado: Apartado,
    pago: Pago,
    anulado: oNull(
      Type.Object(
        {
          en: Instante,
          actor: Type.String({ examples: ['0198c0de-7f00-7000-8000-00000000002a'] }),
          motivo: oNull(Type.String()),
        },
        {
          description:
            'Cuándo, quién y por qué se anuló la venta, que sigue Completado; null si no',
          examples: [null],
        },
      ),
    ),
    expiraEn: oNull(
      Type.String({
        description:
          'Hasta cuándo se guardan sus existencias si sigue Pendiente; null si ningún reloj las libera',
        examples: ['2026-01-16T12:00:00.000Z'],
      }),
    ),
    seguimiento: Type.Optional(
      Type.String({
        description:
          'El camino de su enlace en la tienda; solo a quien compra sin cuenta, al hacerlo',
        examples: ['/seguimiento/eyJhbGciOi….eyJzdWIiOi….x1k'],
      }),
    ),
    creadoEn: Instante,
    actualizadoEn: Instante,
    historial: Type.Array(
      Type.Object({
        estado: Estado,
        motivo: Type.Union([Type.String(), Type.Null()], { examples: [null] }),
        actor: Type.String({
          description: 'Id de quien lo hizo, o `sistema`',
          examples: ['0198c0de-7f00-7000-8000-00000000002a'],
        }),
        en: Instante,
        tipo: Type.Optional(
          unaDe(tiposEvento, {
            description: 'Qué le pasó sin cambiar de estado; si falta, pasó a ser `estado`',
          }),
        ),
      }),
    ),
  },
  { title: 'Pedido' },
)
export const PaginaPedidos = pagina(PedidoVisto)

export const Explicacion = Type.Object({
  pedidoId: Uuid,
  numero: Type.Integer(),
  estado: Estado,
  reserva: Type.Union(
    [
      Type.Object({
        estado: Type.String(),
        lineas: Type.Array(Type.Object({ productoId: Uuid, cantidad: Type.Integer() })),
        expiraEn: Type.Union([Instante, Type.Null()], { description: 'null si es firme' }),
      }),
      Type.Null(),
    ],
    { description: 'Lo que inventario dice ahora; null si no hay reserva o no responde' },
  ),
  inventarioResponde: Type.Boolean(),
  sucesos: Type.Array(
    Type.Object({
      en: Instante,
      quien: Type.String(),
      que: Type.String(),
      resultado: Type.String(),
      ms: oNull(Type.Number()),
      traza: oNull(Type.String()),
      veces: Type.Integer(),
      pasos: Type.Array(
        Type.Object({
          paso: Type.String(),
          resultado: Type.String(),
          ms: Type.Number(),
          detalle: oNull(Type.String()),
        }),
      ),
    }),
  ),
})

export const ConsultaPedidos = consulta({
  estado: Type.Optional(Estado),
  clienteId: Type.Optional(Uuid),
  desde: Type.Optional({ ...DiaOInstante, description: 'Creados en este momento o después' }),
  hasta: Type.Optional({
    ...DiaOInstante,
    description: 'Creados antes de este momento; si es un día, también durante él',
  }),
  orden: Type.Optional(
    Type.Literal('expiraEn', {
      description:
        'Los Pendientes que nadie está terminando, primero los que vencen antes; solo se combina con `clienteId` y `estado=Pendiente`',
    }),
  ),
  q: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description:
        'Número (`36`, `Pedido 36`), producto, SKU, notas, destinatario, contacto o su teléfono, sin distinguir ' +
        'acentos ni plurales; el personal, también el nombre, el correo, el teléfono o la cédula del ' +
        'cliente, mientras auth responda (hasta 200 clientes)',
    }),
  ),
  ...paginacion,
})

export const ConClave = cabeceras({ 'idempotency-key': ClaveIdempotencia })
