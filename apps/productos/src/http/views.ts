import type { Static } from '@sinclair/typebox'
import type { Producto } from '../domain/producto.ts'
import type { ProductoVisto } from './schemas.ts'

export const instante = (ms: number) => new Date(ms).toISOString()

/** A product as callers know it; `moneda` is one for the whole shop. */
export function vista(producto: Producto, moneda: string): Static<typeof ProductoVisto> {
  const { id, sku, nombre, descripcion, precio, creadoEn, actualizadoEn, ...resto } = producto
  return {
    id,
    sku,
    nombre,
    descripcion,
    precio,
    moneda,
    ...resto,
    creadoEn: instante(creadoEn),
    actualizadoEn: instante(actualizadoEn),
  }
}
