import {
  Cantidad,
  cerrado,
  cabeceras,
  etiqueta,
  consulta,
  Ids,
  Instante,
  pagina,
  paginacion,
  texto,
  Uuid,
  UuidEscrito,
} from '@encargo/service-kit/http/schemas'
import { ClaveIdempotencia } from '@encargo/service-kit/http/idempotency'
import { DiaOInstante } from '@encargo/service-kit/http/moments'
import { Type } from '@sinclair/typebox'
import { t } from 'elysia'
import { limiteFisico } from '../domain/existencia.ts'
import { plazoMaximoSegundos } from '../domain/reserva.ts'

const Unidades = Type.Integer({ minimum: 0, maximum: limiteFisico, examples: [10] })
const Motivo = Type.Optional(texto(500, 1, 'Llegó el proveedor'))
const TextoONull = Type.Union([Type.String(), Type.Null()], { examples: [null] })

export const AltaExistencia = cerrado(
  {
    productoId: Uuid,
    cantidad: Unidades,
    umbralMinimo: Type.Optional(Unidades),
  },
  'AltaExistencia',
)

const tipos = 'debe ser uno de "ENTRADA", "SALIDA", "AJUSTE"'

/** One of three shapes: goods that come or go, a count, or the threshold. */
export const CambioExistencia = Type.Union([
  cerrado({
    tipo: Type.Union([Type.Literal('ENTRADA'), Type.Literal('SALIDA')], { error: tipos }),
    cantidad: Type.Integer({ minimum: 1, maximum: limiteFisico }),
    motivo: Motivo,
  }),
  cerrado({
    tipo: Type.Literal('AJUSTE', { error: tipos }),
    cantidad: Unidades,
    motivo: Motivo,
    ultimoMovimiento: Type.Optional(
      Type.Union([Uuid, Type.Null()], {
        description:
          'El `id` del último movimiento que vio quien cuenta, null si no había ninguno: si ya no es ' +
          'el último, 412, porque nadie sabe si lo contado es de antes o de después',
      }),
    ),
  }),
  cerrado({ umbralMinimo: Unidades }),
])

/** A row of a count: what its cells may hold, by the rules of the bodies above. */
export const FilaRecuentoLeida = cerrado({
  sku: Type.Optional(texto(64)),
  productoId: Type.Optional(Uuid),
  fisico: Type.Optional(Unidades),
  umbralMinimo: Type.Optional(Unidades),
  motivo: Motivo,
})

export const ExistenciaVista = Type.Object(
  {
    productoId: Uuid,
    fisico: Type.Integer({ description: 'Unidades en el almacén', examples: [12] }),
    reservado: Type.Integer({
      description: 'Unidades prometidas a pedidos pendientes',
      examples: [2],
    }),
    disponible: Type.Integer({
      description: '`fisico` - `reservado`, nunca bajo 0',
      examples: [10],
    }),
    faltan: Type.Integer({
      description:
        'De las reservadas, las que el último recuento no encontró. Mientras haya, `disponible` es 0, ' +
        'y lo que deja de estar reservado sale también de `fisico`',
      examples: [0],
    }),
    umbralMinimo: Type.Integer({ examples: [3] }),
    actualizadoEn: Instante,
  },
  { title: 'Existencia' },
)
export const ResumenExistencias = Type.Object(
  {
    productos: Type.Integer({ description: 'Con inventario abierto', examples: [260] }),
    bajoMinimo: Type.Integer({ description: '`disponible` <= `umbralMinimo`', examples: [12] }),
    agotados: Type.Integer({ description: 'De esos, con `disponible` 0', examples: [3] }),
  },
  { title: 'ResumenExistencias' },
)
export const PaginaExistencias = pagina(ExistenciaVista)

export const Disponibilidad = Type.Object({
  datos: Type.Array(Type.Object({ productoId: Uuid, disponible: Type.Integer() })),
})

export const MovimientoVisto = Type.Object(
  {
    id: Uuid,
    productoId: Uuid,
    tipo: Type.Union([
      Type.Literal('ENTRADA'),
      Type.Literal('SALIDA'),
      Type.Literal('AJUSTE'),
      Type.Literal('VENTA'),
      Type.Literal('DEVOLUCION'),
    ]),
    cantidad: Type.Integer({ description: 'Con signo: lo que sale es negativo' }),
    fisicoResultante: Type.Integer(),
    motivo: TextoONull,
    pedidoId: TextoONull,
    usuarioId: TextoONull,
    creadoEn: Instante,
  },
  { title: 'Movimiento' },
)
export const PaginaMovimientos = pagina(MovimientoVisto)

/** When a reservation ends. */
const Fin = {
  expiraEn: Type.Union([Instante, Type.Null()], { description: 'null si es firme' }),
  firme: Type.Boolean({ description: 'Ningún plazo la termina', examples: [false] }),
}
const Firme = Type.Literal(true, { description: 'Sin plazo: dura hasta que se confirme o libere' })

