import { plegar } from '@encargo/service-kit/values/search-words'
import { list, type Script, type Value } from '@encargo/storage'
import type { Busqueda, Lugar, Orden } from '../domain/busqueda.ts'
import type { Hallado } from '../ports.ts'
import { expresionesDe, sinOtras } from './expresion.ts'
import { aProducto, columnas, type Fila } from './filas.ts'
import { halladas } from './indice.ts'
import { conocidas } from './palabras.ts'

/** A way through the catalogue: by which column, in which direction, and a row's place in it. */
function via(columna: string, sentido: 'ASC' | 'DESC', lugar: (fila: Fila) => Lugar) {
  const select = `SELECT ${columnas} FROM productos`
  const order = `ORDER BY ${columna} ${sentido}, n ${sentido} LIMIT ?`
  const tras = `(${columna}, n) ${sentido === 'ASC' ? '>' : '<'} (?, ?)`
  return { filas: list<Fila>(select, order), tras, lugar }
}

/** The orders that one column tells. */
export const vias = {
  nombre: via('nombre_plegado', 'ASC', (fila) => ['nombre', fila.nombrePlegado, fila.n]),
  precio: via('precio', 'ASC', (fila) => ['precio', fila.precio, fila.n]),
  '-precio': via('precio', 'DESC', (fila) => ['-precio', fila.precio, fila.n]),
  '-creadoEn': via('creado_en', 'DESC', (fila) => ['-creadoEn', fila.creadoEn, fila.n]),
} satisfies Record<Exclude<Orden, 'relevancia'>, unknown>

interface Vuelta {
  /** What its words come to. */
  readonly expresion?: string | undefined
  /** The last two of a `Lugar`. */
  readonly tras?: readonly [valor: Value, n: number] | undefined
  readonly limite: number
}

const lasHalladas = halladas('?')
const deEstas = list<Fila>(`SELECT ${columnas} FROM productos`, '')

/** Those of these ids that an expression finds. By the ids, of which there are few. */
export const porIdsHallados = (ids: readonly string[], expresion: string) =>
  deEstas([
    ['id IN (SELECT value FROM json_each(?))', JSON.stringify(ids)],
    [{ ...lasHalladas, sqlite: `+${lasHalladas.sqlite}` }, expresion],
  ])

/** What a search asks of the table on one way through it. */
export function preguntaDe(
  { activo, categoria, precioMin, precioMax }: Busqueda,
  orden: keyof typeof vias,
  { expresion, tras, limite }: Vuelta,
) {
  const { filas, tras: behind } = vias[orden]
  return filas(
    [
      ['activo = ?', Number(activo)],
      categoria === undefined ? undefined : ['categoria_plegada = ?', plegar(categoria)],
      precioMin === undefined ? undefined : ['precio >= ?', precioMin],
      precioMax === undefined ? undefined : ['precio <= ?', precioMax],
      expresion === undefined ? undefined : [lasHalladas, expresion],
      tras && [behind, ...tras],
    ],
    limite,
  )
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
  const expresion = yield* hallazgoDe(palabras)
  const vuelta = { expresion, tras: trasDe(busqueda), limite: limite + 1 }
  const filas = yield* preguntaDe(busqueda, orden, vuelta)
  return filas.map((fila) => ({ producto: aProducto(fila), lugar: vias[orden].lugar(fila) }))
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
    const filas = yield* preguntaDe(busqueda, 'nombre', {
      expresion: sinOtras(ways[puesto] ?? hallados, ways.slice(0, puesto)),
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
