import { queryOptions } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'

/** How far back the ledger of one product is read for one line of it, in pages of 200. */
const paginasMaximas = 5

async function pedirLibro(productoId: string, cursor: string | null, signal: AbortSignal) {
  const query = { limite: 200, ...(cursor === null ? {} : { cursor }) }
  const { movimientos } = cliente().inventario.inventario({ productoId })
  return await pedir(movimientos.get({ query, ...con(signal) }))
}
export type Movimiento = Awaited<ReturnType<typeof pedirLibro>>['datos'][number]

/** The line of a product's ledger that an order left, or null; `desde`: when the order was placed. */
async function buscarSalida(
  { pedidoId, productoId, desde }: Salida,
  signal: AbortSignal,
): Promise<Movimiento | null> {
  let cursor: string | null = null
  for (let pagina = 0; pagina < paginasMaximas; pagina++) {
    const { datos, siguiente } = await pedirLibro(productoId, cursor, signal)
    const hallada = datos.find((uno) => uno.pedidoId === pedidoId)
    if (hallada) return hallada
    const ultima = datos.at(-1)
    if (siguiente === null || !ultima || ultima.creadoEn < desde) return null
    cursor = siguiente
  }
  return null
}

interface Salida {
  readonly pedidoId: string
  readonly productoId: string
  readonly desde: string
}

/** What an order that is completed took from the stock of one product: this never changes. */
export const opcionesSalida = (salida: Salida) =>
  queryOptions({
    queryKey: ['existencias', 'salida', salida.pedidoId, salida.productoId],
    staleTime: Infinity,
    queryFn: ({ signal }) => buscarSalida(salida, signal),
  })
