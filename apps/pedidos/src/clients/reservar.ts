import type { InventarioApp } from '@encargo/inventario'
import { exigir, momentoDe, unforeseen } from '@encargo/service-kit/peer/answers'
import { ask, shape } from '@encargo/service-kit/peer/peer'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { problemas } from '@encargo/service-kit/values/problem-registry'
import { Type } from '@sinclair/typebox'
import { Batcher, type Tiempo } from './batcher.ts'
import type { Apartado } from '../domain/pedido.ts'
import type { Reservado } from '../ports/peers.ts'
import type { Enlace } from './enlace.ts'
import type { client } from './peer.ts'

interface PorReservar {
  readonly pedidoId: string
  readonly lineas: readonly Apartado[]
  readonly expiraEnSegundos: number
}

const esTomada = shape(
  Type.Object({
    estado: Type.Union([
      Type.Literal('activa'),
      Type.Literal('confirmada'),
      Type.Literal('liberada'),
      Type.Literal('expirada'),
    ]),
    expiraEn: Type.String(),
  }),
)
const sonTomadas = shape(
  Type.Object({
    resultados: Type.Array(
      Type.Union([
        Type.Object({ resultado: Type.Literal('reservada'), expiraEn: Type.String() }),
        Type.Object({
          resultado: Type.Literal('stock-insuficiente'),
          faltantes: problemas['stock-insuficiente'].extra.faltantes,
        }),
        Type.Object({
          resultado: Type.Union([Type.Literal('distinta'), Type.Literal('cerrada')]),
        }),
      ]),
    ),
  }),
)

/** As many reservations as one call takes. */
const reservasPorLlamada = 32

/** Takes reservations: those of one moment in one call, and one alone by the path of its own. */
export function reservador(
  reservas: ReturnType<typeof client<InventarioApp>>['reservas'],
  enlace: Enlace,
  tiempo: Tiempo,
) {
  async function una({ pedidoId, lineas, expiraEnSegundos }: PorReservar, call: CallContext) {
    const body = { lineas: [...lineas], expiraEnSegundos }
    const answer = await enlace.llamar(call, (headers) =>
      ask('inventario', reservas({ pedidoId }).put(body, { headers }), esTomada),
    )
    if (answer.ok) {
      const { estado, expiraEn } = answer.data
      if (estado !== 'activa') return { tipo: 'cerrada' } as const
      return { tipo: 'reservada', expiraEn: momentoDe('inventario', expiraEn) } as const
    }
    const { value } = answer.error
    switch (value.codigo) {
      case 'stock-insuficiente':
        return { tipo: 'stock-insuficiente', faltantes: value.faltantes } as const
      case 'reserva-distinta':
        return { tipo: 'distinta' } as const
      case 'reserva-cerrada':
        return { tipo: 'cerrada' } as const
      default:
        throw unforeseen('inventario', value.codigo)
    }
  }

  async function varias(pedidas: readonly PorReservar[], call: CallContext): Promise<Reservado[]> {
    const body = { reservas: pedidas.map((una) => ({ ...una, lineas: [...una.lineas] })) }
    const answer = await enlace.llamar(call, (headers) =>
      ask('inventario', reservas.put(body, { headers }), sonTomadas),
    )
    return exigir('inventario', answer).resultados.map((uno) => {
      const tipo = uno.resultado
      if (tipo === 'reservada') return { tipo, expiraEn: momentoDe('inventario', uno.expiraEn) }
      return tipo === 'stock-insuficiente' ? { tipo, faltantes: uno.faltantes } : { tipo }
    })
  }

  return new Batcher<PorReservar, Reservado>({
    maxKeys: reservasPorLlamada,
    tiempo,
    async load(pedidas, call) {
      const [primera] = pedidas
      const sola = primera && pedidas.length === 1
      const resultados = sola ? [await una(primera, call)] : await varias(pedidas, call)
      return new Map(
        resultados.flatMap((resultado, index) => {
          const pedida = pedidas[index]
          return pedida ? [[pedida, resultado] as const] : []
        }),
      )
    },
  })
}
