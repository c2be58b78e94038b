import { Database } from 'bun:sqlite'

/** A database as durable as the system's: WAL, and an fsync for every commit. */
export function openFloor(file: string, schema: string): Database {
  const db = new Database(file, { create: true, readwrite: true })
  db.run(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${schema}`)
  return db
}

/** Writes of one turn of the event loop share a transaction and its fsync; no savepoints. */
export function groupCommit(db: Database) {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  let queue: (() => () => void)[] = []
  const flush = () => {
    const batch = queue
    queue = []
    begin.run()
    const told = batch.map((run) => run())
    commit.run()
    for (const tell of told) tell()
  }
  return <T>(work: () => T) =>
    new Promise<T>((resolve) => {
      queue.push(() => {
        const value = work()
        return () => resolve(value)
      })
      if (queue.length === 1) setImmediate(flush)
    })
}
