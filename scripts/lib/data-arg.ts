import { commandLine } from '@encargo/program'
import { helpOption } from './command-line.ts'
import { resolveDataDir } from '@encargo/service-kit/run/data-dir'
import type { Environment } from '@encargo/service-kit/run/config'

export const dataHelp = `The data is in DATA_DIR (default .data), or where --data says. \`${commandLine('dev')}\` keeps its own in
.data/dev, so for that one: --data .data/dev`

/** What a command takes that looks at the data. */
export const dataOptions = { data: { type: 'string' }, ...helpOption } as const

/** The folder that the four databases are in. */
export function dataDirOf(env: Environment, data: string | undefined): string {
  return resolveDataDir(data ?? (env['DATA_DIR'] || '.data'))
}
