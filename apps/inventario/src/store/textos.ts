/**
 * Spelt once: SQLite uses a partial index only for the very expression that it was made with. The
 * column stands first because SQLite would turn the comparison round, and then not recognise it.
 */
export const textoBajoMinimo = '"umbral_minimo" >= "fisico" - "reservado"'

type Columnas = Readonly<Record<string, 'text' | 'bigint'>>

/** How each engine spells lists that come as one JSON parameter. */
export interface Dialecto {
  /** The rows of a list of objects, as a table of the columns that are named. */
  readonly filas: (parametro: number, columnas: Columnas) => string
  /** Whether what stands before it is among what a query finds: looked up by an index. */
  readonly en: (consulta: string) => string
  /**
   * A change of each row that a list names, which fails where one is missing: so it can be the last of a
   * write. Where nobody but this process writes, none can be.
   */
  readonly todas: (cambio: string, parametro: number) => string
}

const sqlite: Dialecto = {
  filas: (parametro, columnas) =>
    `(SELECT ${Object.keys(columnas)
      .map((columna) => `value ->> '${columna}' AS ${columna}`)
      .join(', ')} FROM json_each(?${parametro}))`,
  en: (consulta) => `IN (${consulta})`,
  todas: (cambio) => cambio,
}

const postgres: Dialecto = {
  filas: (parametro, columnas) =>
    `(SELECT * FROM json_to_recordset(?${parametro}::text::json) AS x(${Object.entries(columnas)
      .map((columna) => columna.join(' '))
      .join(', ')}))`,
  en: (consulta) => `= ANY(ARRAY(${consulta}))`,
  // A division by zero.
  todas: (cambio, parametro) => `WITH hechas AS (${cambio} RETURNING 1)
    SELECT 1 / (count(*) = json_array_length(?${parametro}::text::json))::int AS todas FROM hechas`,
}

/** The text of a statement that takes lists, for both engines. */
export const conListas = (texto: (dialecto: Dialecto) => string) => ({
  sqlite: texto(sqlite),
  postgres: texto(postgres),
})
