import { Database } from 'bun:sqlite'
import { existsSync } from 'node:fs'
import { CannotAudit } from '../audit/audit.ts'
import { cannotRead, fileOf } from '../audit/databases.ts'

/** The databases of pedidos and inventario, side by side; services may be at work on both. */
export type Pair = Database

/** What the two say of each other. */
export interface Belonging {
  readonly pedidos: string
  /** For whom inventario's stock is; null while it is nobody's. */
  readonly inventario: string | null
}

/** What is asked and said of the two, wherever they are; moments are milliseconds since the epoch. */
export interface Installation {
  belonging(): Promise<Belonging> | Belonging
  active(): Promise<Active> | Active
  adopt(now: number): Promise<void> | void
  release(now: number): Promise<void> | void
}

/** How many reservations are active, and of how many pedidos knows no order. */
export interface Active {
  readonly active: number
  readonly unclaimed: number
}

export const installationOf = (pair: Pair): Installation => ({
  belonging: () => belonging(pair),
  active: () => activeReservations(pair),
  adopt: (now) => adopt(pair, now),
  release: (now) => release(pair, now),
})

/**
 * Works on both files with one connection, which waits for the services' own short locks.
 * @throws CannotAudit with one sentence
 */
export async function withPair<T>(
  dataDir: string,
  work: (pair: Pair) => Promise<T> | T,
): Promise<T> {
  const files = (['pedidos', 'inventario'] as const).map((service) => fileOf(dataDir, service))
  const missing = files.find((file) => !existsSync(file))
  if (missing !== undefined) {
    throw new CannotAudit(
      `There is no database ${missing}: start its service once, or name the folder.`,
    )
  }
  const [pedidos = '', inventario = ''] = files
  const client = new Database(pedidos, { readwrite: true, create: false })
  try {
    client.run('PRAGMA busy_timeout = 5000')
    client.run('ATTACH ? AS inv', [inventario])
    return await work(client)
  } catch (error) {
    throw cannotRead(dataDir, error)
  } finally {
    client.close(true)
  }
}

export function belonging(pair: Pair): Belonging {
  const own = pair
    .query<{ valor: string }, []>("SELECT valor FROM marcas WHERE nombre = 'instalacion'")
    .get()
  if (!own) throw new Error('no such column: the installation of pedidos')
  const bound = pair.query<{ pedidos: string }, []>('SELECT pedidos FROM inv.instalacion').get()
  return { pedidos: own.valor, inventario: bound?.pedidos ?? null }
}

/** From now on inventario's stock is for this pedidos. `now` in milliseconds since the epoch. */
export function adopt(pair: Pair, now: number): void {
  const { pedidos } = belonging(pair)
  pair.run('INSERT OR REPLACE INTO inv.instalacion (n, pedidos, desde) VALUES (1, ?, ?)', [
    pedidos,
    now,
  ])
}

/**
 * Makes the two a new installation, of which nobody else is a part: a copy must not be taken for what it
 * was copied from, which may still be at work. Databases of before installations find each other by
 * themselves, when they are brought up to date.
 */
export function renew(pair: Pair, now: number): void {
  const has = (sql: string) => pair.query(sql).get() !== null
  const known = has("SELECT 1 FROM marcas WHERE nombre = 'instalacion'")
  const binds = has("SELECT 1 FROM inv.sqlite_schema WHERE name = 'instalacion'")
  if (known) {
    pair.run("UPDATE marcas SET valor = ? WHERE nombre = 'instalacion'", [crypto.randomUUID()])
  }
  if (known && binds) adopt(pair, now)
  else if (binds) pair.run('DELETE FROM inv.instalacion')
}

/** What pedidos' sweep finds no order for and was made up to now may go. */
export function release(pair: Pair, now: number): void {
  pair.run("INSERT OR REPLACE INTO marcas (nombre, valor) VALUES ('barrido-permitido', ?)", [
    String(now),
  ])
}

function activeReservations(pair: Pair): Active {
  const counted = pair
    .query<{ active: number; unclaimed: number }, []>(
      `SELECT count(*) AS active, count(*) FILTER (
         WHERE NOT EXISTS (SELECT 1 FROM pedidos p WHERE p.id = coalesce(r.pedido, r.pedido_id))
           AND NOT EXISTS (SELECT 1 FROM descartes d WHERE d.id = r.pedido_id)) AS unclaimed
       FROM inv.reservas r WHERE r.estado = 'activa'`,
    )
    .get()
  return counted ?? { active: 0, unclaimed: 0 }
}
