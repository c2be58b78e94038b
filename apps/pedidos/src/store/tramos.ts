import { statement, type Value } from '@encargo/storage'
import { importeMaximo } from '../domain/resumen.ts'
import { niveles } from '../domain/tramos.ts'
import { enOrden, type Luego } from './en-orden.ts'

// What sums by stretches of time have in common.

/** The levels, and how many quarters of an hour a stretch of each has. */
export const tablaNiveles = `(SELECT column1 AS nivel, column2 AS largo FROM (VALUES ${niveles
  .map((largo, nivel) => `(${nivel}, ${largo})`)
  .join(', ')}) v) n`

/** Sums stay exact integers, come what may: an overflow would make them floating, or stop the follower. */
export function sumado(columna: string, tabla: string) {
  const suma = `${tabla}.${columna} + excluded.${columna}`
  return `${columna} = CASE WHEN ${suma} < ${importeMaximo} THEN ${suma} ELSE ${importeMaximo} END`
}

/** What adds up stretches that come as JSON. On PostgreSQL sums of integers are none unless it is said. */
export function deSegmentos<R, P extends readonly Value[]>(
  texto: (segmentos: string, luego: Luego, suma: (que: string) => string) => string,
) {
  const sqlite = `(SELECT value ->> 'dia' AS dia, value ->> 'nivel' AS nivel, value ->> 'desde' AS desde,
    value ->> 'hasta' AS hasta FROM json_each(?1)) s`
  const postgres =
    'jsonb_to_recordset(?1::text::jsonb) AS s (dia bigint, nivel bigint, desde bigint, hasta bigint)'
  return statement<R, [segmentos: string, ...P]>({
    sqlite: enOrden((luego) => texto(sqlite, luego, (que) => `sum(${que})`)).sqlite,
    postgres: enOrden((luego) => texto(postgres, luego, (que) => `sum(${que})::bigint`)).postgres,
  })
}

export const enSegmento = 't.nivel = s.nivel AND t.tramo >= s.desde AND t.tramo < s.hasta'
