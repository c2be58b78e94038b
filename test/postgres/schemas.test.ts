import { type Engine, statement, type Storage } from '@encargo/storage'
import { rows } from '@encargo/storage/testing'
import { describeOnPostgres, testDatabase } from '@encargo/storage/testing/postgres'
import { beforeAll, expect, test } from 'bun:test'
import { openAuthPostgres } from '../../apps/auth/src/store/postgres/open.ts'
import { openAuthStorage } from '../../apps/auth/src/store/sqlite/open.ts'
import { openInventarioPostgres } from '../../apps/inventario/src/store/postgres/open.ts'
import { openInventarioStorage } from '../../apps/inventario/src/store/sqlite/open.ts'
import { openPagosPostgres } from '../../apps/pagos/src/store/postgres/open.ts'
import { openPagosStorage } from '../../apps/pagos/src/store/sqlite/open.ts'
import { openPedidosPostgres } from '../../apps/pedidos/src/store/postgres/open.ts'
import { openPedidosStorage } from '../../apps/pedidos/src/store/sqlite/open.ts'
import { openProductosPostgres } from '../../apps/productos/src/store/postgres/open.ts'
import { openProductosStorage } from '../../apps/productos/src/store/sqlite/open.ts'
import { rulesOf } from './rules.ts'

