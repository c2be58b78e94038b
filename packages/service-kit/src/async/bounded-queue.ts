/** More work is waiting than will be done in a bearable time. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError'
}

/** Runs at most `running` pieces of work at the same time; at most `waiting` more stand in line. */
export class BoundedQueue {
  readonly #limits: { readonly running: number; readonly waiting: number }
  readonly #line: (() => void)[] = []
  #running = 0

  constructor(limits: { running: number; waiting: number }) {
    this.#limits = limits
  }

  /** @throws QueueFullError at once when the line is full */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter()
    try {
      return await work()
    } finally {
      this.#leave()
    }
  }

  async #enter(): Promise<void> {
    if (this.#running < this.#limits.running) {
      this.#running++
      return
    }
    if (this.#line.length >= this.#limits.waiting) throw new QueueFullError('too much work waits')
    await new Promise<void>((resolve) => this.#line.push(resolve))
  }

  /** The place goes to the next in line without becoming free, so that nobody jumps the line. */
  #leave(): void {
    const next = this.#line.shift()
    if (next) next()
    else this.#running--
  }
}
