import type { Database } from 'bun:sqlite'
import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { StorageUnavailableError } from './errors.ts'

/** Ends whatever transaction is open: SQLite may have ended it by itself already. */
export function rollBack(client: Database): void {
  if (client.inTransaction) client.run('ROLLBACK')
}

/** Runs `work` in one BEGIN IMMEDIATE ... COMMIT; whatever it throws rolls everything back. */
export function immediately(client: Database, work: () => void): void {
  client.run('BEGIN IMMEDIATE')
  try {
    work()
    client.run('COMMIT')
  } catch (error) {
    rollBack(client)
    throw error
  }
}

const probeBytes = 64 * 1024

/**
 * Throws unless the database can be written now: there is room for 64 KiB more, by its own limit
 * and on the disk, and a page reaches the disk (`user_version` is rewritten with the value that it
 * has, which writes and fsyncs page 1).
 */
export function probeWrite(client: Database): void {
  if (client.filename !== ':memory:') {
    const { bavail, bsize } = statfsSync(dirname(client.filename))
    if (bavail * bsize < probeBytes) throw new StorageUnavailableError('disk-full')
  }
  immediately(client, () => {
    client.run(
      `SAVEPOINT probe;
       CREATE TABLE "__storage_probe" (room BLOB);
       INSERT INTO "__storage_probe" VALUES (zeroblob(${probeBytes}));
       ROLLBACK TO probe;
       RELEASE probe`,
    )
    const version = Number(client.query('PRAGMA user_version').values()[0]?.[0] ?? 0)
    client.run(`PRAGMA user_version = ${version}`)
  })
}
