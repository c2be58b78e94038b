import { availableParallelism } from 'node:os'
import { BoundedQueue } from '@encargo/service-kit/async/bounded-queue'
import { randomSecret } from '@encargo/service-kit/identity/service-accounts'
import type { Passwords } from '../ports/seguridad.ts'

export interface HashCost {
  /** KiB. */
  readonly memoryCost: number
  readonly timeCost: number
}

/** OWASP Password Storage Cheat Sheet: argon2id with m=19 MiB, t=2, p=1 (Bun's only `p`). */
export const owaspCost: HashCost = { memoryCost: 19_456, timeCost: 2 }

/** Half of the processors hash, so that the others go on answering; the line is about 2 s long. */
const defaultLimits = {
  running: Math.max(1, Math.floor(availableParallelism() / 2)),
  waiting: 64,
}

/** One Unicode form (NIST SP 800-63B, 3.1.1.2): keyboards differ in how they write an accent. */
const normalized = (password: string) => password.normalize('NFKC')

export interface Argon2Options {
  readonly cost?: HashCost
  readonly limits?: { readonly running: number; readonly waiting: number }
}

/** Hashes passwords off the event loop, a bounded number at a time. */
export class Argon2 implements Passwords {
  readonly #queue: BoundedQueue
  readonly #cost: HashCost
  readonly #decoy: string

  private constructor(options: Argon2Options, decoy: string) {
    this.#cost = options.cost ?? owaspCost
    this.#queue = new BoundedQueue(options.limits ?? defaultLimits)
    this.#decoy = decoy
  }

  static async create(options: Argon2Options = {}): Promise<Argon2> {
    const cost = options.cost ?? owaspCost
    return new Argon2(
      options,
      await Bun.password.hash(randomSecret(), { algorithm: 'argon2id', ...cost }),
    )
  }

  hash(password: string): Promise<string> {
    const options = { algorithm: 'argon2id', ...this.#cost } as const
    return this.#queue.run(() => Bun.password.hash(normalized(password), options))
  }

  async verify(password: string, stored: string | undefined): Promise<boolean> {
    const hash = stored ?? this.#decoy
    const same = await this.#queue.run(() => Bun.password.verify(normalized(password), hash))
    return same && stored !== undefined
  }

  outdated(stored: string): boolean {
    const { memoryCost, timeCost } = this.#cost
    return !stored.startsWith(`$argon2id$v=19$m=${memoryCost},t=${timeCost},p=1$`)
  }
}
