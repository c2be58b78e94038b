import { limiteFisico } from './existencia.ts'
import type { Linea } from './reserva.ts'

/** Units of an order that are back in the stock, by the id that whoever asked for it gave it. */
export interface Devolucion {
  readonly id: string
  readonly pedidoId: string
  /** One line a product, in id order. */
  readonly lineas: readonly Linea[]
  readonly creadaEn: number
}

/** What an order sold of a product less what came back, and how much of it is there. */
export interface Vendida {
  readonly productoId: string
  readonly quedan: number
  readonly fisico: number
}

/** A product of which more would come back than the order still has. */
export interface Excedida {
  readonly productoId: string
  readonly solicitado: number
  readonly quedan: number
}

export type RechazoDevolucion =
  | { readonly tipo: 'excedida'; readonly excedidas: readonly Excedida[] }
  | { readonly tipo: 'fuera-de-limite' }

/** Why these lines can't come back, if they can't. */
export function impedimento(
  lineas: readonly Linea[],
  vendidas: readonly Vendida[],
): RechazoDevolucion | undefined {
  const de = new Map(vendidas.map((vendida) => [vendida.productoId, vendida]))
  const excedidas = lineas.flatMap(({ productoId, cantidad: solicitado }) => {
    const quedan = de.get(productoId)?.quedan ?? 0
    return solicitado > quedan ? [{ productoId, solicitado, quedan }] : []
  })
  if (excedidas.length > 0) return { tipo: 'excedida', excedidas }
  const cabe = ({ productoId, cantidad }: Linea) =>
    (de.get(productoId)?.fisico ?? 0) + cantidad <= limiteFisico
  return lineas.every(cabe) ? undefined : { tipo: 'fuera-de-limite' }
}
