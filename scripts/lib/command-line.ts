import { parseArgs, type ParseArgsConfig } from 'node:util'
import { ConfigError } from '@encargo/service-kit/run/config'
import { StorageOpenError, StorageUnavailableError } from '@encargo/storage'
import { fail } from './install.ts'
import { type Progress, terminalProgress } from './progress.ts'

/** An end that the person who typed the command can do something about: one sentence that says why. */
export class Sentence extends Error {
  override readonly name: string = 'Sentence'
}

/** The command line made no sense. */
export class UsageError extends Sentence {
  override readonly name = 'UsageError'
}

/** Every command explains itself. */
export const helpOption = { help: { type: 'boolean', short: 'h', default: false } } as const

export type Options = NonNullable<ParseArgsConfig['options']>
export type Values<T extends Options> = ReturnType<typeof parseCommand<T>>['values']

export interface Names {
  /** How many names a command takes; none unless told otherwise. */
  readonly least?: number
  readonly most: number
  /** What is said where there are more or fewer: `audit takes no names`. */
  readonly takes: string
}

/**
 * `parseArgs` of Node, with its errors as one sentence each.
 * @throws UsageError
 */
export function parseCommand<T extends Options>(
  args: readonly string[],
  options: T,
  names?: Names,
) {
  const parsed = parsedOrRefused(args, options)
  const { positionals } = parsed
  const asked: Readonly<Record<string, unknown>> = parsed.values
  const {
    least = 0,
    most,
    takes,
  } = names ?? { most: 0, takes: `"${positionals[0]}" means nothing` }
  if (asked['help'] !== true && (positionals.length < least || positionals.length > most)) {
    throw new UsageError(`${takes}; --help says more.`)
  }
  return parsed
}

function parsedOrRefused<T extends Options>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    const [sentence] = (error instanceof Error ? error.message : String(error)).split('. ')
    throw new UsageError(`${sentence}; --help says what there is.`)
  }
}

/** @throws UsageError that names what was typed, and prints what arrived */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  const range = `must be a whole number from ${least} to ${most}`
  throw new UsageError(`${name} ${range}, got ${JSON.stringify(text)}.`)
}

export interface Command<T extends Options> {
  readonly help: string
  /** `helpOption` among them. */
  readonly options: T
  readonly names?: Names
  /** The exit codes of a command that could not do its work, 1, and of one that makes no sense, the same. */
  readonly exits?: { readonly failed: number; readonly misused?: number }
}

const sentences = [Sentence, ConfigError, StorageOpenError, StorageUnavailableError]

/** What can be mended is one sentence; the rest is a bug and shows its stack. */
const isMendable = (error: unknown): error is Error =>
  sentences.some((kind) => error instanceof kind) || (error instanceof Error && 'syscall' in error)

/**
 * Does the work of a command, or explains it, or says in one sentence why it could not be done.
 * Answers the exit code, which is 0 unless `work` has another.
 */
export async function runCommand<T extends Options>(
  args: readonly string[],
  { help, options, names, exits = { failed: 1 } }: Command<T>,
  work: (values: Values<T>, names: string[], progress: Progress) => Promise<number | void>,
): Promise<number> {
  const progress = terminalProgress()
  try {
    const { values, positionals } = parseCommand(args, options, names)
    const asked: Readonly<Record<string, unknown>> = values
    if (asked['help'] !== true) return (await work(values, positionals, progress)) ?? 0
    console.log(help)
    return 0
  } catch (error) {
    if (!isMendable(error)) throw error
    progress.clear()
    console.error(error.message)
    return error instanceof UsageError ? (exits.misused ?? exits.failed) : exits.failed
  } finally {
    progress.clear()
  }
}

/** As many names as somebody types. */
export const anyNames: Names = { most: Number.POSITIVE_INFINITY, takes: '' }

/**
 * What was typed, for a command that goes on for long. It ends here when it was asked to explain itself
 * (exit code 0) or was told something that it does not take (1).
 */
export function parsedOrEnd<T extends Options>(
  args: readonly string[],
  { help, options, names }: Command<T>,
) {
  try {
    const parsed = parseCommand(args, options, names)
    const asked: Readonly<Record<string, unknown>> = parsed.values
    if (asked['help'] !== true) return parsed
    console.log(help)
    process.exit(0)
  } catch (error) {
    if (error instanceof UsageError) fail(error.message)
    throw error
  }
}

/** The names that were typed, for a command that takes nothing else. */
export function namesOrEnd(args: readonly string[], help: string, takesNames = true): string[] {
  const names = takesNames ? { names: anyNames } : {}
  return parsedOrEnd(args, { help, options: helpOption, ...names }).positionals
}
