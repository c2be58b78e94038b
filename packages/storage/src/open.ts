import { Database } from 'bun:sqlite'
import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { failureOf, StorageOpenError } from './errors.ts'
import { migrate } from './migrations.ts'
import { probeWrite } from './transaction.ts'

/** How long SQLite itself may block the event loop for a lock while the storage is in use. */
export const blockMs = 5
const openBlockMs = 25
const openAttempts = 200

/** Opens, sets up and migrates the database. Throws StorageOpenError and leaves nothing open. */
export function openDatabase(file: string, migrationsFolder: string): Database {
  const path = file === ':memory:' ? file : resolve(file)
  let client: Database | undefined
  try {
    if (path !== ':memory:') createFile(path)
    const opened = (client = new Database(path, { readwrite: true, create: true }))
    patiently(() => prepare(opened, migrationsFolder))
    return opened
  } catch (error) {
    client?.close(true)
    throw new StorageOpenError(path, error)
  }
}

function prepare(client: Database, migrationsFolder: string): void {
  client.run(`PRAGMA busy_timeout = ${openBlockMs}`)
  const mode = client.query('PRAGMA journal_mode = WAL').values()[0]?.[0]
  if (mode !== 'wal' && mode !== 'memory') {
    throw new Error(`its folder does not support write-ahead logging (journal mode ${mode})`)
  }
  configure(client)
  migrate(client, migrationsFolder)
  probeWrite(client)
  client.run(`PRAGMA busy_timeout = ${blockMs}`)
}

/**
 * One more connection to a database that `openDatabase` has set up, for what must not disturb the
 * other's reads. The caller closes it.
 */
export function openBeside(file: string): Database {
  const client = new Database(file, { readwrite: true, create: false })
  client.run(`PRAGMA busy_timeout = ${blockMs}`)
  configure(client)
  // Its one COMMIT is long enough; the log is copied afterwards, as after any other.
  client.run('PRAGMA wal_autocheckpoint = 0')
  return client
}

function configure(client: Database): void {
  // FULL: an fsync at each commit. 8 MiB of cache and no memory map, so that the resident memory
  // of a service does not follow the size of its database. Temporary storage in memory: the undo of
  // a large batch's savepoints else goes to a file of its own, two thirds of all that a busy service
  // wrote, and one more disk that can be full.
  client.run(`
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -8192;
    PRAGMA mmap_size = 0;
    PRAGMA wal_autocheckpoint = 1000;
    PRAGMA journal_size_limit = 16777216;
    PRAGMA temp_store = MEMORY;
    PRAGMA foreign_keys = ON`)
}

/** Nobody is served yet, so waiting may block. SQLite itself does not wait for a change of mode. */
function patiently(work: () => void): void {
  for (let attempt = 1; ; attempt++) {
    try {
      return work()
    } catch (error) {
      if (failureOf(error) !== 'locked' || attempt === openAttempts) throw error
      Bun.sleepSync(openBlockMs)
    }
  }
}

/** Only for the owner's eyes; SQLite gives its -wal and -shm files the mode of the database. */
export function createFile(path: string): void {
  const made = mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  if (made !== undefined) syncFile(dirname(made))
  // An existing file must not be opened and closed here: closing any descriptor of it drops the
  // locks that another connection of this process holds on it (fcntl(2)).
  const existing = statSync(path, { throwIfNoEntry: false })
  if (existing && !existing.isFile()) throw new Error('it is not a file')
  if (existing) return
  closeSync(openSync(path, 'a', 0o600))
  syncFile(dirname(path))
}

/** fsync of a folder (for the names in it), or of a file that no connection of this process uses. */
export function syncFile(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
