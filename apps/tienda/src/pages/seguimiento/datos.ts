import type { PedidoSeguido } from '@encargo/client'
import { queryOptions } from '@tanstack/react-query'
import { con, pedir, visitante } from '../../api.ts'

/** The order of a link. */
export const opcionesSeguido = (token: string) =>
  queryOptions({
    queryKey: ['seguimiento', token],
    queryFn: ({ signal }) => pedir(visitante().pedidos.seguimiento({ token }).get(con(signal))),
  })

export async function cancelarSeguido(token: string, motivo: string): Promise<PedidoSeguido> {
  const cuerpo = motivo === '' ? {} : { motivo }
  return await pedir(visitante().pedidos.seguimiento({ token }).cancelar.post(cuerpo))
}
