/** A product of the catalogue. `precio` is in the currency's minor unit; `version` counts its edits. */
export interface Producto {
  readonly id: string
  readonly sku: string
  readonly nombre: string
  readonly descripcion: string
  readonly precio: number
  readonly moneda: string
  readonly categoria: string | null
  readonly imagenUrl: string | null
  readonly atributos: Readonly<Record<string, string>>
  readonly activo: boolean
  readonly version: number
  readonly creadoEn: string
  readonly actualizadoEn: string
}

/** What staff may set; the rest follows. */
export type DatosProducto = Pick<
  Producto,
  'sku' | 'nombre' | 'descripcion' | 'precio' | 'categoria' | 'imagenUrl' | 'atributos' | 'activo'
>

/** One price that a product had, from `desde` on. */
export interface PrecioHistorico {
  readonly precio: number
  readonly desde: string
  readonly usuarioId: string
}

/** The product after an edit, or the same object when nothing changes, so that a repeat writes nothing. */
export function editar(producto: Producto, cambios: Partial<DatosProducto>, ahora: string): Producto {
  const changed = Object.entries(cambios).some(
    ([field, value]) => !Bun.deepEquals(producto[field as keyof DatosProducto], value),
  )
  if (!changed) return producto
  return { ...producto, ...cambios, version: producto.version + 1, actualizadoEn: ahora }
}
