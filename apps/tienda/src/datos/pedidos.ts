import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { EventoPedido, Pedido } from '@encargo/client'
import { cliente, con, pedir } from '../api.ts'

export type EstadoPedido = Pedido['estado']
export const estadosPedido: readonly EstadoPedido[] = ['Pendiente', 'Completado', 'Cancelado']

const porPagina = 20

/** Own orders; staff must name themselves, or they would get everybody's. */
export const opcionesPedidos = (clienteId: string, estado: EstadoPedido | undefined) =>
  infiniteQueryOptions({
    queryKey: ['pedidos', 'lista', clienteId, estado ?? 'todos'],
    initialPageParam: null as string | null,
    getNextPageParam: ({ siguiente }: { siguiente: string | null }) => siguiente,
    queryFn: ({ pageParam, signal }) => {
      const query = {
        clienteId,
        limite: porPagina,
        ...(estado === undefined ? {} : { estado }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }
      return pedir(cliente().pedidos.pedidos.get({ query, ...con(signal) }))
    },
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
