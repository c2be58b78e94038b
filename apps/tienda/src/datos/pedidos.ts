import { queryOptions } from '@tanstack/react-query'
import type { EventoPedido, Pedido } from '@encargo/client'
import { cliente, con, pedir } from '../api.ts'
import { enPaginas } from './listas.ts'

export type EstadoPedido = Pedido['estado']
export const estadosPedido: readonly EstadoPedido[] = ['Pendiente', 'Completado', 'Cancelado']

/** What has become of an order, as people say it: a sale that was voided stays Completado. */
export type Situacion = EstadoPedido | 'Anulado'

interface Contado {
  readonly estado: EstadoPedido
  readonly historial: readonly Pick<Pedido['historial'][number], 'tipo'>[]
}

export const situacionDe = ({ estado, historial }: Contado): Situacion =>
  historial.some(({ tipo }) => tipo === 'pedido.anulado') ? 'Anulado' : estado

const porPagina = 20

/** Own orders; staff must name themselves, or they would get everybody's. */
export const opcionesPedidos = (clienteId: string, estado: EstadoPedido | undefined) =>
  enPaginas(['pedidos', 'lista', clienteId, estado ?? 'todos'], (cursor, opciones) => {
    const deEse = estado === undefined ? {} : { estado }
    const query = { clienteId, limite: porPagina, ...deEse, ...cursor }
    return pedir(cliente().pedidos.pedidos.get({ query, ...opciones }))
  })

export const opcionesPedido = (id: string) =>
  queryOptions({
    queryKey: ['pedidos', 'uno', id],
    queryFn: ({ signal }) => pedir(cliente().pedidos.pedidos({ id }).get(con(signal))),
  })

/** `pedido` after what `evento` tells, if it is about this order and news to it. */
export function alDia(pedido: Pedido, { pedidoId, estado, motivo, en }: EventoPedido): Pedido {
  if (pedido.id !== pedidoId || pedido.actualizadoEn > en) return pedido
  return { ...pedido, estado, motivo, actualizadoEn: en }
}

export async function cancelarPedido(id: string, motivo: string): Promise<Pedido> {
  const cuerpo = { estado: 'Cancelado' as const, ...(motivo === '' ? {} : { motivo }) }
  return await pedir(cliente().pedidos.pedidos({ id }).patch(cuerpo))
}
