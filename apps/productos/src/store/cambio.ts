import { type Script, statement, type Value } from '@encargo/storage'
import { type Autoria, type DatosProducto, diferencia, type Producto } from '../domain/producto.ts'
import type { Archivado, Edicion } from '../ports.ts'
import { columnasDe, reglasActuales } from './columnas.ts'
import { aProducto, columnas, type Fila, sentencia } from './filas.ts'

const nuevoPrecio = statement<
  never,
  [productoN: number, precio: number, desde: number, usuarioId: string]
>('INSERT INTO precios (producto_n, precio, desde, usuario_id) VALUES (?1, ?2, ?3, ?4)')

function* escribir(texto: string, valores: readonly Value[]): Script<Fila> {
  const fila = yield* sentencia(`${texto} RETURNING ${columnas}`).get(...valores)
  if (!fila) throw new Error('a product was written and is not there')
  return fila
}

/** Writes a new product, with the first line of its history of prices. */
export function* insertar(
  id: string,
  datos: DatosProducto,
  { usuarioId, ahora }: Autoria,
): Script<Producto> {
  const pares = Object.entries({
    id,
    ...Object.fromEntries(columnasDe(datos)),
    version: 1,
    creado_en: ahora,
    actualizado_en: ahora,
    reglas: reglasActuales,
  })
  const nombres = pares.map(([nombre]) => nombre).join(', ')
  const huecos = pares.map((_, at) => `?${at + 1}`).join(', ')
  const fila = yield* escribir(
    `INSERT INTO productos (${nombres}) VALUES (${huecos})`,
    pares.map(([, valor]) => valor),
  )
  yield* nuevoPrecio.run(fila.n, fila.precio, ahora, usuarioId)
  return aProducto(fila)
}

/**
 * Writes what an edit changes, with the history of prices: just these columns, as one that is not named
 * wakes no trigger. Runs inside the write that read `fila`: the version that is checked is the one
 * changed.
 */
export function* cambiar(fila: Fila, edicion: Edicion): Script<Archivado> {
  const { ahora, usuarioId } = edicion
  if (!edicion.admite(fila.version)) return { tipo: 'version-distinta' }
  const actual = aProducto(fila)
  const cambios = diferencia(actual, edicion.cambios)
  const pares = columnasDe(cambios)
  if (pares.length === 0) return { tipo: 'guardado', producto: actual }
  const puestas = pares.map(([nombre], at) => `${nombre} = ?${at + 3}`).join(', ')
  const guardada = yield* escribir(
    `UPDATE productos SET ${puestas}, version = version + 1, actualizado_en = ?2 WHERE n = ?1`,
    [fila.n, ahora, ...pares.map(([, valor]) => valor)],
  )
  if (cambios.precio !== undefined) {
    yield* nuevoPrecio.run(fila.n, cambios.precio, ahora, usuarioId)
  }
  return { tipo: 'guardado', producto: aProducto(guardada) }
}
