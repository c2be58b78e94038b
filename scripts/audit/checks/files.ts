import { type Context, countOf, orderName, restoreFile } from '../context.ts'
import { codeOf, schemaOf, type Service, services, sizeOf } from '../databases.ts'

/** Beyond this, the slower half of SQLite's own check is left out: comparing indexes with tables. */
const bigBytes = 256 * 1024 * 1024

function checkOne({ client, tally }: Context, service: Service, bytes: number): void {
  const file = `${service}.db`
  const schema = schemaOf[service]
  const pragma = bytes > bigBytes ? 'quick_check' : 'integrity_check'
  tally.checked('files', 1)
  for (const [line] of client.query(`PRAGMA ${schema}.${pragma}(100)`).values()) {
    if (line !== 'ok') {
      tally.wrong('files', file, String(line), restoreFile)
    }
  }
  const orphans = client.query<{ table: string; rowid: number | null; parent: string }, []>(
    `PRAGMA ${schema}.foreign_key_check`,
  )
  for (const { table, rowid, parent } of orphans.iterate()) {
    const row = rowid === null ? 'a row' : `row ${rowid}`
    tally.wrong('files', file, `${row} of ${table} refers to a row of ${parent} that is not there`)
  }
}

/**
 * SQLite's own checks: pages, indexes, NOT NULLs, foreign keys. What else is found in a
 * damaged file is still worth knowing, so damage does not end the audit.
 */
export function checkFiles(context: Context, dataDir: string): void {
  for (const [index, service] of services.entries()) {
    context.progress(`reading ${service}.db through`, index / services.length)
    try {
      checkOne(context, service, sizeOf(dataDir, service))
    } catch (error) {
      if (codeOf(error) !== 'SQLITE_CORRUPT') throw error
      context.tally.wrong('files', `${service}.db`, 'the file is damaged and could not be checked')
    }
  }
}

/** Order ids are unique by an index; this holds without trusting it to be there. */
export function checkIds({ client, tally, progress }: Context): void {
  progress('comparing ids', 0)
  tally.checked('once', countOf(client, 'SELECT count(*) FROM pedidos'))
  const twice = client.query<{ id: string; n: number; numero: number }, []>(
    'SELECT id, count(*) AS n, min(numero) AS numero FROM pedidos GROUP BY id HAVING count(*) > 1',
  )
  for (const { id, n, numero } of twice.iterate()) {
    tally.wrong('once', orderName(numero, id), `${n} orders have this id`)
  }
}
