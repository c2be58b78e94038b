import type { Engine } from '@encargo/storage'
import { rows } from '@encargo/storage/testing'
import { describeOnPostgres, testDatabase } from '@encargo/storage/testing/postgres'
import { beforeAll, expect, test } from 'bun:test'
import { openAuthPostgres } from '../../apps/auth/src/store/postgres/open.ts'
import { openAuthStorage } from '../../apps/auth/src/store/sqlite/open.ts'
import { openInventarioPostgres } from '../../apps/inventario/src/store/postgres/open.ts'
import { openInventarioStorage } from '../../apps/inventario/src/store/sqlite/open.ts'
import { openPedidosPostgres } from '../../apps/pedidos/src/store/postgres/open.ts'
import { openPedidosStorage } from '../../apps/pedidos/src/store/sqlite/open.ts'
import { openProductosPostgres } from '../../apps/productos/src/store/postgres/open.ts'
import { openProductosStorage } from '../../apps/productos/src/store/sqlite/open.ts'

const openers = {
  auth: [openAuthStorage, openAuthPostgres],
  inventario: [openInventarioStorage, openInventarioPostgres],
  pedidos: [openPedidosStorage, openPedidosPostgres],
  productos: [openProductosStorage, openProductosPostgres],
} as const

/** What a schema promises, a line for each thing. */
type Schema = ReadonlySet<string>

/** Columns, rules, keys and indexes by name, in words that are the same for both. */
const onSqlite = [
  `SELECT 'column ' || t.name || '.' || c.name || ' ' || lower(c.type) ||
     iif(c."notnull" OR c.pk > 0, ' not null', '') || coalesce(' default ' || c.dflt_value, '') AS line
   FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'`,
  `SELECT 'key ' || t.name || ' (' || (SELECT group_concat(name, ', ' ORDER BY pk)
     FROM pragma_table_info(t.name) WHERE pk > 0) || ')' AS line
   FROM sqlite_schema t WHERE t.type = 'table'`,
  `SELECT 'reference ' || t.name || '.' || f."from" || ' ' || f."table" || '.' || coalesce(f."to", '') ||
     ' on delete ' || lower(f.on_delete) AS line
   FROM sqlite_schema t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'`,
  `SELECT iif(i."unique", 'unique ', 'index ') || t.name || ' ' || i.name AS line
   FROM sqlite_schema t, pragma_index_list(t.name) i WHERE t.type = 'table' AND i.origin = 'c'`,
  "SELECT 'trigger ' || tbl_name || ' ' || name AS line FROM sqlite_schema WHERE type = 'trigger'",
]
const onPostgres = [
  `SELECT 'column ' || table_name || '.' || column_name || ' ' ||
     CASE data_type WHEN 'bigint' THEN 'integer' WHEN 'bytea' THEN 'blob' ELSE data_type END ||
     CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END ||
     coalesce(' default ' || regexp_replace(column_default, '::\\w+', '', 'g'), '') AS line
   FROM information_schema.columns WHERE table_schema = current_schema()`,
  `SELECT 'key ' || conrelid::regclass || ' (' || (SELECT string_agg(attname, ', ' ORDER BY at)
     FROM unnest(conkey) WITH ORDINALITY AS k (num, at)
       JOIN pg_attribute ON attrelid = conrelid AND attnum = num) || ')' AS line
   FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND contype = 'p'`,
  `SELECT 'reference ' || conrelid::regclass || '.' || a.attname || ' ' ||
     confrelid::regclass || '.' || b.attname ||
     CASE confdeltype WHEN 'c' THEN ' on delete cascade' ELSE ' on delete no action' END AS line
   FROM pg_constraint JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1]
     JOIN pg_attribute b ON b.attrelid = confrelid AND b.attnum = confkey[1]
   WHERE connamespace = current_schema()::regnamespace AND contype = 'f'`,
  `SELECT 'check ' || conrelid::regclass || ' ' || conname AS line
   FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND contype = 'c'`,
  `SELECT CASE WHEN indisunique THEN 'unique ' ELSE 'index ' END || indrelid::regclass || ' ' ||
     c.relname AS line
   FROM pg_index JOIN pg_class c ON c.oid = indexrelid
   WHERE c.relnamespace = current_schema()::regnamespace AND NOT indisprimary`,
  `SELECT 'trigger ' || tgrelid::regclass || ' ' || tgname AS line
   FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
   WHERE c.relnamespace = current_schema()::regnamespace AND NOT tgisinternal`,
]

