import { SQL } from 'bun'
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

/** Who takes statements: they are sent in the order in which they are asked, without waiting for answers. */
export interface Client {
  query(text: string, params?: readonly Value[]): Promise<Result>
}

/** A connection that nobody else uses until it is given back, or closed because its state is in doubt. */
export interface Connection extends Client {
  giveBack(): void
  close(): void
}

/** Connections to one database. All that this package knows of a driver. */
export interface Pool extends Client {
  reserve(): Promise<Connection>
  close(): Promise<void>
}

export interface PoolOptions {
  readonly url: string
  /** How many connections at most. */
  readonly max: number
  /** What is set on each connection when it is made. */
  readonly settings: Readonly<Record<string, string>>
  /** How long an answer may take, in milliseconds, before its connection is given up. */
  readonly deadlineMs: number
}

/** No driver has a deadline of its own, and a server that is frozen or cut off never answers. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'
}

type Sent = SQL.Query<Result>

/** Rejects when the answer takes too long; `lost` is told first. */
function within(sent: Sent, ms: number, lost: () => void): Promise<Result> {
  return new Promise<Result>((resolve, reject) => {
    const timer = setTimeout(() => {
      lost()
      reject(new NoAnswerError(`the database did not answer within ${ms} ms`))
      sent.cancel()
    }, ms)
    sent.then(
      (result) => {
        clearTimeout(timer)
        resolve(result)
      },
      (error: unknown) => {
        clearTimeout(timer)
        reject(error)
      },
    )
  })
}

const send = (on: Pick<SQL, 'unsafe'>, text: string, params: readonly Value[] | undefined) =>
  on.unsafe(text, params as unknown[] | undefined) as Sent

/** On Bun's driver. */
export function openPool({ url, max, settings, deadlineMs }: PoolOptions): Pool {
  const sql = new SQL(url, { max, connection: settings, connectionTimeout: 5 })
  return {
    query: (text, params) => within(send(sql, text, params), deadlineMs, () => undefined),
    async reserve() {
      const one = await sql.reserve({ signal: AbortSignal.timeout(deadlineMs) })
      let open = true
      const end = (work: () => unknown) => {
        if (!open) return
        open = false
        // A connection that is lost is closed already.
        void Promise.try(work).catch(() => undefined)
      }
      const close = () => end(() => one.close({ timeout: 0 }))
      return {
        query: (text, params) => within(send(one, text, params), deadlineMs, close),
        giveBack: () => end(() => one.release()),
        close,
      }
    },
    close: () => sql.close({ timeout: 1 }),
  }
}
