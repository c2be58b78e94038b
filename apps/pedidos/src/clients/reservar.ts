import type { InventarioApp } from '@encargo/inventario'
import { exigir, momentoDe, unforeseen } from '@encargo/service-kit/peer/answers'
import { ask, shape } from '@encargo/service-kit/peer/peer'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { problemas } from '@encargo/service-kit/values/problem-registry'
import { Type } from '@sinclair/typebox'
import { Batcher, type Tiempo } from './batcher.ts'
import { type Apartado, sinVencimiento } from '../domain/pedido.ts'
import type { Reservado } from '../ports/peers.ts'
import type { Enlace } from './enlace.ts'
import type { client } from './peer.ts'

interface PorReservar {
  readonly pedidoId: string
  readonly lineas: readonly Apartado[]
  readonly expiraEnSegundos: number
}

/** What the path of one takes: until when, or for an order of another id, and firm. */
type Pedida = { readonly lineas: readonly Apartado[] } & (
  { readonly expiraEnSegundos: number } | { readonly pedidoId: string; readonly firme: true }
)

/** When a reservation ends; null is said of one that no clock takes. */
export const Fin = Type.Union([Type.String(), Type.Null()])
export const finDe = (texto: string | null): number =>
  texto === null ? sinVencimiento : momentoDe('inventario', texto)

const esTomada = shape(
  Type.Object({
    estado: Type.Union([
      Type.Literal('activa'),
      Type.Literal('confirmada'),
      Type.Literal('liberada'),
      Type.Literal('expirada'),
    ]),
    expiraEn: Fin,
  }),
)
const sonTomadas = shape(
  Type.Object({
    resultados: Type.Array(
      Type.Union([
        Type.Object({ resultado: Type.Literal('reservada'), expiraEn: Fin }),
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
  async function una(id: string, pedida: Pedida, call: CallContext): Promise<Reservado> {
    const body = { ...pedida, lineas: [...pedida.lineas] }
    const answer = await enlace.llamar(call, (headers) =>
      ask('inventario', reservas({ id }).put(body, { headers }), esTomada),
    )
    if (answer.ok) {
      const { estado, expiraEn } = answer.data
      if (estado !== 'activa') return { tipo: 'cerrada' }
      return { tipo: 'reservada', expiraEn: finDe(expiraEn) }
    }
    const { value } = answer.error
    switch (value.codigo) {
      case 'stock-insuficiente':
        return { tipo: 'stock-insuficiente', faltantes: value.faltantes }
      case 'reserva-distinta':
        return { tipo: 'distinta' }
      case 'reserva-cerrada':
        return { tipo: 'cerrada' }
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
      if (tipo === 'reservada') return { tipo, expiraEn: finDe(uno.expiraEn) }
      return tipo === 'stock-insuficiente' ? { tipo, faltantes: uno.faltantes } : { tipo }
    })
  }

  const juntas = new Batcher<PorReservar, Reservado>({
    maxKeys: reservasPorLlamada,
    tiempo,
    async load(pedidas, call) {
      const [primera] = pedidas
      const sola = primera && pedidas.length === 1
      const resultados = sola
        ? [await una(primera.pedidoId, deUna(primera), call)]
        : await varias(pedidas, call)
      return new Map(
        resultados.flatMap((resultado, index) => {
          const pedida = pedidas[index]
          return pedida ? [[pedida, resultado] as const] : []
        }),
      )
    },
  })
  return { una, juntas }
}

/** Of one alone, which its path names. */
const deUna = ({ lineas, expiraEnSegundos }: PorReservar) => ({ lineas, expiraEnSegundos })
