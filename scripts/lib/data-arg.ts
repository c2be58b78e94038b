import { parseArgs, type ParseArgsConfig } from 'node:util'
import { resolveDataDir } from '@encargo/service-kit/data-dir'
import type { Environment } from '@encargo/service-kit/config'

/** The command line made no sense: one sentence that says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const dataHelp = `The data is in DATA_DIR (default .data), or where --data says. \`bun run dev\` keeps its own in
.data/dev, so for that one: --data .data/dev`

/** The folder that the four databases are in. */
export function dataDirOf(env: Environment, data: string | undefined): string {
  return resolveDataDir(data ?? (env['DATA_DIR'] || '.data'))
}

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
