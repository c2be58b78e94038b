import { queryOptions } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'

/** As many lines as an order may have. */
const limite = 100

/** What an order that is completed took from the stock, by product: this never changes. */
export const opcionesSalidas = (pedidoId: string) =>
  queryOptions({
    queryKey: ['existencias', 'salidas', pedidoId],
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const query = { pedidoId, limite }
      const { movimientos } = cliente().inventario.inventario
      const { datos } = await pedir(movimientos.get({ query, ...con(signal) }))
      return new Map(datos.map((uno) => [uno.productoId, uno]))
    },
  })
