import { Database } from 'bun:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { failureOf, type StorageFailure } from './errors.ts'

export interface BackupOrder {
  file: string
  into: string
}

/** How the copy went; an Error would lose SQLite's result code on its way between the threads. */
export type BackupResult =
  { done: true } | { done: false; message: string; reason: StorageFailure | undefined }

function copy({ file, into }: BackupOrder): BackupResult {
  try {
    const client = new Database(file, { readonly: true })
    client.run('PRAGMA busy_timeout = 5000')
    client.run('PRAGMA cache_size = -2048')
    // Reads one snapshot and, unlike a plain VACUUM, keeps rowids, which FTS5 tables refer to.
    client.run('VACUUM INTO ?', [into])
    client.close(true)
    return { done: true }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { done: false, message, reason: failureOf(error) }
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
parentPort?.postMessage(copy(workerData))
