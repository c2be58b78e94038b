import { SQL } from 'bun'
import { type StorageFailure, StorageUnavailableError } from '../errors.ts'
import { NoAnswerError } from './client.ts'

/** The SQLSTATE of an error (https://www.postgresql.org/docs/current/errcodes-appendix.html), or ''. */
export const stateOf = (error: unknown): string =>
  error instanceof SQL.PostgresError ? (error.errno ?? '') : ''

/** Begins of SQLSTATEs that blame the server, not the statement; the first that fits counts. */
const failures: readonly (readonly [RegExp, StorageFailure])[] = [
  [/^25006/, 'read-only'],
  [/^53100/, 'disk-full'],
  [/^(?:53|54)/, 'overloaded'],
  // A lock or a statement that took too long, a deadlock, two that met.
  [/^(?:55P03|57014|40001|40P01)/, 'locked'],
  // Away, stopping, starting, or an idle transaction that was ended; a password that is refused by now.
  [/^(?:08|57P|25P0[1-4]|28|3D)/, 'unreachable'],
  [/^(?:58|F0)/, 'io'],
  [/^XX/, 'corrupt'],
]

/** The failure that an error stands for, or undefined if the database itself is well. */
export function failureOf(error: unknown): StorageFailure | undefined {
  if (error instanceof StorageUnavailableError) return error.reason
  if (error instanceof NoAnswerError) return 'unreachable'
  if (error instanceof DOMException) return 'unreachable'
  if (!(error instanceof SQL.PostgresError)) return undefined
  const state = stateOf(error)
  if (state === '') return 'unreachable'
  return failures.find(([states]) => states.test(state))?.[1]
}

/** What whoever asked is told of an error. */
export function told(error: unknown): unknown {
  if (error instanceof StorageUnavailableError) return error
  const reason = failureOf(error)
  return reason === undefined ? error : new StorageUnavailableError(reason, error)
}

/** Whether the same may succeed when it is run again at once. */
export const isRetryable = (error: unknown) => /^40(?:001|P01)$/.test(stateOf(error))

/**
 * Whether a uniqueness rule refused the write.
 * @param rule `table.column`, or the index's name if it is on an expression
 */
export function isDuplicate(error: unknown, rule: string): boolean {
  if (!(error instanceof SQL.PostgresError) || stateOf(error) !== '23505') return false
  const [table, column] = rule.split('.')
  if (column === undefined) return error.constraint === rule
  // "Key (sku_clave)=(abc) already exists."
  const columns = /^Key \((.*?)\)=/.exec(error.detail ?? '')?.[1]?.split(', ') ?? []
  return error.table === table && columns.includes(column)
}
