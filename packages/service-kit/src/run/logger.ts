export type LogLevel = 'debug' | 'info' | 'warn' | 'error'
export type LogFields = Readonly<Record<string, unknown>>

export interface Logger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

const order: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 }

export interface LoggerOptions {
  service: string
  level: LogLevel
  /** Where a finished line goes; standard error by default, so that standard output stays readable. */
  write?: (line: string) => void
  now?: () => Date
}

/** What may be said of an error: its name, message and stack, and the same of its causes. */
export function describeError(error: unknown, depth = 0): LogFields {
  if (!(error instanceof Error)) return { message: textOf(error) }
  // An error may be its own cause; eight deep says enough of any.
  const told = error.cause === undefined || depth >= 8
  const cause = told ? {} : { cause: describeError(error.cause, depth + 1) }
  return { name: error.name, message: error.message, stack: error.stack, ...cause }
}

function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? Bun.inspect(value) : String(value)
}

/** A log must not fail what it tells of: fields that JSON can't say are told as text. */
function toJson(members: LogFields, fields: LogFields): string {
  try {
    return JSON.stringify({ ...members, ...fields, ...members })
  } catch {
    return JSON.stringify({ ...members, fields: Bun.inspect(fields) })
  }
}

/** One JSON object a line: `time`, `level`, `service`, `message` and the fields given. */
export function createLogger(options: LoggerOptions): Logger {
  const write = options.write ?? ((line) => process.stderr.write(`${line}\n`))
  const now = options.now ?? (() => new Date())
  const least = order[options.level]
  const at = (level: LogLevel) => (message: string, fields?: LogFields) => {
    if (order[level] < least) return
    const time = now().toISOString()
    write(toJson({ time, level, service: options.service, message }, fields ?? {}))
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** For tests and tools that want no log. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} }
