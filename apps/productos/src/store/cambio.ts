import type { Archivado, Edicion } from '../ports.ts'
import { type Autoria, type DatosProducto, diferencia } from '../domain/producto.ts'
import { aProducto, columnasDe, columnasDeAlta, type Fila } from './rows.ts'
import { type Db, sentenciasDe } from './sentencias.ts'

export type { Db } from './sentencias.ts'

/** Writes a new product, with the first line of its history of prices. */
export function insertar(
  db: Db,
  id: string,
  datos: DatosProducto,
  { usuarioId, ahora }: Autoria,
): Fila {
  const { alta, precio } = sentenciasDe(db)
  const fila = alta.get({ ...columnasDeAlta(datos), id, ahora })
  precio.run({ productoN: fila.n, precio: fila.precio, desde: ahora, usuarioId })
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
  const columnas = { ...columnasDe(cambios), version: fila.version + 1, actualizadoEn: ahora }
  const sentencias = sentenciasDe(db)
  const guardada = sentencias.cambio(Object.keys(columnas)).get({ ...columnas, n: fila.n })
  if (cambios.precio !== undefined) {
    const { precio } = guardada
    sentencias.precio.run({ productoN: fila.n, precio, desde: ahora, usuarioId })
  }
  return { tipo: 'guardado', fila: guardada }
}

/** The same, as the domain knows it. */
export function vistoDe(cambio: Cambio, moneda: string): Archivado {
  return cambio.tipo === 'guardado'
    ? { tipo: 'guardado', producto: aProducto(cambio.fila, moneda) }
    : cambio
}
