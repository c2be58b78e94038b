import { type Statement, statement, type Value } from '@encargo/storage'

/**
 * A statement about a list of texts or of numbers, `?1`, which comes as JSON. `filas` is a table of it, `f`,
 * whose one column is `uno`.
 */
export const conLista = <R, P extends readonly Value[] = []>(
  texto: (filas: string) => string,
): Statement<R, [lista: string, ...P]> =>
  statement({
    sqlite: texto('(SELECT value AS uno FROM json_each(?1)) f'),
    postgres: texto('jsonb_array_elements_text(?1::text::jsonb) AS f (uno)'),
  })

/** The same of numbers, `?1`, as a condition of a column. */
export const conNumeros = <R, P extends readonly Value[] = []>(
  texto: (estaEn: string) => string,
): Statement<R, [numeros: string, ...P]> =>
  statement({
    sqlite: texto('IN (SELECT value FROM json_each(?1))'),
    postgres: texto('= ANY(ARRAY(SELECT jsonb_array_elements_text(?1::text::jsonb)::bigint))'),
  })
