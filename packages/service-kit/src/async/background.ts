import type { Logger } from '../run/logger.ts'

/** Work that no answer waits for, bounded; what is too much is dropped and told. */
export class Background {
  readonly #running = new Set<Promise<void>>()
  readonly #logger: Logger
  readonly #max: number

  constructor(logger: Logger, max = 200) {
    this.#logger = logger
    this.#max = max
  }

  /** `name` says in the log what failed; the error's own message may name a person. */
  run(name: string, work: () => Promise<void>): void {
    if (this.#running.size >= this.#max) {
      this.#logger.warn('background work was dropped: too much of it is running', { work: name })
      return
    }
    const running = work()
      .catch((error: unknown) => {
        const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
        const kind = error instanceof Error ? error.name : typeof error
        this.#logger.error('background work failed', { work: name, error: kind, code })
      })
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  /** When nothing runs any more. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }
}
