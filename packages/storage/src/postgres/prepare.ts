import type { Sql } from '../script.ts'
import { type Pool, ServerError } from './client.ts'
import { failureOf } from './failures.ts'

/** Lets the server look at statements before they are used; nothing is left of it there. */
export class Preparation {
  readonly #pool: Pool
  readonly #texts = new Set<string>()
  #looking: Promise<void> | undefined

  constructor(pool: Pool) {
    this.#pool = pool
  }

  add(statements: readonly Sql[]): void {
    for (const { postgres } of statements) this.#texts.add(postgres)
  }

  /** @throws Error with the text that is wrong, each time */
  readonly ready = async (): Promise<void> => {
    if (this.#texts.size === 0) return
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined))
    await this.#looking
  }

  async #look(): Promise<void> {
    const connection = await this.#pool.reserve()
    try {
      for (const text of this.#texts) {
        await connection.run(`PREPARE "__look" AS ${text}; DEALLOCATE "__look"`).catch((error) => {
          if (!(error instanceof ServerError) || failureOf(error)) throw error
          throw new Error(`${error.message} in the statement ${text}`, { cause: error })
        })
        this.#texts.delete(text)
      }
    } finally {
      connection.giveBack()
    }
  }
}
