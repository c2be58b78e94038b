import type { Database } from 'bun:sqlite'
import { Worker } from 'node:worker_threads'
import { inProgram } from '@encargo/program'
import type { Pass } from './checkpoint-worker.ts'

/** How many frames of the log are worth a pass, and at how many a writer copies what is left itself. */
const worthIt = 1_000
const most = 4_000
/** After how many writes the log is looked at: a look costs more than many a write. */
const looksEach = 32
/** How long closing waits for the other thread, in milliseconds. */
const closeMs = 2_000

const workerFile = inProgram('packages/storage/src/checkpoint-worker.ts')

/**
 * Copies the log into the database file in another thread, while this one goes on writing. SQLite
 * would do so in the COMMIT that finds the log long enough: some milliseconds each time in which the
 * whole service stands still. The thread is started when there is something to do for the first time,
 * so an idle service has none. What it leaves, and all of it should it fail, SQLite does as ever.
 */
export class Checkpoints {
  readonly #client: Database
  readonly #look
  #worker: Worker | undefined
  #running = false
  #failed = false
  /** How long the log was at the end of the last pass. */
  #done = 0
  /** Since the last look. */
  #writes = 0

  constructor(client: Database) {
    this.#client = client
    // Copies nothing, and says how long the log is.
    this.#look = client.prepare<Pass, []>('PRAGMA wal_checkpoint(NOOP)')
    this.#letWritersCopyAt(most)
  }

  /** After each commit, with how many writes it had. */
  committed(writes: number): void {
    this.#writes += writes
    if (this.#writes >= looksEach) this.look()
  }

  /** Has the log copied if it has become long; after a large write without waiting for others. */
  look(): void {
    this.#writes = 0
    if (this.#running || this.#failed) return
    const log = this.#look.get()?.log ?? 0
    // The log began anew.
    if (log < this.#done) this.#done = 0
    if (log - this.#done < worthIt) return
    this.#running = true
    this.#worker ??= this.#start()
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    this.#worker.postMessage('pass')
  }

  /** Resolves when the other thread has let go of the file. */
  async close(): Promise<void> {
    const worker = this.#worker
    this.#failed = true
    this.#look.finalize()
    if (!worker) return
    const { promise: gone, resolve } = Promise.withResolvers<void>()
    worker.once('exit', () => resolve())
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    worker.postMessage('close')
    const late = setTimeout(resolve, closeMs)
    await gone
    clearTimeout(late)
  }

  #start(): Worker {
    const worker = new Worker(workerFile, { workerData: this.#client.filename })
    worker.unref()
    worker.on('message', (pass: Pass | null) => {
      this.#running = false
      this.#done = pass?.log ?? this.#done
    })
    worker.once('error', () => this.#fail())
    worker.once('exit', () => this.#fail())
    return worker
  }

  /** Nobody is there to help. */
  #fail(): void {
    if (this.#failed) return
    this.#failed = true
    this.#worker = undefined
    this.#letWritersCopyAt(worthIt)
  }

  #letWritersCopyAt(frames: number): void {
    this.#client.run(`PRAGMA wal_autocheckpoint = ${frames}`)
  }
}