const openers = {
  auth: [openAuthStorage, openAuthPostgres],
  inventario: [openInventarioStorage, openInventarioPostgres],
  pagos: [openPagosStorage, openPagosPostgres],
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
  // Without the columns of the key at its end, which SQLite puts there by itself.
  `SELECT iif(i."unique", 'unique ', 'index ') || t.name || ' ' || i.name || ' (' ||
     coalesce((SELECT group_concat(name, ', ' ORDER BY seqno) FROM pragma_index_info(i.name) c
       WHERE i."unique" OR seqno <= (SELECT max(d.seqno) FROM pragma_index_info(i.name) d
         WHERE d.name NOT IN (SELECT name FROM pragma_table_info(t.name) WHERE pk > 0))), '') || ')' ||
     iif(i.partial, substr(s.sql, instr(s.sql, ' WHERE ')), '') AS line
   FROM sqlite_schema t, pragma_index_list(t.name) i JOIN sqlite_schema s ON s.name = i.name
   WHERE t.type = 'table' AND i.origin = 'c'`,
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
     c.relname || ' (' || coalesce((SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute a
       WHERE attrelid = indexrelid AND (indisunique OR attnum <= (SELECT max(d.attnum) FROM pg_attribute d
         WHERE d.attrelid = indexrelid AND NOT EXISTS (SELECT 1 FROM pg_constraint
           JOIN pg_attribute k ON k.attrelid = conrelid AND k.attnum = ANY(conkey)
           WHERE conrelid = indrelid AND contype = 'p' AND k.attname = d.attname)))), '') || ')' ||
     coalesce(' WHERE ' || pg_get_expr(indpred, indrelid), '') AS line
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
const own = / (?:sqlite_|__)|^(?!check ).*(?<!_sin)_(?:fts|palabras)(?:_|\b)/

/** A condition without the ways in which each engine writes it. */
const plain = (line: string) =>
  line.replace(/ WHERE .*/s, (condition) =>
    condition.replaceAll(/::text|["`]\w+["`]\.|["`()]/g, '').replaceAll(/\s+/g, ' '),
  )

const comparable = (lines: readonly string[]): Schema =>
  new Set(lines.filter((line) => !own.test(line)).map(plain))

/** The same statement on each engine, where only bytes are written in another way. */
const onEach = (text: string) =>
  statement<never, []>({
    sqlite: text.replaceAll(/\bbytes\((\d+)\)/g, 'zeroblob($1)'),
    postgres: text.replaceAll(/\bbytes\((\d+)\)/g, "decode(repeat('00', $1), 'hex')"),
  })

/** What is said to a statement: nothing, if it is taken. */
const saidTo = (engine: Engine, text: string): Promise<string | undefined> =>
  engine
    .write(() => onEach(text).run())
    .then(
      () => undefined,
      (error: unknown) => String(error),
    )

/** What is different, on purpose: what only the one has, and what only the other. */
interface Differences {
  readonly sqlite: readonly string[]
  readonly postgres: readonly string[]
}

const auditLog: Differences = {
  sqlite: [
    // One trigger there for this and for changes.
    'trigger auditoria auditoria_sin_borrados',
    // Nothing is replaced there but by an update.
    'trigger auditoria auditoria_sin_reemplazos',
  ],
  // TRUNCATE passes by the triggers of rows.
  postgres: ['trigger auditoria auditoria_sin_vaciado'],
}

const stated: Readonly<Record<keyof typeof openers, Differences>> = {
  auth: {
    sqlite: [
      // Which is 1.
      'column cuentas_servicio.activa integer not null default true',
      ...auditLog.sqlite,
    ],
    postgres: [
      'column cuentas_servicio.activa integer not null default 1',
      // Keys that lie in files where one process alone signs.
      'column claves_firma.firma_desde integer not null',
      'column claves_firma.kid text not null',
      'column claves_firma.pkcs8 text not null',
      'key claves_firma (kid)',
      ...auditLog.postgres,
    ],
  },
  inventario: {
    // Each sale would write in it there: a row that changes has a new version, and all its indexes have.
    sqlite: [
      'index existencias existencias_bajo_minimo () WHERE umbral_minimo >= fisico - reservado',
      ...auditLog.sqlite,
    ],
    postgres: [
      ...auditLog.postgres,
      // The rule of `faltan`, which has no name in SQLite.
      'check existencias existencias_check',
      // SQLite walks along those of the product, as it has them at hand.
      "index movimientos movimientos_recuentos (producto_id) WHERE tipo = 'AJUSTE'",
    ],
  },
  pedidos: {
    sqlite: [...auditLog.sqlite],
    postgres: [
      ...auditLog.postgres,
      // What one process alone can remember, several have to ask for.
      "index pedidos pedidos_abiertos (cliente_id) WHERE estado = 'Pendiente'",
      // The half of `pedido_eventos_fijos` that asks other tables, which a WHEN may not there.
      'trigger pedido_eventos pedido_eventos_olvido',
    ],
  },
  pagos: {
    // One trigger there for these and for changes; nothing is replaced there but by an update.
    sqlite: [
      'trigger eventos eventos_sin_borrados',
      'trigger eventos eventos_sin_reemplazos',
      'trigger movimientos movimientos_sin_borrados',
      'trigger movimientos movimientos_sin_reemplazos',
      ...auditLog.sqlite,
    ],
    postgres: [
      'trigger eventos eventos_sin_vaciado',
      'trigger movimientos movimientos_sin_vaciado',
      ...auditLog.postgres,
    ],
  },
  productos: {
    // One function there does what `imagenes_nombrada_cambio` and this one do.
    sqlite: ['trigger productos imagenes_soltada', ...auditLog.sqlite],
    postgres: auditLog.postgres,
  },
}

const imagen = (hash: string) =>
  `INSERT INTO imagenes (hash, tipo, bytes, creado_en, libre_desde) VALUES ('${hash}', 'image/png', bytes(1), 1, 1)`
const producto = (n: number, imagenUrl: string) =>
  `INSERT INTO productos (n, id, sku, nombre, nombre_plegado, descripcion, precio, atributos, activo, version,
     creado_en, actualizado_en, sku_clave, imagen_url) VALUES (${n}, 'p${n}', 'S${n}', 'n', 'n', '', 1, '{}', 1, 1,
     1, 1, 's${n}', '${imagenUrl}')`
const nombrar = (n: number, imagenUrl: string, en: number) =>
  `UPDATE productos SET imagen_url = ${imagenUrl}, actualizado_en = ${en} WHERE n = ${n}`

/** Rules that only one engine has, or that derive instead of refusing, which a test of theirs looks at. */
const elsewhere = new Set([
  'auditoria_sin_vaciado',
  'eventos_sin_vaciado',
  'movimientos_sin_vaciado',
  'imagenes_nombrada_alta',
  'imagenes_nombrada_cambio',
])

describeOnPostgres('the tables of a service on SQLite and on PostgreSQL', () => {
  let url: string
  beforeAll(async () => {
    url = await testDatabase()
  })

  async function onBoth(
    service: keyof typeof openers,
    work: (sqlite: Storage, postgres: Storage) => Promise<void>,
  ): Promise<void> {
    const [openSqlite, openPostgres] = openers[service]
    const sqlite = openSqlite(':memory:')
    const postgres = await openPostgres(url)
    try {
      await work(sqlite, postgres)
    } finally {
      await Promise.all([sqlite.close(), postgres.close()])
    }
  }

  for (const service of ['auth', 'inventario', 'pagos', 'pedidos', 'productos'] as const) {
    test(`are the same in ${service}, but for what is stated`, () =>
      onBoth(service, async (sqlite, postgres) => {
        const one = comparable([...(await linesOf(sqlite, onSqlite)), ...(await checksOf(sqlite))])
        const other = comparable(await linesOf(postgres, onPostgres))
        expect({
          sqlite: [...one.difference(other)].toSorted(),
          postgres: [...other.difference(one)].toSorted(),
        }).toEqual({
          sqlite: stated[service].sqlite.toSorted(),
          postgres: stated[service].postgres.toSorted(),
        })
      }))

    test(`refuse the same in ${service}, by each rule that there is`, () =>
      onBoth(service, async (sqlite, postgres) => {
        const { rows: fill, refused, taken } = rulesOf[service]
        const lines = comparable(await linesOf(postgres, onPostgres))
        const rules = [...lines].flatMap(
          (line) => /^(?:check|trigger) \w+ (\w+)/.exec(line)?.[1] ?? [],
        )
        expect(Object.keys(refused).toSorted()).toEqual(
          rules.filter((rule) => !elsewhere.has(rule)).toSorted(),
        )
        for (const engine of [sqlite, postgres]) {
          for (const text of fill)
            expect([text, await saidTo(engine, text)]).toEqual([text, undefined])
          for (const [rule, given] of Object.entries(refused)) {
            const { says, of } = 'says' in given ? given : { says: rule, of: given }
            for (const text of of) {
              const words = await saidTo(engine, text)
              const right = words !== undefined && new RegExp(says).test(words)
              expect([text, right ? says : words]).toEqual([text, says])
            }
          }
          for (const text of taken)
            expect([text, await saidTo(engine, text)]).toEqual([text, undefined])
        }
      }))
  }

  test('say from when on no product shows a picture, whoever writes them', () =>
    onBoth('productos', async (...engines) => {
      const [una, otra] = ['b'.repeat(64), 'c'.repeat(64)]
      const steps: [text: string, una: number | null, otra: number | null][] = [
        [imagen(una), 1, 1],
        [imagen(otra), 1, 1],
        [producto(10, `/imagenes/${una}`), null, 1],
        [producto(11, 'https://example.com/a.png'), null, 1],
        [nombrar(11, `'/imagenes/${una}'`, 2), null, 1],
        [nombrar(10, `'/imagenes/${otra}'`, 3), null, null],
        [nombrar(11, 'NULL', 4), 4, null],
        [nombrar(10, `'/imagenes/${otra}'`, 5), 4, null],
        [nombrar(10, "'https://example.com/a.png'", 6), 4, 6],
      ]
      for (const engine of engines) {
        for (const [text, ...libres] of steps) {
          expect(await saidTo(engine, text)).toBeUndefined()
          const there = await rows<{ libre_desde: number | null }>(
            engine,
            `SELECT libre_desde FROM imagenes WHERE hash IN ('${una}', '${otra}') ORDER BY hash`,
          )
          expect([text, ...there.map((row) => row.libre_desde)]).toEqual(
            [text, ...libres].slice(0, there.length + 1),
          )
        }
      }
    }))

  test('give nothing back of what was done: not even all of it at once', () =>
    onBoth('auth', async (_, postgres) => {
      expect(await saidTo(postgres, 'TRUNCATE auditoria')).toContain('the audit log is append-only')
    }))

  test('nor of what happened to money', () =>
    onBoth('pagos', async (_, postgres) => {
      const said = await saidTo(postgres, 'TRUNCATE movimientos')
      expect(said).toContain('movimientos is append-only')
      expect(await saidTo(postgres, 'TRUNCATE eventos')).toContain('history never changes')
    }))
})
