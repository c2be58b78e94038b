import { Database } from 'bun:sqlite'
import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { failureOf, sqliteErrorIn, StorageOpenError } from './errors.ts'
import { migrate } from './migrations.ts'
import { probeWrite } from './transaction.ts'

/** How long SQLite itself may block the event loop for a lock while the storage is in use. */
export const blockMs = 5
const openAttempts = 200
const openBlockMs = 25

/** Opens, sets up and migrates the database. Throws StorageOpenError and leaves nothing open. */
export function openDatabase(file: string, migrationsFolder: string): Database {
  const path = file === ':memory:' ? file : resolve(file)
  let client: Database | undefined
  try {
    if (path !== ':memory:') createFile(path)
    client = new Database(path, { readwrite: true, create: true })
    const opened = client
    patiently(() => prepare(opened, migrationsFolder))
    return opened
  } catch (error) {
    client?.close(true)
    throw new StorageOpenError(path, reasonOf(error), error)
  }
}

function prepare(client: Database, migrationsFolder: string): void {
  client.run(`PRAGMA busy_timeout = ${openBlockMs}`)
  const mode = client.query('PRAGMA journal_mode = WAL').values()[0]?.[0]
  if (mode !== 'wal' && mode !== 'memory') {
    throw new Error(`its folder does not support write-ahead logging (journal mode ${mode})`)
  }
  // FULL: an fsync at each commit. 8 MiB of cache and no memory map, so that the resident memory
  // of a service does not follow the size of its database.
  client.run(`
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -8192;
    PRAGMA mmap_size = 0;
    PRAGMA wal_autocheckpoint = 1000;
    PRAGMA journal_size_limit = 16777216;
    PRAGMA foreign_keys = ON`)
  migrate(client, migrationsFolder)
  probeWrite(client)
  client.run(`PRAGMA busy_timeout = ${blockMs}`)
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
function createFile(path: string): void {
  const made = mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  if (made !== undefined) syncFile(dirname(made))
  try {
    closeSync(openSync(path, 'wx', 0o600))
    syncFile(dirname(path))
  } catch (error) {
    // An existing file must not be opened and closed here: closing any descriptor of it drops the
    // locks that another connection of this process holds on it (fcntl(2)).
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

/** fsync of a file or a folder (for the names in it) that no connection of this process uses. */
export function syncFile(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function reasonOf(error: unknown): string {
  if (failureOf(error) === 'locked') return 'another process holds its lock'
  const message = (sqliteErrorIn(error) ?? error) instanceof Error ? errorText(error) : `${error}`
  return message.replace(/\.$/, '')
}

function errorText(error: unknown): string {
  const shown = sqliteErrorIn(error) ?? error
  return shown instanceof Error ? shown.message : String(shown)
}
