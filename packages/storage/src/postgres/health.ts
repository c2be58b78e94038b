import { type StorageFailure, StorageUnavailableError } from '../errors.ts'
import type { Health } from '../health.ts'
import type { Client } from './client.ts'
import { failureOf } from './failures.ts'

/** A probe is a way to the server, so what was seen this recently is taken for now. */
const goodForMs = 5_000
const badForMs = 1_000

/** A standby is read-only whatever its settings say. */
const probe = `SELECT (pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on')::int AS "readOnly"`

/** Whether the server behind a client takes no writes. */
export async function isReadOnly(client: Client): Promise<boolean> {
  return (await client.query(probe))[0]?.['readOnly'] === 1
}

interface Parts {
  readonly client: Client
  readonly now: () => number
  /** Is told, once in a second, when the server takes no writes: another may be at its address by now. */
  readonly demoted: () => void
}

/** What is known of the database: from its own traffic or, if that is too old, from a probe by the way. */
export class HealthRecord {
  readonly #parts: Parts
  #last: Health = { ok: true }
  #seenAt: number
  #demotedAt = Number.NEGATIVE_INFINITY
  #probing = false

  constructor(parts: Parts) {
    this.#parts = parts
    this.#seenAt = parts.now()
  }

  /** A write has succeeded. */
  good(): void {
    this.#record({ ok: true })
  }

  bad(reason: StorageFailure): void {
    this.#record({ ok: false, reason })
    if (reason !== 'read-only' || this.#seenAt - this.#demotedAt < badForMs) return
    this.#demotedAt = this.#seenAt
    this.#parts.demoted()
  }

  current(): Health {
    const age = this.#parts.now() - this.#seenAt
    if (age >= (this.#last.ok ? goodForMs : badForMs) && !this.#probing) void this.#probe()
    return this.#last
  }

  #record(health: Health): void {
    this.#last = health
    this.#seenAt = this.#parts.now()
  }

  /** Never rejects. */
  async #probe(): Promise<void> {
    this.#probing = true
    try {
      if (await isReadOnly(this.#parts.client)) throw new StorageUnavailableError('read-only')
      this.good()
    } catch (error) {
      this.bad(failureOf(error) ?? 'io')
    } finally {
      this.#probing = false
    }
  }
}
