import { SQLiteError } from 'bun:sqlite'

/** Each reason why the database cannot serve now: in words, and when to try again. */
const failures = {
  'disk-full': { means: 'the disk or the database is full', retryAfterMs: 10_000 },
  locked: { means: 'another connection holds the write lock', retryAfterMs: 1_000 },
  'read-only': { means: 'the database cannot be written', retryAfterMs: 10_000 },
  io: { means: 'reading or writing the database file failed', retryAfterMs: 5_000 },
  corrupt: { means: 'the database file is damaged or of another kind', retryAfterMs: 60_000 },
  overloaded: { means: 'too many writes are waiting', retryAfterMs: 1_000 },
  closed: { means: 'the storage is closed', retryAfterMs: 1_000 },
}

export type StorageFailure = keyof typeof failures

/** Primary result codes (https://sqlite.org/rescode.html) that blame the storage, not the SQL. */
const failureByCode = new Map<number, StorageFailure>([
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

/** The write was rolled back; the same one may be tried again after `retryAfterMs`. */
export class StorageUnavailableError extends Error {
  override readonly name = 'StorageUnavailableError'
  readonly reason: StorageFailure
  readonly retryAfterMs: number

  /** `cause` is SQLite's own error, never Drizzle's: the latter's message holds the parameters. */
  constructor(reason: StorageFailure, cause?: SQLiteError) {
    super(`Storage is unavailable: ${failures[reason].means}.`, { cause })
    this.reason = reason
    this.retryAfterMs = failures[reason].retryAfterMs
  }
}

/** The database could not be opened; the message is one sentence naming the file and the reason. */
export class StorageOpenError extends Error {
  override readonly name = 'StorageOpenError'
  readonly file: string

  constructor(file: string, cause: unknown) {
    const failure = failureOf(cause)
    const told = failure && failure !== 'io' ? failures[failure].means : messageOf(cause)
    const clear = told
      .replace('unable to open database file', 'it or its folder cannot be read and written')
      .replace(/\.$/, '')
    super(`Cannot open the database ${file}: ${clear}.`, { cause })
    this.file = file
  }
}

/** The SQLite error in a chain of causes: Drizzle wraps what the driver throws. */
function sqliteErrorIn(error: unknown): SQLiteError | undefined {
  let current = error
  for (let depth = 0; depth < 8 && current instanceof Error; depth++) {
    if (current instanceof SQLiteError) return current
    current = current.cause
  }
  return undefined
}

/** The message without a query's parameters. */
export function messageOf(error: unknown): string {
  const shown = sqliteErrorIn(error) ?? error
  return shown instanceof Error ? shown.message : String(shown)
}

/** The failure an error stands for, or undefined if the storage itself is well. */
export function failureOf(error: unknown): StorageFailure | undefined {
  if (error instanceof StorageUnavailableError) return error.reason
  const cause = sqliteErrorIn(error)
  return cause && failureByCode.get(cause.errno & 0xff)
}

/** For an error that ended a whole transaction. */
export function unavailable(error: unknown): StorageUnavailableError {
  if (error instanceof StorageUnavailableError) return error
  return new StorageUnavailableError(failureOf(error) ?? 'io', sqliteErrorIn(error))
}

const uniqueCodes = ['UNIQUE', 'PRIMARYKEY', 'ROWID'].map((rule) => `SQLITE_CONSTRAINT_${rule}`)

/**
 * Whether a uniqueness rule refused the write; looks through Drizzle's wrapper as well.
 * @param column `table.column`, or the index's name if it is on an expression.
 */
export function isUniqueViolation(error: unknown, column?: string): boolean {
  const cause = sqliteErrorIn(error)
  if (!cause?.code || !uniqueCodes.includes(cause.code)) return false
  const broken = cause.message.replace('UNIQUE constraint failed: ', '').split(', ')
  return column === undefined || broken.includes(column) || broken.includes(`index '${column}'`)
}
