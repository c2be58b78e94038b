import type { Database } from 'bun:sqlite'

/** What a column holds, on both engines alike. */
export interface Column {
  readonly name: string
  readonly type: 'bigint' | 'bytea' | 'text'
}

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  /** Its primary key, in the order of the key. */
  readonly key: readonly string[]
}

const typeOf = (declared: string): Column['type'] => {
  if (/int/i.test(declared)) return 'bigint'
  return /blob/i.test(declared) ? 'bytea' : 'text'
}

function tableOf(client: Database, name: string): Table {
  const rows = client
    .query<{ name: string; type: string; pk: number }, [string]>(
      'SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid',
    )
    .all(name)
  const key = rows.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk)
  return {
    name,
    columns: rows.map((row) => ({ name: row.name, type: typeOf(row.type) })),
    key: key.map((row) => row.name),
  }
}

/**
 * The tables of a service's SQLite database that hold what it keeps, those first that others refer to.
 * What a full-text index is made of is no such table: it follows from the others.
 */
export function tablesOf(client: Database): readonly Table[] {
  const names = client
    .query<{ name: string }, []>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
         AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY name`,
    )
    .all()
    .map(({ name }) => name)
  const parents = client.query<{ parent: string }, [string]>(
    'SELECT "table" AS parent FROM pragma_foreign_key_list(?)',
  )
  const ordered = new Set<string>()
  function take(name: string): void {
    if (ordered.has(name)) return
    for (const { parent } of parents.all(name)) if (parent !== name) take(parent)
    ordered.add(name)
  }
  names.forEach(take)
  return [...ordered].map((name) => tableOf(client, name))
}

export const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ')

export const columnsOf = ({ columns }: Table) => quoted(columns.map(({ name }) => name))
