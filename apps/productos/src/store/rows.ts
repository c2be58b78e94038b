import type { Cambios, DatosProducto, Producto } from '../domain/producto.ts'
import { claveOrden, plegar } from '../domain/texto.ts'
import type { productos } from './tables.ts'

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

/** The folded columns follow from the texts; they change with them and only with them. */
function derivados({ nombre, categoria }: Cambios) {
  return {
    ...(nombre === undefined ? {} : { nombrePlegado: claveOrden(nombre) }),
    ...(categoria === undefined
      ? {}
      : { categoriaPlegada: categoria === null ? null : plegar(categoria) }),
  }
}

/** The columns that an edit of these fields writes. */
export const columnasDe = (cambios: Cambios) => ({ ...cambios, ...derivados(cambios) })

/** The columns of a new product. */
export const columnasDeAlta = (datos: DatosProducto) => ({
  ...datos,
  nombrePlegado: claveOrden(datos.nombre),
  categoriaPlegada: datos.categoria === null ? null : plegar(datos.categoria),
})
