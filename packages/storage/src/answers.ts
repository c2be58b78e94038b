import type { Database } from 'bun:sqlite'
import type { Answer, Asked, Sql, Value } from './script.ts'

/**
 * A prepared statement, given its parameters as one array, as Bun takes them and its types do not say.
 * Spread, they would cost 50 ns more, of 450 for a small statement.
 */
interface Prepared {
  all(params: readonly Value[]): unknown[]
  get(params: readonly Value[]): unknown
  run(params: readonly Value[]): { readonly changes: number }
  finalize(): void
}

/** A connection's prepared statements. */
export function answers(client: Database) {
  const known: (Prepared | undefined)[] = []
  const prepare = ({ slot, sqlite }: Sql): Prepared =>
    (known[slot] ??= client.prepare<unknown, [never]>(sqlite))
  const ask = ({ statement, kind, params }: Asked<unknown>) => {
    const prepared = prepare(statement)
    if (kind === 'run') return prepared.run(params).changes
    return kind === 'get' ? (prepared.get(params) ?? undefined) : prepared.all(params)
  }
  // What a statement answers is known to its type alone.
  /** Or the file stays open beyond `close`, until they are collected. */
  const finalize = () => known.forEach((one) => one?.finalize())
  return { prepare, answer: ask as Answer, finalize }
}
