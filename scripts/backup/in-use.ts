import { Database } from 'bun:sqlite'
import { existsSync } from 'node:fs'
import { ownDatabase } from '@encargo/storage'
import { codeOf, fileOf, services } from '../audit/databases.ts'
import { BackupError } from './manifest.ts'

function cannotTell(file: string, error: unknown): BackupError {
  const reason = error instanceof Error ? error.message : String(error)
  return new BackupError(`${file} can't be opened, so nobody knows if it is in use: ${reason}.`)
}

function openForWriting(file: string): Database {
  try {
    return new Database(file, { readwrite: true, create: false })
  } catch (error) {
    throw cannotTell(file, error)
  }
}

/**
 * Whether another connection has this database open, in this process or any other on this machine,
 * containers that share the folder included. A service holds a shared lock on its file for as long
 * as it runs, also while it does nothing, so an exclusive one can only be had when nobody is there.
 * The log that a crash left behind is folded into the file by this.
 *
 * @throws BackupError when that can't be told
 */
export function isInUse(file: string): boolean {
  if (!existsSync(file)) return false
  const client = openForWriting(file)
  try {
    client.run('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE')
    client.run('BEGIN EXCLUSIVE; ROLLBACK')
    return false
  } catch (error) {
    const code = codeOf(error)
    if (code?.startsWith('SQLITE_BUSY')) return true
    // A damaged file is nobody's; that it is replaced may be the very reason for the restore.
    if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') return false
    throw cannotTell(file, error)
  } finally {
    client.close()
  }
}

/** @throws BackupError naming a database of the folder that somebody has open */
export function refuseIfInUse(dataDir: string, then = 'restore'): void {
  for (const service of services) {
    const file = fileOf(dataDir, service)
    if (!isInUse(file)) continue
    throw new BackupError(
      `${file} is in use: stop ${service}, and whatever else reads it, and then ${then}.`,
    )
  }
}

/** Until it is let go of, no service starts there: it would write to what is moved away. */
export function ownAll(dataDir: string, then = 'restore'): () => void {
  const owned = services.map((service) => ({
    service,
    letGoOne: ownDatabase(fileOf(dataDir, service)),
  }))
  const letGo = () => {
    for (const { letGoOne } of owned) letGoOne?.()
  }
  const taken = owned.find(({ letGoOne }) => !letGoOne)
  if (!taken) return letGo
  letGo()
  const { service } = taken
  throw new BackupError(`${fileOf(dataDir, service)} is in use: stop ${service}, and then ${then}.`)
}
