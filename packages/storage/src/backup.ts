import { closeSync, existsSync, linkSync, openSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import { inProgram } from '@encargo/program'
import type { BackupOrder, BackupResult } from './backup-worker.ts'
import { StorageUnavailableError } from './errors.ts'
import { syncFile } from './open.ts'

const workerFile = inProgram('packages/storage/src/backup-worker.ts')

/**
 * Copies a database which may be in use to `toFile` (mode 0600), as of one moment, fsynced. The
 * copy bears its name only once it is whole. Refuses to overwrite; the folder must exist.
 */
export async function backupDatabase(file: string, toFile: string): Promise<void> {
  await writeBackup(toFile, (into) => copyInWorker({ file: resolve(file), into }))
}

/** Hands `copy` an empty file to fill, then puts it in place. */
export async function writeBackup(
  toFile: string,
  copy: (into: string) => Promise<void> | void,
): Promise<void> {
  const target = resolve(toFile)
  if (existsSync(target)) throw new Error(`The backup ${target} exists already.`)
  const partial = `${target}.${crypto.randomUUID()}.partial`
  closeSync(openSync(partial, 'wx', 0o600))
  try {
    await copy(partial)
    syncFile(partial)
    // Not a rename, which would overwrite what has come to be there in the meantime.
    linkSync(partial, target)
  } finally {
    rmSync(partial, { force: true })
  }
  syncFile(dirname(target))
}

/** In a thread of its own: the copy of a large database must not stop the event loop. */
async function copyInWorker(order: BackupOrder): Promise<void> {
  const worker = new Worker(workerFile, { workerData: order })
  const result = await new Promise<BackupResult>((done, fail) => {
    worker.once('message', done)
    worker.once('error', fail)
    worker.once('exit', () => fail(new Error('The backup ended before it was done.')))
  })
  if (result.done) return
  if (result.reason) throw new StorageUnavailableError(result.reason)
  throw new Error(`The backup of ${order.file} failed: ${result.message}.`)
}
