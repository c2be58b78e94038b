import type { Storage } from '@encargo/storage'
import { eq } from 'drizzle-orm'
import type { Archivado, Edicion } from '../domain/catalogo.ts'
import { type Autoria, type DatosProducto, diferencia } from '../domain/producto.ts'
import { aProducto, columnasDe, columnasDeAlta, type Fila } from './rows.ts'
import { precios, productos, type schema } from './tables.ts'

export type Db = Storage<typeof schema>['db']

/** Writes a new product, with the first line of its history of prices. */
export function insertar(
  db: Db,
  id: string,
  datos: DatosProducto,
  { usuarioId, ahora }: Autoria,
): Fila {
  const fila = db
    .insert(productos)
    .values({ ...columnasDeAlta(datos), id, version: 1, creadoEn: ahora, actualizadoEn: ahora })
    .returning()
    .get()
  const { n: productoN, precio } = fila
  db.insert(precios).values({ productoN, precio, desde: ahora, usuarioId }).run()
  return fila
}

/** What became of an edit, in the table's terms. */
export type Cambio =
  { readonly tipo: 'guardado'; readonly fila: Fila } | { readonly tipo: 'version-distinta' }

/**
 * Writes what an edit changes, with the history of prices. Runs inside the write that read `fila`:
 * the version that is checked is the one changed.
 */
export function cambiar(db: Db, fila: Fila, edicion: Edicion): Cambio {
  const { ahora, usuarioId } = edicion
  if (!edicion.admite(fila.version)) return { tipo: 'version-distinta' }
  const cambios = diferencia(fila, edicion.cambios)
  if (Object.keys(cambios).length === 0) return { tipo: 'guardado', fila }
  const guardada = db
    .update(productos)
    .set({ ...columnasDe(cambios), version: fila.version + 1, actualizadoEn: ahora })
    .where(eq(productos.n, fila.n))
    .returning()
    .get()
  if (cambios.precio !== undefined) {
    const { precio } = guardada
    db.insert(precios).values({ productoN: fila.n, precio, desde: ahora, usuarioId }).run()
  }
  return { tipo: 'guardado', fila: guardada }
}

/** The same, as the domain knows it. */
export function vistoDe(cambio: Cambio, moneda: string): Archivado {
  return cambio.tipo === 'guardado'
    ? { tipo: 'guardado', producto: aProducto(cambio.fila, moneda) }
    : cambio
}
