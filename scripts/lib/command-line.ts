import { parseArgs, type ParseArgsConfig } from 'node:util'
import { fail } from './install.ts'

/** The command line made no sense: one sentence that says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Every command explains itself. */
export const helpOption = { help: { type: 'boolean', short: 'h', default: false } } as const

/** `parseArgs` of Node, with its errors as one sentence each. */
export function parseCommand<T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    const [sentence] = (error instanceof Error ? error.message : String(error)).split('. ')
    throw new UsageError(`${sentence}; --help says what there is.`)
  }
}

/**
 * The names that were typed, for a command that takes nothing else. It ends here when it was asked
 * to explain itself (exit code 0) or was told something that it does not take (1).
 */
export function namesOrEnd(args: readonly string[], help: string, takesNames = true): string[] {
  try {
    const { values, positionals } = parseCommand(args, helpOption)
    if (values.help) {
      console.log(help)
      process.exit(0)
    }
    if (takesNames || positionals.length === 0) return positionals
    throw new UsageError(`"${positionals[0]}" means nothing here; --help says what there is.`)
  } catch (error) {
    if (error instanceof UsageError) fail(error.message)
    throw error
  }
}
