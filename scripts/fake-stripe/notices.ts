import { createHmac } from 'node:crypto'
import type { Event } from './objects.ts'

/** A notice as it is sent. */
export interface Notice {
  readonly event: Event
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** `Stripe-Signature`, by each of the secrets; `atMs` in milliseconds since the epoch. */
export function signature(
  body: string | Uint8Array,
  secrets: readonly string[],
  atMs: number,
): string {
  const t = Math.floor(atMs / 1000)
  const signed = secrets.map(
    (secret) => `v1=${createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex')}`,
  )
  return [`t=${t}`, ...signed].join(',')
}

export function notice(event: Event, secret: string, atMs: number): Notice {
  const body = JSON.stringify(event, null, 2)
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'stripe-signature': signature(body, [secret], atMs),
  }
  return { event, body, headers }
}

/**
 * How notices go out: `prompt`; `never`; each `twice`; `held` until `release`, which sends them newest
 * first.
 */
export type Manner = 'prompt' | 'never' | 'twice' | 'held'

export interface PostOptions {
  /** Where notices go; undefined keeps them. */
  readonly to: string | undefined
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Runs `work` after `ms` milliseconds, unless what it answers is called. */
  readonly timer: (work: () => void, ms: number) => () => void
}

const attempts = 8
const firstWaitMs = 100

/** Sends notices, and each again, later and later, until it is taken. */
export function createPost({ to, fetch, timer }: PostOptions) {
  let manner: Manner = 'prompt'
  let held: Notice[] = []
  const waiting = new Set<() => void>()
  const under = new Set<Promise<void>>()

  async function attempt(one: Notice, n: number): Promise<void> {
    const init = { method: 'POST', headers: { ...one.headers }, body: one.body }
    const taken = await fetch(to ?? '', init).then(
      ({ ok }) => ok,
      () => false,
    )
    if (taken || n === attempts) return
    const stop = timer(
      () => {
        waiting.delete(stop)
        track(attempt(one, n + 1))
      },
      firstWaitMs * 2 ** (n - 1),
    )
    waiting.add(stop)
  }

  function track(work: Promise<void>): void {
    under.add(work)
    void work.finally(() => under.delete(work))
  }

  function go(one: Notice): void {
    if (to !== undefined) track(attempt(one, 1))
  }

  async function oneByOne(all: readonly Notice[]): Promise<void> {
    for (const one of all) await attempt(one, 1)
  }

  return {
    send(one: Notice): void {
      if (manner === 'held') held.push(one)
      if (manner === 'prompt' || manner === 'twice') go(one)
      if (manner === 'twice') go(one)
    },
    set manner(next: Manner) {
      manner = next
    },
    release(): void {
      const all = held.toReversed()
      held = []
      if (to !== undefined) track(oneByOne(all))
    },
    /** When all that is on its way has arrived, or will be tried again. */
    settled: async () => {
      await Promise.all(under)
    },
    close(): void {
      for (const stop of waiting) stop()
      waiting.clear()
    },
  }
}
