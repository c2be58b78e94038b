import { type Asked, type Statement, statement, type Value } from '@encargo/storage'

/** How many rows a statement reads or writes: it may be a way to a server, and keeps others waiting. */
export const filasPorLote = 100

const enteras = [
  'k',
  'n',
  'precio',
  'activo',
  'peso_gramos',
  'version',
  'creado_en',
  'actualizado_en',
  'reglas',
]

const conocidas = new Map<string, Statement<never, readonly [filas: string, ...Value[]]>>()

/** What stands in a statement before the table `d` of its rows and behind it. */
interface Alrededor {
  readonly antes: string
  readonly despues: string | { readonly sqlite: string; readonly postgres: string }
}

/**
 * Finds the products whose numbers are the first column. PostgreSQL is told so twice: how to find them is
 * planned once, maybe while there are none, and would be to walk along all of them.
 */
export const porN = {
  sqlite: 'WHERE productos.n = d.n',
  postgres: `WHERE productos.n = d.n AND productos.n = ANY(ARRAY(
    SELECT (value ->> 1)::bigint FROM jsonb_array_elements(?1::text::jsonb)))`,
}

/**
 * Writes many rows by one statement, which finds them in a table `d` with these columns and `k`, which
 * counts them from 1. Parameters of its own begin at `?2`.
 */
export function deLote(
  columnas: readonly string[],
  filas: readonly (readonly Value[])[],
  { antes, despues }: Alrededor,
  ...otros: Value[]
): Asked<number> {
  const fin = typeof despues === 'string' ? { sqlite: despues, postgres: despues } : despues
  const clave = [antes, ...columnas, fin.sqlite].join()
  let conocida = conocidas.get(clave)
  if (!conocida) {
    const vistas = ['k', ...columnas].map((columna, at) =>
      enteras.includes(columna)
        ? `CAST(value ->> ${at} AS bigint) AS ${columna}`
        : `value ->> ${at} AS ${columna}`,
    )
    const desde = `${antes} (SELECT ${vistas.join(', ')} FROM`
    conocida = statement<never, readonly [filas: string, ...Value[]]>({
      sqlite: `${desde} json_each(?1)) AS d ${fin.sqlite}`,
      postgres: `${desde} jsonb_array_elements(?1::text::jsonb)) AS d ${fin.postgres}`,
    })
    conocidas.set(clave, conocida)
  }
  return conocida.run(JSON.stringify(filas.map((fila, at) => [at + 1, ...fila])), ...otros)
}
