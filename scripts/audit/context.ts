import type { Database } from 'bun:sqlite'
import type { Clock } from './judge.ts'
import type { InvariantId } from './report.ts'
import type { Tally } from './tally.ts'

/** An id whose order and reservation did not agree when they were read. */
export interface Suspect {
  readonly id: string
  readonly invariant: InvariantId
  readonly subject: string
}

/** A system with more of them than this is not in flight: what is over is told as it was read. */
export const mostSuspects = 50_000

/** What every check works with. */
export interface Context {
  /** All files, each as of one moment. */
  readonly client: Database
  readonly tally: Tally
  /**
   * By id, what has to be looked at again: the files are read at slightly different moments, so that
   * what changed in between may look wrong.
   */
  readonly suspects: Map<string, Suspect>
  readonly clock: Clock
  /** Says what is being looked at, and how much of it is done, from 0 to 1. */
  readonly progress: (what: string, done: number) => void
}

export const orderName = (numero: number, id: string) => `order ${numero} (${id})`

/** What puts things right in more than one case. */
export const restoreFile = 'restore this file from a backup, with the others'
export const recount = 'count the shelf, then book the count with AJUSTE'

/** Has what follows from the history of orders under this name made anew, behind the orders. */
export const makeAnew = (name: string) =>
  `DELETE FROM marcas WHERE nombre = '${name}' in pedidos.db`

/** How many rows are looked at between two reports of progress. */
const chunk = 20_000

/** Goes through the rowids of a table a span at a time: `from` without, `to` with the end. */
export function bySpans(
  { client, progress }: Context,
  what: string,
  table: string,
  work: (from: number, to: number) => void,
): void {
  const span = client
    .query<{ low: number | null; high: number | null }, []>(
      `SELECT (SELECT min(rowid) FROM ${table}) AS low, (SELECT max(rowid) FROM ${table}) AS high`,
    )
    .get()
  if (span?.low == null || span.high == null) return
  const { low, high } = span
  for (let from = low - 1; from < high; from += chunk) {
    work(from, Math.min(from + chunk, high))
    progress(what, Math.min(1, (from + chunk - low) / (high - low + 1)))
  }
}

export function countOf(client: Database, query: string): number {
  return Number(client.query(query).values()[0]?.[0] ?? 0)
}
