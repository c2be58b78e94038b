import { palabrasPlegadas } from '@encargo/service-kit/values/search-words'
import { type Engine, statement, together } from '@encargo/storage'

/** As far as words are compared, in characters: PostgreSQL takes none of more than 2046 bytes. */
const longest = 400
const recortada = (palabra: string) =>
  palabra.length <= longest ? palabra : Array.from(palabra).slice(0, longest).join('')

const deTexto = (texto: string) => palabrasPlegadas(texto).map(recortada)

/** What of somebody is searched: words of letters and digits alone, which both engines take as they are. */
export const palabrasDe = (nombre: string | null, email: string | null) =>
  deTexto([nombre, email].join(' ')).join(' ')

/** The words of a text that somebody looks for, as JSON. */
export const palabrasBuscadas = (q: string) => JSON.stringify(deTexto(q))

/** Who has a word that begins with each of those in a JSON list, in some order; with an empty one, nobody. */
export const conPalabras = {
  sqlite: `numero IN (SELECT rowid FROM usuarios_fts WHERE usuarios_fts MATCH
     (SELECT coalesce(group_concat('"' || value || '"*', ' '), '""') FROM json_each(?)))`,
  postgres: `numero IN (SELECT numero FROM usuarios
     WHERE array_to_tsvector(string_to_array(palabras, ' ')) @@
       (SELECT string_agg('''' || una || ''':*', ' & ')::tsquery
        FROM jsonb_array_elements_text(?::text::jsonb) AS una))`,
}

interface SinPalabras {
  readonly numero: number
  readonly nombre: string
  readonly email: string
}

/** How many are given their words in one write. */
const lot = 500
const sinPalabras = statement<SinPalabras, [limite: number]>(
  `SELECT numero, nombre, email FROM usuarios
   WHERE palabras IS NULL AND eliminado_en IS NULL ORDER BY numero LIMIT ?1`,
)
const poner = statement<never, [numero: number, palabras: string]>(
  'UPDATE usuarios SET palabras = ?2 WHERE numero = ?1',
)

/** Gives those whom an older version registered the words by which they are found. */
export async function ponerPalabras(engine: Engine): Promise<void> {
  for (let left = lot; left === lot;) {
    left = await engine.write(function* () {
      const found = yield* sinPalabras.all(lot)
      yield* together(
        ...found.map(({ numero, nombre, email }) => poner.run(numero, palabrasDe(nombre, email))),
      )
      return found.length
    })
  }
}
