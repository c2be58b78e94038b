import { setImmediate as nextTurn } from 'node:timers/promises'
import { type BatchResult, type BatchRunner, type Write } from './batch.ts'
import { StorageUnavailableError } from './errors.ts'
import { blockMs } from './open.ts'

const longestBackOffMs = 50

export interface GroupCommitOptions {
  batches: BatchRunner
  wait: (ms: number) => Promise<void>
  /** How long a write waits for a lock that another connection holds. */
  busyMs: number
  maxPending: number
  /** After each batch, and for writes that were refused without one. Must not throw. */
  observe: (result: BatchResult) => void
}

/** Queues writes, so that those of one turn of the event loop become one batch. */
export class GroupCommit {
  readonly #options: GroupCommitOptions
  readonly #queue: Write[] = []
  #draining: Promise<void> | undefined
  /** Whether the work of a write is running: nobody else can ask then. */
  working = false
  #alone: Promise<void> | undefined

  constructor(options: GroupCommitOptions) {
    this.#options = options
  }

  get pending(): number {
    return this.#queue.length
  }

  submit<T>(work: () => T): Promise<T> {
    // Thrown, not rejected: only so does the enclosing work fail instead of going on unaware.
    if (this.working) throw new TypeError('write() was called inside the work of a write()')
    if (this.#queue.length >= this.#options.maxPending) {
      return Promise.reject(new StorageUnavailableError('overloaded'))
    }
    return new Promise<T>((resolve, reject) => {
      const run = () => {
        const value = work()
        return () => resolve(value)
      }
      this.#queue.push({ run, reject, waitedMs: 0 })
      this.#draining ??= this.#drain()
    })
  }

  /** Whether somebody writes alone at the moment. */
  get interrupted(): boolean {
    return this.#alone !== undefined
  }

  /** Runs `work` while no batch does; what is submitted meanwhile waits in the queue. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    while (this.#alone) {
      await this.#alone
      // What waited as well goes first.
      await nextTurn()
    }
    const ended = Promise.withResolvers<void>()
    this.#alone = ended.promise
    try {
      return await work()
    } finally {
      this.#alone = undefined
      ended.resolve()
    }
  }

  /** Resolves when nothing is queued or under way any more. Never rejects. */
  async drained(): Promise<void> {
    while (this.#alone ?? this.#draining) await (this.#alone ?? this.#draining)
  }

  async #drain(): Promise<void> {
    let backOffMs = 1
    while (this.#queue.length > 0) {
      // The end of this turn of the event loop: everything that it brought is queued by then.
      await nextTurn()
      while (this.#alone) await this.#alone
      const refusal = this.#options.batches.begin()
      if (refusal === undefined) {
        this.#runBatch()
        backOffMs = 1
      } else if (refusal.reason === 'locked') {
        this.#refuse(this.#expired(), refusal)
        if (this.#queue.length > 0) await this.#backOff(backOffMs)
        backOffMs = Math.min(backOffMs * 2, longestBackOffMs)
      } else {
        this.#refuse(this.#queue.length, refusal)
      }
    }
    this.#draining = undefined
  }

  #runBatch(): void {
    this.working = true
    const result = this.#options.batches.run(this.#queue)
    this.working = false
    this.#options.observe(result)
  }

  /** Waiting is counted, not read from a clock: a clock that is set back must not lengthen it. */
  async #backOff(ms: number): Promise<void> {
    await this.#options.wait(ms)
    for (const write of this.#queue) write.waitedMs += ms + blockMs
  }

  /** How many writes at the head of the queue have waited for as long as they may. */
  #expired(): number {
    const fresh = this.#queue.findIndex((write) => write.waitedMs < this.#options.busyMs)
    return fresh === -1 ? this.#queue.length : fresh
  }

  #refuse(count: number, failure: StorageUnavailableError): void {
    for (const write of this.#queue.splice(0, count)) write.reject(failure)
    if (count > 0) this.#options.observe({ committed: 0, ms: 0, failure })
  }
}
