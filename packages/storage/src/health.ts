import type { Database } from 'bun:sqlite'
import { type StorageFailure, unavailable } from './errors.ts'
import { probeWrite } from './transaction.ts'

export type Health = { ok: true } | { ok: false; reason: StorageFailure }

/** A probe costs an fsync, so what was seen this recently is taken for now. */
const goodForMs = 5_000
const badForMs = 1_000

/** What is known of the storage: from its own traffic or, if that is too old, from a probe. */
export class HealthRecord {
  readonly #client: Database
  readonly #now: () => number
  #last: Health = { ok: true }
  #seenAt: number

  constructor(client: Database, now: () => number) {
    this.#client = client
    this.#now = now
    this.#seenAt = now()
  }

  record(health: Health): void {
    this.#last = health
    this.#seenAt = this.#now()
  }

  /** What is known without asking the database. */
  last(): Health {
    return this.#last
  }

  current(): Health {
    const age = this.#now() - this.#seenAt
    if (age < (this.#last.ok ? goodForMs : badForMs) || this.#client.inTransaction)
      return this.#last
    try {
      probeWrite(this.#client)
      this.record({ ok: true })
    } catch (error) {
      this.record({ ok: false, reason: unavailable(error).reason })
    }
    return this.#last
  }
}