export const PaginaReservasDe = pagina(
  Type.Object(
    { id: Uuid, pedidoId: Uuid, cantidad: Type.Integer(), creadaEn: Instante, ...Fin },
    { title: 'ReservaDeProducto' },
  ),
)

export const PeticionReserva = cerrado(
  {
    lineas: Type.Array(cerrado({ productoId: UuidEscrito, cantidad: Cantidad }), {
      minItems: 1,
      maxItems: 100,
    }),
    expiraEnSegundos: Type.Optional(
      Type.Integer({ minimum: 1, maximum: plazoMaximoSegundos, examples: [86_400] }),
    ),
    firme: Type.Optional(Firme),
    pedidoId: Type.Optional({
      ...UuidEscrito,
      description: 'El pedido para el que es, si no es el del mismo id',
    }),
  },
  'PeticionReserva',
)

/** Several at once: each is taken or refused by itself. */
export const PeticionReservas = cerrado({
  reservas: Type.Array(
    cerrado({
      ...PeticionReserva.properties,
      pedidoId: UuidEscrito,
      id: Type.Optional({ ...UuidEscrito, description: 'De la reserva, si no es el del pedido' }),
    }),
    { minItems: 1, maxItems: 32 },
  ),
})

export const PeticionDevolucion = cerrado(
  {
    pedidoId: Uuid,
    lineas: PeticionReserva.properties.lineas,
  },
  'PeticionDevolucion',
)
export const DevolucionVista = Type.Object(
  {
    id: Uuid,
    pedidoId: Uuid,
    lineas: Type.Array(Type.Object({ productoId: Uuid, cantidad: Type.Integer() })),
    creadaEn: Instante,
  },
  { title: 'Devolucion' },
)

const faltante = Type.Object({
  productoId: Uuid,
  solicitado: Type.Integer(),
  disponible: Type.Integer(),
})

/** How each ended, in the order asked for. */
export const ReservasTomadas = Type.Object({
  resultados: Type.Array(
    Type.Union([
      Type.Object({ resultado: Type.Literal('reservada'), ...Fin }),
      Type.Object({
        resultado: Type.Literal('stock-insuficiente'),
        faltantes: Type.Array(faltante),
      }),
      Type.Object({ resultado: Type.Literal('distinta') }),
      Type.Object({ resultado: Type.Literal('cerrada') }),
    ]),
  ),
})

/** One of the two. */
export const Prorroga = cerrado({
  expiraEn: Type.Optional({ ...DiaOInstante, examples: ['2026-01-18T12:00:00.000Z'] }),
  firme: Type.Optional(Firme),
})

export const ReservaVista = Type.Object(
  {
    id: Uuid,
    pedidoId: Uuid,
    estado: Type.Union([
      Type.Literal('activa'),
      Type.Literal('confirmada'),
      Type.Literal('liberada'),
      Type.Literal('expirada'),
    ]),
    lineas: Type.Array(Type.Object({ productoId: Uuid, cantidad: Type.Integer() })),
    ...Fin,
    creadaEn: Instante,
    cerradaEn: Type.Union([Instante, Type.Null()], {
      description: 'Cuándo salieron o volvieron sus unidades; null mientras están reservadas',
      examples: [null],
    }),
  },
  { title: 'Reserva' },
)
export const PaginaReservas = pagina(ReservaVista)

/** A call that says all in its path; a body, if any, is empty. */
export const SinCuerpo = Type.Optional(cerrado({}))

export const ConProducto = Type.Object({ productoId: Uuid })
export const ConDevolucion = Type.Object({ id: Uuid })
export const ConReserva = Type.Object({ id: Uuid })

export const ConsultaDisponibilidad = consulta({ ids: Ids })
export const ConsultaMovimientos = consulta(paginacion)
export const ConsultaMovimientosDePedido = consulta({ pedidoId: Uuid, ...paginacion })
export const ConsultaExistencias = consulta({
  bajoMinimo: Type.Optional(
    t.Boolean({ description: 'Verdadero: solo con `disponible` <= `umbralMinimo`' }),
  ),
  ids: Type.Optional(Ids),
  orden: Type.Optional(
    Type.Union(
      // Written out, as callers' types need each by itself.
      [
        Type.Literal('productoId'),
        Type.Literal('disponible'),
        Type.Literal('-disponible'),
        Type.Literal('actualizadoEn'),
        Type.Literal('-actualizadoEn'),
      ],
      { description: 'Si falta, `productoId`. Un cursor solo sirve con el `orden` que lo dio' },
    ),
  ),
  ...paginacion,
})
export const ConsultaReservas = consulta({
  estado: Type.Literal('activa'),
  creadasAntesDe: Type.Optional({
    ...DiaOInstante,
    description: 'Solo las que se hicieron antes de este momento',
  }),
  ...paginacion,
})

export const ConCondicion = cabeceras({
  'idempotency-key': ClaveIdempotencia,
  'if-match': etiqueta,
})