const linesOf = async (engine: Engine, queries: readonly string[]): Promise<string[]> => {
  const all = await Promise.all(
    queries.map((query) => rows<{ line: string | null }>(engine, query)),
  )
  return all.flat().flatMap(({ line }) => line ?? [])
}

async function checksOf(engine: Engine): Promise<string[]> {
  const tables = await rows<{ name: string; sql: string }>(
    engine,
    "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL",
  )
  return tables.flatMap(({ name, sql }) =>
    [...sql.matchAll(/CONSTRAINT ["`]?(\w+)["`]? CHECK/gi)].map((one) => `check ${name} ${one[1]}`),
  )
}

/** What only keeps the database itself, or an index of words, which each engine has in its own way. */
const own = / (?:sqlite_|__)|_(?:fts|palabras)(?:_|\b)/

const comparable = (lines: readonly string[]): Schema =>
  new Set(lines.filter((line) => !own.test(line)))

/** What is different, on purpose: what only the one has, and what only the other. */
interface Differences {
  readonly sqlite: readonly string[]
  readonly postgres: readonly string[]
}

const stated: Readonly<Record<keyof typeof openers, Differences>> = {
  auth: {
    sqlite: [
      // Which is 1.
      'column cuentas_servicio.activa integer not null default true',
      // One trigger there for this and for changes.
      'trigger auditoria auditoria_sin_borrados',
      // Nothing is replaced there but by an update.
      'trigger auditoria auditoria_sin_reemplazos',
    ],
    postgres: [
      'column cuentas_servicio.activa integer not null default 1',
      // Keys that lie in files where one process alone signs.
      'column claves_firma.firma_desde integer not null',
      'column claves_firma.kid text not null',
      'column claves_firma.pkcs8 text not null',
      'key claves_firma (kid)',
      // TRUNCATE passes by the triggers of rows.
      'trigger auditoria auditoria_sin_vaciado',
    ],
  },
  inventario: {
    // Each sale would write in it there: a row that changes has a new version, and all its indexes have.
    sqlite: ['index existencias existencias_bajo_minimo'],
    postgres: [
      // The rule of `faltan`, which has no name in SQLite.
      'check existencias existencias_check',
      // SQLite walks along those of the product, as it has them at hand.
      'index movimientos movimientos_recuentos',
    ],
  },
  pedidos: {
    sqlite: [],
    postgres: [
      // What one process alone can remember, several have to ask for.
      'index pedidos pedidos_abiertos',
      // The half of `pedido_eventos_fijos` that asks other tables, which a WHEN may not there.
      'trigger pedido_eventos pedido_eventos_olvido',
    ],
  },
  productos: {
    // One function there does what `imagenes_nombrada_cambio` and this one do.
    sqlite: ['trigger productos imagenes_soltada'],
    postgres: [],
  },
}

describeOnPostgres('the tables of a service on SQLite and on PostgreSQL', () => {
  let url: string
  beforeAll(async () => {
    url = await testDatabase()
  })
  for (const service of ['auth', 'inventario', 'pedidos', 'productos'] as const) {
    const [openSqlite, openPostgres] = openers[service]
    test(`are the same in ${service}, but for what is stated`, async () => {
      const sqlite = openSqlite(':memory:')
      const postgres = await openPostgres(url)
      try {
        const one = comparable([...(await linesOf(sqlite, onSqlite)), ...(await checksOf(sqlite))])
        const other = comparable(await linesOf(postgres, onPostgres))
        expect({
          sqlite: [...one.difference(other)].toSorted(),
          postgres: [...other.difference(one)].toSorted(),
        }).toEqual({
          sqlite: stated[service].sqlite.toSorted(),
          postgres: stated[service].postgres.toSorted(),
        })
      } finally {
        await Promise.all([sqlite.close(), postgres.close()])
      }
    })
  }
})
