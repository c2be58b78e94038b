import type { Spread } from '../stats.ts'

export const keyKinds = ['v7', 'v4', 'none'] as const
/** What the `Idempotency-Key` of each purchase is: a UUID of that version, or absent. */
export type KeyKind = (typeof keyKinds)[number]

/** What is asked of pedidos with each order, and what of it beyond its lines. */
export interface Wish {
  readonly path: '/pedidos' | '/cotizaciones'
  readonly more: Readonly<Record<string, unknown>>
}

/** What one run of the generator does. */
export interface Job {
  /** Where `POST /pedidos` goes: as many connections to each as are told. */
  readonly origins: readonly string[]
  /** Access tokens of the shoppers; request `n` is made by number `n` modulo their count. */
  readonly tokens: readonly string[]
  readonly productIds: readonly string[]
  /** Lines of an order, each with another product, one unit each. */
  readonly lines: number
  readonly keys: KeyKind
  /** Left out, it is bought without more. */
  readonly wish?: Wish | undefined
  readonly pace: Pace
}

export type Pace =
  /** Each connection asks again as soon as it has its answer, until the time is over. */
  | { readonly kind: 'closed'; readonly connections: number; readonly durationMs: number }
  /** So many purchases in all, each once, over so many connections. */
  | { readonly kind: 'once'; readonly connections: number; readonly total: number }
  /**
   * So many purchases a second whatever comes back; one that finds `maxConnections` busy is not
   * sent and counts as `unsent`.
   */
  | {
      readonly kind: 'open'
      readonly perSecond: number
      readonly maxConnections: number
      readonly durationMs: number
    }

export interface LoadResult {
  /** From the first request to the last answer, in milliseconds. */
  readonly elapsedMs: number
  /** How many answers there were of each status; `0` counts broken connections. */
  readonly statuses: Readonly<Record<string, number>>
  /** Latencies of 201 answers, and of 200 to quotes. */
  readonly accepted: Spread
  /** Latencies of every other answer. */
  readonly refused: Spread
  readonly unsent: number
  /** CPU that the generator itself used, in seconds. */
  readonly generatorCpuSeconds: number
}

export type LoadMessage =
  | { readonly type: 'done'; readonly result: LoadResult }
  | { readonly type: 'failed'; readonly message: string }
