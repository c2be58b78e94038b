import { Database } from 'bun:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

/** What a pass found: frames in the log, and how many of them are in the database file by now. */
export interface Pass {
  readonly log: number
  readonly checkpointed: number
}

const client = new Database(String(workerData), { readwrite: true, create: false })
// The log is synced before its pages are copied and the file after it, as with every connection here.
client.run('PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5; PRAGMA cache_size = -64')
const passive = client.prepare<Pass, []>('PRAGMA wal_checkpoint(PASSIVE)')

function pass(): Pass | null {
  try {
    return passive.get()
  } catch {
    // The disk is full, or the like: the writers learn of it themselves, and finish this as well.
    return null
  }
}

parentPort?.on('message', (asked: 'pass' | 'close') => {
  if (asked === 'close') {
    passive.finalize()
    client.close(true)
    parentPort?.close()
    return
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
  parentPort?.postMessage(pass())
})
