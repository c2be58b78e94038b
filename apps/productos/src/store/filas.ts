import { statement } from '@encargo/storage'
import type { Producto } from '../domain/producto.ts'

/** A product's row, as far as anybody reads it. */
export interface Fila {
  readonly n: number
  readonly id: string
  readonly sku: string
  readonly skuClave: string
  readonly nombre: string
  readonly nombrePlegado: string
  readonly descripcion: string
  readonly precio: number
  readonly categoria: string | null
  readonly imagenUrl: string | null
  readonly atributos: string
  readonly activo: number
  readonly claseImpuesto: string
  readonly pesoGramos: number | null
  readonly version: number
  readonly creadoEn: number
  readonly actualizadoEn: number
}

/** What is selected for a `Fila`. */
export const columnas = `n, id, sku, sku_clave AS "skuClave", nombre, nombre_plegado AS "nombrePlegado",
  descripcion, precio, categoria, imagen_url AS "imagenUrl", atributos, activo,
  clase_impuesto AS "claseImpuesto", peso_gramos AS "pesoGramos", version, creado_en AS "creadoEn",
  actualizado_en AS "actualizadoEn"`

export const porId = statement<Fila, [id: string]>(
  `SELECT ${columnas} FROM productos WHERE id = ?1`,
)

export const porIds = statement<Fila, [ids: string]>(
  `SELECT ${columnas} FROM productos WHERE id IN (SELECT value FROM json_each(?1))`,
)

/** A row as the domain knows it. */
export const aProducto = (fila: Fila): Producto => ({
  id: fila.id,
  sku: fila.sku,
  nombre: fila.nombre,
  descripcion: fila.descripcion,
  precio: fila.precio,
  categoria: fila.categoria,
  imagenUrl: fila.imagenUrl,
  atributos: JSON.parse(fila.atributos),
  activo: fila.activo === 1,
  claseImpuesto: fila.claseImpuesto,
  pesoGramos: fila.pesoGramos,
  version: fila.version,
  creadoEn: fila.creadoEn,
  actualizadoEn: fila.actualizadoEn,
})

/** The rows in the order in which they were asked for by `claves`; those that are not there are left out. */
export function enOrden<F, T>(
  claves: readonly string[],
  filas: readonly F[],
  claveDe: (fila: F) => string,
  visto: (fila: F) => T,
): T[] {
  const porClave = new Map(filas.map((fila) => [claveDe(fila), fila]))
  return claves.flatMap((clave) => {
    const fila = porClave.get(clave)
    return fila ? [visto(fila)] : []
  })
}
