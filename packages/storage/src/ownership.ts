import { Database } from 'bun:sqlite'
import { existsSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { failureOf, StorageOpenError } from './errors.ts'
import { createFile } from './open.ts'

/** Who was killed a moment ago may still be on the way out, and lets go only then. */
const dyingMs = 2_000

/** A connection that nobody refers to is closed by the garbage collector, and its lock is gone. */
const held = new Set<Database>()

/** Beside the file itself, as SQLite's log is, by whatever name it was asked for. */
const lockOf = (file: string) => `${existsSync(file) ? realpathSync(file) : resolve(file)}-lock`

/**
 * Makes this process the one that works on a database; answers how to let go of it, or undefined while
 * another has it, or this one already. It is a lock of the system on a file beside the database, held by
 * an open transaction of SQLite, so it ends with its process, whatever that dies of. It binds those
 * who ask for it: who only reads, or writes in passing, does not.
 * @throws StorageOpenError when that file can't be made or opened
 */
export function ownDatabase(file: string, waitMs = dyingMs): (() => void) | undefined {
  const path = lockOf(file)
  let lock: Database | undefined
  try {
    createFile(path)
    lock = new Database(path, { readwrite: true, create: false })
    // Nothing is ever written to it, so its journal would only be one more file.
    lock.run(`PRAGMA busy_timeout = ${waitMs}; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE`)
  } catch (error) {
    lock?.close(true)
    if (failureOf(error) === 'locked') return undefined
    throw new StorageOpenError(path, error)
  }
  const own = lock
  held.add(own)
  return () => {
    if (held.delete(own)) own.close(true)
  }
}

/** Whether another process works on it, or this one; makes no file where nobody ever did. */
export function isOwned(file: string): boolean {
  if (!existsSync(lockOf(file))) return false
  const letGo = ownDatabase(file)
  letGo?.()
  return letGo === undefined
}
