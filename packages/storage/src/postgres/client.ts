import type { Value } from '../script.ts'

/** The rows of an answer, with what the server says of them. */
export type Result = Record<string, Value>[] & {
  /** How many rows came, or were changed. */
  readonly count: number
  /** What the server says that it did, such as `COMMIT` or `ROLLBACK`. */
  readonly command: string | null
  /** `type` is PostgreSQL's number of the type of a column. */
  readonly columns: readonly { readonly name: string; readonly type: number }[] | null
}

/**
 * Who takes statements. Each rejects with ServerError or LostError, or with TypeError for what is no
 * parameter, and with nothing else.
 */
export interface Client {
  /**
   * One statement. It is sent at once, behind those that were asked before and without waiting for their
   * answers; the server prepares it the first time.
   */
  query(text: string, params?: readonly Value[]): Promise<Result>
}

/** A connection that nobody else uses until it is given back, or closed because its state is in doubt. */
export interface Connection extends Client {
  /** Several statements in one text, without parameters. */
  run(text: string): Promise<void>
  giveBack(): void
  close(): void
}

/**
 * Connections to one database, made when they are needed. All that this package knows of a driver. One that
 * does not answer in time is dropped, and all others of the pool with it: the way to the server is in doubt.
 */
export interface Pool extends Client {
  /** How many connections at most. */
  readonly max: number
  reserve(): Promise<Connection>
  /** Drops all connections, whatever they are doing: the next are new ones. */
  renew(): void
  /** What is asked before is answered, if that takes no longer than a second. */
  close(): Promise<void>
}

export interface PoolOptions {
  readonly url: string
  /** How many connections at most. */
  readonly max: number
  /** What is set on each connection when it is made. */
  readonly settings: Readonly<Record<string, string>>
  /** How long an answer, or a connection, may take, in milliseconds. */
  readonly deadlineMs: number
}

export type OpenPool = (options: PoolOptions) => Pool

interface Refusal {
  readonly message: string
  /** https://www.postgresql.org/docs/current/errcodes-appendix.html */
  readonly state: string
  readonly table?: string | undefined
  readonly constraint?: string | undefined
  readonly detail?: string | undefined
}

/** What the server said no to. Its message holds no parameters; `detail`, which may, is not printed. */
export class ServerError extends Error {
  override readonly name = 'ServerError'
  readonly state: string
  readonly table: string | undefined
  readonly constraint: string | undefined
  readonly #detail: string | undefined

  constructor({ message, state, table, constraint, detail }: Refusal) {
    super(message)
    this.state = state
    this.table = table
    this.constraint = constraint
    this.#detail = detail
  }

  /**
   * The columns of the key that is there already: "Key (sku, nombre)=(abc, x) already exists.", or the same
   * in the server's language.
   */
  get key(): readonly string[] {
    return /\((.*?)\)=\(/.exec(this.#detail ?? '')?.[1]?.split(', ') ?? []
  }
}

/**
 * How a connection was lost: it is `gone`, and another may be well; or none was to be had, as the server is
 * `away`; or it was too `late` to wait any longer.
 */
export type Loss = 'gone' | 'away' | 'late'

/** There was no connection to be had, or it was lost. */
export class LostError extends Error {
  override readonly name = 'LostError'
  readonly loss: Loss

  constructor(message: string, loss: Loss) {
    super(message)
    this.loss = loss
  }
}

/** Rejects when `answer` takes longer than `ms`; `lost` is told first. */
export function inTime<T>(answer: Promise<T>, ms: number, lost: () => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new LostError(`the database did not answer within ${ms} ms`, 'late'))
      lost()
    }, ms)
    const settle = (end: () => void) => {
      clearTimeout(timer)
      end()
    }
    answer.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error)),
    )
  })
}
