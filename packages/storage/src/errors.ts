import { commandLine } from '@encargo/program'
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
  unreachable: { means: 'the database server does not answer', retryAfterMs: 1_000 },
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

/** Nothing was done, unless it is `inDoubt`; the same may be tried again after `retryAfterMs`. */
export class StorageUnavailableError extends Error {
  override readonly name = 'StorageUnavailableError'
  readonly reason: StorageFailure
  readonly retryAfterMs: number
  /** Whether the write may have been done: the server went away before it answered to COMMIT. */
  readonly inDoubt: boolean

  constructor(reason: StorageFailure, cause?: unknown, inDoubt = false) {
    super(`Storage is unavailable: ${failures[reason].means}.`, { cause })
    this.reason = reason
    this.retryAfterMs = failures[reason].retryAfterMs
    this.inDoubt = inDoubt
  }
}

const cannotUse = 'it or its folder cannot be read and written'

/** The database could not be opened; the message is one sentence naming the file and the reason. */
export class StorageOpenError extends Error {
  override readonly name = 'StorageOpenError'
  readonly file: string

  /** @param words better ones than what is known of the cause */
  constructor(file: string, cause: unknown, words?: string) {
    const failure = failureOf(cause)
    const told =
      words ??
      (failure === 'corrupt'
        ? `it is damaged or no database; bring it back with ${commandLine('restore')}`
        : failure && failure !== 'io'
          ? failures[failure].means
          : cause instanceof Error
            ? cause.message
            : String(cause))
    super(`Cannot open the database ${file}: ${plain(told)}.`, { cause })
    this.file = file
  }
}

/** What the system or SQLite says of a file that may not be used, in plain words. */
const plain = (told: string) =>
  told
    .replace(/^(?:unable to open database file|E(?:ACCES|PERM|ROFS)\b.*)$/, cannotUse)
    .replace(/\.$/, '')

/** The failure an error stands for, or undefined if the storage itself is well. */
export function failureOf(error: unknown): StorageFailure | undefined {
  if (error instanceof StorageUnavailableError) return error.reason
  return error instanceof SQLiteError ? failureByCode.get(error.errno & 0xff) : undefined
}

/** For an error that ended a whole transaction. */
export function unavailable(error: unknown): StorageUnavailableError {
  if (error instanceof StorageUnavailableError) return error
  const cause = error instanceof SQLiteError ? error : undefined
  return new StorageUnavailableError(failureOf(error) ?? 'io', cause)
}

const uniqueCodes = ['UNIQUE', 'PRIMARYKEY', 'ROWID'].map((rule) => `SQLITE_CONSTRAINT_${rule}`)

/**
 * Whether a uniqueness rule refused the write.
 * @param column `table.column`, or the index's name if it is on an expression.
 */
export function isUniqueViolation(error: unknown, column?: string): boolean {
  if (!(error instanceof SQLiteError) || !uniqueCodes.includes(error.code ?? '')) return false
  const broken = error.message.replace('UNIQUE constraint failed: ', '').split(', ')
  return column === undefined || broken.includes(column) || broken.includes(`index '${column}'`)
}
