import { plegar } from '@encargo/service-kit/values/search-words'
import type { Script, Value } from '@encargo/storage'
import type { Busqueda, Lugar, Orden } from '../domain/busqueda.ts'
import type { Hallado } from '../ports.ts'
import { expresionesDe } from './expresion.ts'
import { aProducto, columnas, type Fila, sentencia } from './filas.ts'
import { conocidas } from './palabras.ts'

/** A way through the catalogue: the column it goes by, in which direction, and a row's place in it. */
interface Via {
  readonly columna: string
  readonly sentido: 'ASC' | 'DESC'
  readonly lugar: (fila: Fila) => Lugar
}

/** The orders that one column tells. */
export const vias: Record<Exclude<Orden, 'relevancia'>, Via> = {
  nombre: {
    columna: 'nombre_plegado',
    sentido: 'ASC',
    lugar: (fila) => ['nombre', fila.nombrePlegado, fila.n],
  },
  precio: {
    columna: 'precio',
    sentido: 'ASC',
    lugar: (fila) => ['precio', fila.precio, fila.n],
  },
  '-precio': {
    columna: 'precio',
    sentido: 'DESC',
    lugar: (fila) => ['-precio', fila.precio, fila.n],
  },
  '-creadoEn': {
    columna: 'creado_en',
    sentido: 'DESC',
    lugar: (fila) => ['-creadoEn', fila.creadoEn, fila.n],
  },
}

/** Rows that an expression of SQLite's FTS5 finds. */
export const halladas = (expresion: string) =>
  `n IN (SELECT rowid FROM productos_fts WHERE productos_fts MATCH ${expresion})`

interface Vuelta {
  /** What its words come to. */
  readonly expresion?: string | undefined
  /** The last two of a `Lugar`. */
  readonly tras?: readonly [valor: Value, n: number] | undefined
  readonly limite: number
}

/** What a search asks of the table on one way through it. */
export function preguntaDe(
  { activo, categoria, precioMin, precioMax }: Busqueda,
  { columna, sentido }: Via,
  { expresion, tras, limite }: Vuelta,
) {
  const valores: Value[] = []
  const dado = (valor: Value) => `?${valores.push(valor)}`
  const donde = [`activo = ${dado(Number(activo))}`]
  if (categoria !== undefined) donde.push(`categoria_plegada = ${dado(plegar(categoria))}`)
  if (precioMin !== undefined) donde.push(`precio >= ${dado(precioMin)}`)
  if (precioMax !== undefined) donde.push(`precio <= ${dado(precioMax)}`)
  if (expresion !== undefined) donde.push(halladas(dado(expresion)))
  if (tras) {
    const behind = sentido === 'ASC' ? '>' : '<'
    donde.push(`(${columna}, n) ${behind} (${tras.map(dado).join(', ')})`)
  }
  const texto = `SELECT ${columnas} FROM productos WHERE ${donde.join(' AND ')}
    ORDER BY ${columna} ${sentido}, n ${sentido} LIMIT ${dado(limite)}`
  return sentencia(texto).all(...valores)
}

/** Where a list goes on; a place in another order is none in this. */
function trasDe({ orden, tras }: Busqueda): Vuelta['tras'] {
  if (tras === undefined) return undefined
  if (tras[0] !== orden) throw new Error(`a place by ${tras[0]} in a list by ${orden}`)
  return tras[0] === 'relevancia' ? [tras[2], tras[3]] : [tras[1], tras[2]]
}

/** What the words of a search find at all; undefined: it names none. */
export function* hallazgoDe(palabras: Busqueda['palabras']): Script<string | undefined> {
  return palabras && expresionesDe(yield* conocidas(palabras)).hallados
}

export function* buscar(busqueda: Busqueda): Script<readonly Hallado[]> {
  const { palabras, orden, limite } = busqueda
  // Text without words asks for something that nothing is.
  if (palabras?.length === 0) return []
  if (orden === 'relevancia') return yield* porRelevancia(busqueda)
  const via = vias[orden]
  const expresion = yield* hallazgoDe(palabras)
  const vuelta = { expresion, tras: trasDe(busqueda), limite: limite + 1 }
  const filas = yield* preguntaDe(busqueda, via, vuelta)
  return filas.map((fila) => ({ producto: aProducto(fila), lugar: via.lugar(fila) }))
}

/**
 * What answers the words, best first. What answers equally well is by name. Looks at one way of
 * answering after the other, so the first page of a word that thousands have costs no more than its
 * first rows.
 */
function* porRelevancia(busqueda: Busqueda): Script<Hallado[]> {
  const { hallados, lugares } = expresionesDe(yield* conocidas(busqueda.palabras ?? []))
  const ways = [...lugares, hallados]
  const tras = trasDe(busqueda)
  const from = busqueda.tras?.[0] === 'relevancia' ? busqueda.tras[1] : 0
  const found: Hallado[] = []
  for (let puesto = from; puesto < ways.length && found.length <= busqueda.limite; puesto++) {
    const before = ways.slice(0, puesto)
    const not = before.length === 0 ? '' : ` NOT (${before.map((way) => `(${way})`).join(' OR ')})`
    const filas = yield* preguntaDe(busqueda, vias.nombre, {
      expresion: `(${ways[puesto]})${not}`,
      // Its row is among the first that are looked at.
      tras: puesto === from ? tras : undefined,
      limite: busqueda.limite + 1 - found.length,
    })
    for (const fila of filas) {
      const lugar = ['relevancia', puesto, fila.nombrePlegado, fila.n] as const
      found.push({ producto: aProducto(fila), lugar })
    }
  }
  return found
}
