import { type Asked, type Statement, statement, type Value } from '@encargo/storage'

/** How many rows a statement reads or writes: it may be a way to a server, and keeps others waiting. */
export const filasPorLote = 100

const enteras = ['k', 'n', 'precio', 'activo', 'version', 'creado_en', 'actualizado_en', 'reglas']

const conocidas = new Map<string, Statement<never, readonly [filas: string, ...Value[]]>>()

/**
 * Writes many rows by one statement, which finds them in a table `d` with these columns and `k`, which
 * counts them from 1; `texto` is what stands before and behind that table. Parameters of its own begin
 * at `?2`.
 */
export function deLote(
  columnas: readonly string[],
  filas: readonly (readonly Value[])[],
  [antes, despues]: readonly [antes: string, despues: string],
  ...otros: Value[]
): Asked<number> {
  const clave = [antes, ...columnas, despues].join()
  let conocida = conocidas.get(clave)
  if (!conocida) {
    const tabla = ['k', ...columnas]
    const de = (fuente: string) => {
      const vistas = tabla.map((columna, at) =>
        enteras.includes(columna)
          ? `CAST(value ->> ${at} AS bigint) AS ${columna}`
          : `value ->> ${at} AS ${columna}`,
      )
      return `${antes} (SELECT ${vistas.join(', ')} FROM ${fuente}) AS d ${despues}`
    }
    conocida = statement<never, readonly [filas: string, ...Value[]]>({
      sqlite: de('json_each(?1)'),
      postgres: de('jsonb_array_elements(?1::text::jsonb)'),
    })
    conocidas.set(clave, conocida)
  }
  return conocida.run(JSON.stringify(filas.map((fila, at) => [at + 1, ...fila])), ...otros)
}
