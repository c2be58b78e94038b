import { type Cesta, type LineaCesta, lineasMaximas } from '../../cesta/cesta.ts'

/** One more of it: on its line, or on a new one at the end. Null when no line is left for it. */
export function conUnaMas(cuenta: Cesta, articulo: Omit<LineaCesta, 'cantidad'>): Cesta | null {
  const esta = cuenta.find(({ productoId }) => productoId === articulo.productoId)
  if (!esta) {
    return cuenta.length < lineasMaximas ? [...cuenta, { ...articulo, cantidad: 1 }] : null
  }
  return cuenta.map((linea) =>
    linea === esta ? { ...articulo, cantidad: linea.cantidad + 1 } : linea,
  )
}

/** `cantidad` of it; none takes the line away. */
export const conCantidad = (cuenta: Cesta, productoId: string, cantidad: number): Cesta =>
  cuenta
    .map((linea) => (linea.productoId === productoId ? { ...linea, cantidad } : linea))
    .filter((linea) => linea.cantidad > 0)
