import type { Database, SQLQueryBindings } from 'bun:sqlite'
import { palabrasDe } from '../../../apps/auth/src/store/palabras.ts'
import type { Contacto } from '../../../apps/pedidos/src/domain/condiciones.ts'
import type { DireccionEnvio } from '../../../apps/pedidos/src/domain/pedido.ts'
import { palabraDe, textoDe } from '../../../apps/pedidos/src/store/busqueda.ts'
import { numeroEnMarca } from '../../../apps/pedidos/src/store/marcas.ts'
import { lookAt } from '@encargo/storage'
import { type Context, makeAnew } from '../context.ts'
import { close, openAlone, type Service, sizeOf } from '../databases.ts'
import { freshDatabase } from '../fresh.ts'

interface Index {
  readonly service: Service
  readonly table: string
  /** Fills the same index of an empty database from the rows that it stands for. */
  readonly fill: (from: Database, fresh: Database) => void
  readonly remedy: string
}

/** Copies a table, and leaves its index to the triggers. */
const copying = (table: string) => (from: Database, fresh: Database) => {
  const all = from.query(`SELECT * FROM ${table}`)
  const names = all.columnNames
  // A row that breaks a rule is named by another check and must not end this one.
  fresh.run('PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF')
  const add = fresh.prepare(
    `INSERT OR IGNORE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  )
  for (const row of all.values()) add.run(...(row as SQLQueryBindings[]))
}

interface Order {
  numero: number
  clienteId: string
  notas: string | null
  direccion: string | null
  contacto: string | null
  lineas: string
}

/** The orders whose making the index has taken in, with the texts that pedidos gave it. */
const indexedOrders = `
  SELECT p.numero, p.cliente_id AS clienteId, p.notas, p.direccion_envio AS direccion,
    (SELECT contacto FROM pedido_condiciones WHERE numero = p.numero) AS contacto,
    (SELECT json_group_array(json_object('nombre', nombre, 'sku', sku)) FROM
      (SELECT nombre, sku FROM pedido_lineas WHERE numero = p.numero ORDER BY posicion)) AS lineas
  FROM pedidos p
  WHERE (SELECT min(secuencia) FROM pedido_eventos WHERE numero = p.numero) <= ?`

function fillOrders(from: Database, fresh: Database): void {
  const place = lookAt(from, () => numeroEnMarca('busqueda')) ?? 0
  const add = fresh.prepare('INSERT INTO pedidos_fts (rowid, cliente, texto) VALUES (?, ?, ?)')
  for (const row of from.query<Order, [number]>(indexedOrders).iterate(place)) {
    const order = {
      lineas: JSON.parse(row.lineas) as { nombre: string; sku: string }[],
      notas: row.notas,
      direccionEnvio: row.direccion === null ? null : (JSON.parse(row.direccion) as DireccionEnvio),
      condiciones:
        row.contacto === null ? null : { contacto: JSON.parse(row.contacto) as Contacto },
    }
    add.run(row.numero, palabraDe(row.clienteId), textoDe(row.numero, order))
  }
}

interface Person {
  numero: number
  nombre: string | null
  email: string | null
}

function fillPeople(from: Database, fresh: Database): void {
  const all = from.query<Person, []>('SELECT numero, nombre, email FROM usuarios')
  const add = fresh.prepare('INSERT INTO usuarios_fts (rowid, palabras) VALUES (?, ?)')
  for (const { numero, nombre, email } of all.iterate()) add.run(numero, palabrasDe(nombre, email))
}

/** An index that triggers keep, of a table of nearly the same name. */
const byTriggers = (service: Service, rows: string): Index => ({
  service,
  table: `${rows}_fts`,
  fill: copying(rows),
  remedy: `INSERT INTO ${rows}_fts (${rows}_fts) VALUES ('rebuild') in ${service}.db, with the service stopped`,
})

const indexes: readonly Index[] = [
  byTriggers('productos', 'productos'),
  {
    service: 'auth',
    table: 'usuarios_fts',
    fill: fillPeople,
    remedy:
      "UPDATE usuarios SET palabras = NULL, then INSERT INTO usuarios_fts (usuarios_fts) VALUES ('rebuild') in auth.db, with the service stopped: its next start makes them anew",
  },
  { service: 'pedidos', table: 'pedidos_fts', fill: fillOrders, remedy: makeAnew('busqueda') },
]

/** Beyond this size of its file, an index is left out: making it anew takes a minute and much memory. */
const bigBytes = 256 * 1024 * 1024

/** Each row's words and their places, as one number for each row: it is rows that are told apart. */
function wordsByRow(client: Database, table: string): Map<number, number> {
  client.run(`CREATE VIRTUAL TABLE temp.palabras USING fts5vocab('main', '${table}', 'instance')`)
  const rows = client.query<{ term: string; doc: number; col: string; offset: number }, []>(
    'SELECT term, doc, col, offset FROM temp.palabras',
  )
  const sums = new Map<number, number>()
  for (const { term, doc, col, offset } of rows.iterate()) {
    // A sum does not care for the order in which the index gives the words of a row.
    const word = Bun.hash.murmur32v3(`${col} ${offset} ${term}`)
    sums.set(doc, (sums.get(doc) ?? 0) + word)
  }
  return sums
}

/** The rows of an index that do not say what they should. */
function outOfStep({ service, table, fill }: Index, dataDir: string): number[] {
  const kept = openAlone(dataDir, service)
  const fresh = freshDatabase(service)
  try {
    kept.run('BEGIN')
    fill(kept, fresh)
    const due = wordsByRow(fresh, table)
    const found = wordsByRow(kept, table)
    return [...new Set([...due.keys(), ...found.keys()])].filter(
      (row) => due.get(row) !== found.get(row),
    )
  } finally {
    fresh.close()
    close(kept)
  }
}

/** What is searched says what the rows say: nothing is found in vain, and nothing hides. */
export function checkSearch({ tally, progress }: Context, dataDir: string): void {
  for (const [at, index] of indexes.entries()) {
    const { service, table, remedy } = index
    progress('comparing the search indexes', at / indexes.length)
    if (sizeOf(dataDir, service) > bigBytes) {
      tally.notice('search indexes that were left out, as their files are large', table)
      continue
    }
    tally.checked('search', 1)
    const rows = outOfStep(index, dataDir)
    if (rows.length === 0) continue
    const examples = rows.slice(0, 3).join(', ')
    const what = `${table} is out of step with ${rows.length} rows (${examples}${rows.length > 3 ? ', ...' : ''})`
    tally.wrong('search', `${service}.db`, what, remedy)
  }
}
