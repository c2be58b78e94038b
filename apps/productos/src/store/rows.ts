import type { Cambios, DatosProducto, Producto } from '../domain/producto.ts'
import { derivadosDe, derivadosDeAlta } from './derivados.ts'
import type { productos } from './sqlite/tables.ts'

export type Fila = typeof productos.$inferSelect

/** A row as the domain knows it; the currency is one for the whole deployment. */
export function aProducto(fila: Fila, moneda: string): Producto {
  return {
    id: fila.id,
    sku: fila.sku,
    nombre: fila.nombre,
    descripcion: fila.descripcion,
    precio: fila.precio,
    moneda,
    categoria: fila.categoria,
    imagenUrl: fila.imagenUrl,
    atributos: fila.atributos,
    activo: fila.activo,
    version: fila.version,
    creadoEn: fila.creadoEn.toISOString(),
    actualizadoEn: fila.actualizadoEn.toISOString(),
  }
}

/** The columns that an edit of these fields writes. */
export const columnasDe = (cambios: Cambios) => ({ ...cambios, ...derivadosDe(cambios) })

/** The columns of a new product. */
export const columnasDeAlta = (datos: DatosProducto) => ({ ...datos, ...derivadosDeAlta(datos) })
