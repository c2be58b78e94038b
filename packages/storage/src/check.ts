import { constants, Database } from 'bun:sqlite'
import { accessSync, constants as access, existsSync, statSync } from 'node:fs'
import { StorageOpenError } from './errors.ts'
import { isMigrated } from './migrations.ts'

/**
 * Asks a database that is at rest, without a trace: a plain read-only connection would leave a log and its
 * shared memory beside it. Where a log lies there, what it holds counts.
 */
export function peek<T>(file: string, ask: (client: Database) => T): T {
  const query = existsSync(`${file}-wal`) ? '?mode=ro' : '?immutable=1'
  const flags = constants.SQLITE_OPEN_READONLY | constants.SQLITE_OPEN_URI
  const client = new Database(`${Bun.pathToFileURL(file).href}${query}`, flags)
  try {
    return ask(client)
  } finally {
    client.close()
  }
}

/**
 * Looks at what would keep `openStorage` from opening a database, as far as that can be told without
 * writing anything or reading it through. Answers whether it is there and has all migrations.
 * @throws StorageOpenError
 */
export function checkDatabase(file: string, migrationsFolder: string): boolean {
  try {
    const existing = statSync(file, { throwIfNoEntry: false })
    if (!existing) return false
    if (!existing.isFile()) throw new Error('it is not a file')
    accessSync(file, access.R_OK | access.W_OK)
    return peek(file, (client) => isMigrated(client, migrationsFolder))
  } catch (error) {
    throw new StorageOpenError(file, error)
  }
}
