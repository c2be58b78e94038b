import type { Database } from 'bun:sqlite'

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

/**
 * Throws unless the database can be written now: it has room for 64 KiB more, and a page reaches
 * the disk (`user_version` is rewritten with the value it has, which writes and fsyncs page 1).
 */
export function probeWrite(client: Database): void {
  immediately(client, () => {
    client.run(
      `SAVEPOINT probe;
       CREATE TABLE "__storage_probe" (room BLOB);
       INSERT INTO "__storage_probe" VALUES (zeroblob(65536));
       ROLLBACK TO probe;
       RELEASE probe`,
    )
    const version = Number(client.query('PRAGMA user_version').values()[0]?.[0] ?? 0)
    client.run(`PRAGMA user_version = ${version}`)
  })
}
