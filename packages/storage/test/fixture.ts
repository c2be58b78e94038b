import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'bun:test'
import { openStorage, type SqliteStorage, type Storage, type StorageOptions } from '../src/index.ts'
import { rows } from '../src/testing.ts'
import { everything, put } from './fixture-sql.ts'
import { writeMigrations } from './migration-folder.ts'

const cleanups: (() => void | Promise<void>)[] = []

/**
 * Runs after the test, last registered first. Asked for in the test: a hook of this module would be one
 * of the first file that loads it, and of no other.
 */
export function cleanUp(work: () => void | Promise<void>): void {
  if (cleanups.push(work) > 1) return
  onTestFinished(async () => {
    for (const one of cleanups.splice(0).toReversed()) await one()
  })
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'encargo-storage-'))
  cleanUp(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/**
 * A storage in a folder of its own, closed and removed after the test. Its time stands still unless it is
 * told otherwise: on a busy machine a batch would end early, by what it took.
 */
export function openTestStorage(options: Partial<StorageOptions> = {}): SqliteStorage {
  const folder = temporaryFolder()
  const storage = openStorage({
    file: join(folder, 'test.db'),
    migrationsFolder: writeMigrations(folder),
    now: () => 0,
    ...options,
  })
  cleanUp(() => storage.close())
  return storage
}

export const insert = (storage: Storage, id: string, cantidad = 1): Promise<number> =>
  storage.write(() => put.run(id, cantidad))

export const storedIds = async (storage: Storage): Promise<string[]> =>
  (await storage.ask(everything.all())).map(({ id }) => id)

/** Fails while the connection is in a transaction. */
export async function noTransaction(storage: Storage): Promise<void> {
  await rows(storage, 'BEGIN')
  await rows(storage, 'ROLLBACK')
}

/** A write's outcome in one word: its failure's reason, an error's message, or 'ok'. */
export async function outcome(write: Promise<unknown>): Promise<string> {
  try {
    await write
    return 'ok'
  } catch (error) {
    if (error instanceof Error && 'reason' in error) return String(error.reason)
    return error instanceof Error ? error.message : String(error)
  }
}

/** Starts test/child.ts as a process of its own. */
export function startChild(...args: string[]) {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, 'child.ts'), ...args], {
    stdout: 'pipe',
    stderr: 'inherit',
  })
  cleanUp(async () => {
    child.kill('SIGKILL')
    await child.exited
  })
  return child
}
