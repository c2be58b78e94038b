import { SQLiteError } from 'bun:sqlite'

/** Why the database cannot take a write (or be read) at this moment. */
export type StorageFailure =
  'disk-full' | 'locked' | 'read-only' | 'io' | 'corrupt' | 'overloaded' | 'closed'

const sentences: Record<StorageFailure, string> = {
  'disk-full': 'the disk or the database is full',
  locked: 'another connection holds the write lock for too long',
  'read-only': 'the database cannot be written',
  io: 'reading or writing the database file failed',
  corrupt: 'the database file is damaged',
  overloaded: 'too many writes are waiting',
  closed: 'the storage is closed',
}

/** What passes by itself within moments is worth an early retry; what needs a person is not. */
const retryAfter: Record<StorageFailure, number> = {
  'disk-full': 10_000,
  locked: 1_000,
  'read-only': 10_000,
  io: 5_000,
  corrupt: 60_000,
  overloaded: 1_000,
  closed: 1_000,
}

/** Nothing of the write is on disk; the same write may be tried again after `retryAfterMs`. */
export class StorageUnavailableError extends Error {
  override readonly name = 'StorageUnavailableError'
  readonly reason: StorageFailure
  readonly retryAfterMs: number

  /** `cause` is SQLite's own error, never Drizzle's: the latter's message holds the parameters. */
  constructor(reason: StorageFailure, cause?: SQLiteError) {
    super(`Storage is unavailable: ${sentences[reason]}.`, { cause })
    this.reason = reason
    this.retryAfterMs = retryAfter[reason]
  }
}

/** The database could not be opened; the message is one sentence naming the file and the reason. */
export class StorageOpenError extends Error {
  override readonly name = 'StorageOpenError'
  readonly file: string

  constructor(file: string, reason: string, cause?: unknown) {
    super(`Cannot open the database ${file}: ${reason}.`, { cause })
    this.file = file
  }
}

/** The SQLite error in a chain of causes: Drizzle wraps what the driver throws. */
export function sqliteErrorIn(error: unknown): SQLiteError | undefined {
  let current = error
  for (let depth = 0; depth < 8 && current instanceof Error; depth++) {
    if (current instanceof SQLiteError) return current
    current = current.cause
  }
  return undefined
}

/** Primary result codes of SQLite (https://sqlite.org/rescode.html) that mean "not now". */
const failures = new Map<number, StorageFailure>([
  [3, 'read-only'], // SQLITE_PERM
  [5, 'locked'], // SQLITE_BUSY
  [6, 'locked'], // SQLITE_LOCKED
  [7, 'io'], // SQLITE_NOMEM
  [8, 'read-only'], // SQLITE_READONLY
  [9, 'io'], // SQLITE_INTERRUPT
  [10, 'io'], // SQLITE_IOERR
  [11, 'corrupt'], // SQLITE_CORRUPT
  [13, 'disk-full'], // SQLITE_FULL
  [14, 'io'], // SQLITE_CANTOPEN
  [15, 'locked'], // SQLITE_PROTOCOL: the race for the locks of the WAL was lost
  [26, 'corrupt'], // SQLITE_NOTADB
])

/** The failure an error stands for, or undefined if the storage itself is well. */
export function failureOf(error: unknown): StorageFailure | undefined {
  if (error instanceof StorageUnavailableError) return error.reason
  const cause = sqliteErrorIn(error)
  return cause && failures.get(cause.errno & 0xff)
}

/** Storage failures become StorageUnavailableError; every other error stays what it was. */
export function translate(error: unknown): unknown {
  const reason = failureOf(error)
  if (reason === undefined || error instanceof StorageUnavailableError) return error
  return new StorageUnavailableError(reason, sqliteErrorIn(error))
}

const uniqueCodes = new Set([
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
  'SQLITE_CONSTRAINT_ROWID',
])

/**
 * Whether a uniqueness rule refused the write; looks through Drizzle's wrapper as well.
 * @param column `table.column`, or the index's name if it is on an expression.
 */
export function isUniqueViolation(error: unknown, column?: string): boolean {
  const cause = sqliteErrorIn(error)
  if (!cause || !uniqueCodes.has(cause.code ?? '')) return false
  if (column === undefined) return true
  const broken = cause.message.replace(/^UNIQUE constraint failed: /, '').split(', ')
  return broken.includes(column) || broken.includes(`index '${column}'`)
}
