import type { SqlText } from '@encargo/storage'

/** Goes on from what stands before it to the rows of one more table, under a name, by a condition. */
export type Luego = (tabla: string, como: string, si: string) => string

const luego: Record<'sqlite' | 'postgres', Luego> = {
  sqlite: (tabla, como, si) => `CROSS JOIN ${tabla} ${como} ON ${si}`,
  // What has an OFFSET is looked at on its own, for each row that comes before it.
  postgres: (tabla, como, si) =>
    `CROSS JOIN LATERAL (SELECT * FROM ${tabla} ${como} WHERE ${si} OFFSET 0) ${como}`,
}

/**
 * A text whose tables are gone through in the order in which it names them, by the indexes of their keys,
 * whatever an engine's statistics say: by theirs, a few rows may be looked for by reading all of a table.
 */
export const enOrden = (texto: (luego: Luego) => string): Exclude<SqlText, string> => ({
  sqlite: texto(luego.sqlite),
  postgres: texto(luego.postgres),
})
