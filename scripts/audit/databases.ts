import { constants, Database } from 'bun:sqlite'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ultimoCambio } from '../../apps/pedidos/src/store/inicio.ts'
import { keptMark } from '@encargo/service-kit/run/service-data-dir'
import { lookAt, openStorage } from '@encargo/storage'
import { migrationsOf } from '../lib/services.ts'
import { freshBytes } from './fresh.ts'
import { CannotAudit } from './report.ts'

/**
 * In the order in which they are read: what refers to something before what it refers to, so that nothing
 * can be missing just because it is new. What pedidos knows of a charge is not newer than the charge.
 */
export const services = ['pedidos', 'pagos', 'inventario', 'productos', 'auth'] as const
export type Service = (typeof services)[number]

/** How each file is called inside the one connection that reads all of them. */
export const schemaOf = {
  pedidos: 'main',
  pagos: 'pagos',
  inventario: 'inv',
  productos: 'prod',
  auth: 'auth',
} as const satisfies Record<Service, string>

/** A table of each file: reading it fixes the moment that this file is seen at. */
const anyTable = {
  pedidos: 'pedidos',
  pagos: 'cobros',
  inventario: 'reservas',
  productos: 'productos',
  auth: 'usuarios',
} as const satisfies Record<Service, string>

/**
 * A shop that takes no payments, or of before there were any, has no database of pagos, which says the same
 * as an empty one; unless it had one, which then is lost.
 */
export function isWithout(dataDir: string, service: Service): boolean {
  const file = fileOf(dataDir, service)
  return service === 'pagos' && !existsSync(file) && !existsSync(keptMark(file))
}

/** Makes the databases of a folder complete, as the services would when they start; answers which it made. */
export async function complete(dataDir: string): Promise<Service[]> {
  const lacking = services.filter((service) => isWithout(dataDir, service))
  for (const service of lacking) {
    const file = fileOf(dataDir, service)
    await openStorage({ file, migrationsFolder: migrationsOf(service) }).close()
  }
  return lacking
}

/** A service's database: in the one folder, or in a folder of its own there, as volumes are mounted. */
export function fileOf(dataDir: string, service: Service): string {
  const name = `${service}.db`
  const own = join(dataDir, service, name)
  return existsSync(own) ? own : join(dataDir, name)
}

const uri = (file: string, query: string) => `${Bun.pathToFileURL(file).href}${query}`

/**
 * Where to read a database from. A folder that can't be written has no room for the shared memory
 * of a write-ahead log; without a log there is nothing to share, and the file itself can be read.
 */
function location(file: string): string {
  if (!existsSync(file)) {
    const hint = 'start the services once, or name their folder with --data or DATA_DIR'
    throw new CannotAudit(`There is no database ${file}: ${hint}.`)
  }
  const client = new Database(file, { readonly: true })
  try {
    client.query('SELECT count(*) FROM sqlite_schema').get()
    return uri(file, '?mode=ro')
  } catch (error) {
    if (codeOf(error) !== 'SQLITE_CANTOPEN' || existsSync(`${file}-wal`)) throw error
    return uri(file, '?immutable=1')
  } finally {
    client.close()
  }
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}

/** What an error while reading means to the person who asked. */
export function cannotRead(dataDir: string, error: unknown): CannotAudit {
  if (error instanceof CannotAudit) return error
  const message = error instanceof Error ? error.message : String(error)
  if (/no such (table|column)/.test(message)) {
    const hint = 'start the services of this version once, which brings them up to date'
    return new CannotAudit(
      `The databases in ${dataDir} are of another version (${message}): ${hint}.`,
    )
  }
  return new CannotAudit(`The databases in ${dataDir} cannot be read: ${message}.`)
}

const readOnly = constants.SQLITE_OPEN_READONLY | constants.SQLITE_OPEN_URI

/** One read-only connection with all files in it; an empty one in `lent` for what a shop is without. */
function openAll(dataDir: string, lent: string): Database {
  const [main, ...others] = services
  const place = (service: Service) => {
    if (!isWithout(dataDir, service)) return location(fileOf(dataDir, service))
    const file = join(lent, `${service}.db`)
    writeFileSync(file, freshBytes(service))
    return uri(file, '?immutable=1')
  }
  const where = new Map(services.map((service) => [service, place(service)]))
  const client = new Database(where.get(main) ?? '', readOnly)
  try {
    client.run('PRAGMA query_only = ON; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -16384')
    for (const service of others) {
      client.run(`ATTACH ? AS ${schemaOf[service]}`, [where.get(service) ?? ''])
      client.run(`PRAGMA ${schemaOf[service]}.cache_size = -16384`)
    }
    return client
  } catch (error) {
    client.close()
    throw error
  }
}

/** A read-only connection to one file, which may have temporary tables of its own. */
export function openAlone(dataDir: string, service: Service): Database {
  const client = new Database(location(fileOf(dataDir, service)), readOnly)
  client.run('PRAGMA busy_timeout = 5000; PRAGMA temp_store = MEMORY')
  return client
}

/**
 * Reads all files in one transaction, in which each stays as it is now. What refers to something
 * is fixed before what it refers to, so that nothing can be missing just because it is new.
 */
export function readAll<T>(dataDir: string, read: (client: Database) => T): T {
  const lent = mkdtempSync(join(tmpdir(), 'encargo-audit-'))
  try {
    return readWith(openAll(dataDir, lent), read)
  } finally {
    rmSync(lent, { recursive: true, force: true })
  }
}

function readWith<T>(client: Database, read: (client: Database) => T): T {
  try {
    client.run('BEGIN')
    for (const service of services) {
      client.query(`SELECT 1 FROM ${schemaOf[service]}.${anyTable[service]} LIMIT 1`).get()
    }
    return read(client)
  } finally {
    close(client)
  }
}

/** Or it would read on until its statements are gone, and keep the logs from being emptied. */
export function close(client: Database): void {
  if (client.inTransaction) client.run('ROLLBACK')
  client.close()
}

export function sizeOf(dataDir: string, service: Service): number {
  return statSync(fileOf(dataDir, service), { throwIfNoEntry: false })?.size ?? 0
}

/**
 * When a service last wrote to its file, in milliseconds since the epoch. A service writes when it
 * starts, so while this is long ago it was either idle or not there at all.
 */
export function lastWriteMs(dataDir: string, service: Service): number {
  const file = fileOf(dataDir, service)
  return Math.max(
    ...[file, `${file}-wal`].map((one) => statSync(one, { throwIfNoEntry: false })?.mtimeMs ?? 0),
  )
}

function* cambiado() {
  return yield* ultimoCambio.get()
}

/** When an order last changed, in milliseconds since the epoch; a damaged file is taken to be of now. */
export function lastChangeMs(dataDir: string): number {
  const client = openAlone(dataDir, 'pedidos')
  try {
    return lookAt(client, cambiado)?.en ?? 0
  } catch (error) {
    if (codeOf(error) !== 'SQLITE_CORRUPT') throw error
    return Number.POSITIVE_INFINITY
  } finally {
    client.close()
  }
}
