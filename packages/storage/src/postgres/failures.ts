import { type StorageFailure, StorageUnavailableError } from '../errors.ts'
import { LostError, ServerError } from './client.ts'

/** Begins of SQLSTATEs that blame the server, not the statement; the first that fits counts. */
const failures: readonly (readonly [RegExp, StorageFailure])[] = [
  [/^25006/, 'read-only'],
  [/^53100/, 'disk-full'],
  [/^(?:53|54)/, 'overloaded'],
  // A lock or a statement that took too long, two transactions that met, a plan that is no more.
  [/^(?:55P03|57014|40001|40P01|0A000|26000)/, 'locked'],
  // Away, stopping, starting; a transaction that stood idle and was ended; a password refused by now.
  [/^(?:08|57P|25P03|25P04|28|3D)/, 'unreachable'],
  [/^XX00[12]/, 'corrupt'],
  [/^(?:58|F0|XX)/, 'io'],
]

/** The failure that an error stands for, or undefined if the database itself is well. */
export function failureOf(error: unknown): StorageFailure | undefined {
  if (error instanceof StorageUnavailableError) return error.reason
  if (error instanceof LostError) return 'unreachable'
  if (!(error instanceof ServerError)) return undefined
  // Taken away from all who write, as while a shop is copied elsewhere.
  if (error.state === '42P01' && error.message.includes('__turno')) return 'read-only'
  return failures.find(([states]) => states.test(error.state))?.[1]
}

/** What whoever asked is told of an error. */
export function told(error: unknown, inDoubt = false): unknown {
  if (error instanceof StorageUnavailableError) return error
  const reason = failureOf(error)
  return reason === undefined ? error : new StorageUnavailableError(reason, error, inDoubt)
}

/** Whether the connection is gone, and with it all that was not committed: another may be well. */
const isGone = (error: unknown) =>
  error instanceof LostError
    ? error.loss === 'gone'
    : error instanceof ServerError && /^(?:08|57P0[12]|25P0[34])/.test(error.state)

/** Two that met, or a statement whose plan a migration has made wrong, which is planned anew then. */
const isMeeting = (error: unknown) =>
  error instanceof ServerError && /^(?:40001|40P01|0A000|26000)$/.test(error.state)

/** How often what met somebody else's transaction is run. */
const attempts = 5

/**
 * Whether what failed, having done nothing, may succeed when it is run once more at once.
 * @param connections how many of the pool may have died unnoticed
 */
export const isWorthAnother = (error: unknown, attempt: number, connections: number) =>
  isGone(error) ? attempt <= connections : isMeeting(error) && attempt < attempts

/**
 * Whether a uniqueness rule refused the write.
 * @param rule `table.column`, or the index's name if it is on an expression
 */
export function isDuplicate(error: unknown, rule: string): boolean {
  if (!(error instanceof ServerError) || error.state !== '23505') return false
  const [table, column] = rule.split('.')
  if (column === undefined) return error.constraint === rule
  return error.table === table && error.key.includes(column)
}
