import { commandLine } from '@encargo/program'
import { helpOption } from './command-line.ts'
import { resolveDataDir } from '@encargo/service-kit/run/data-dir'
import type { Environment } from '@encargo/service-kit/run/config'

export const dataHelp = `The data is in DATA_DIR (default .data), or where --data says. \`${commandLine('dev')}\` keeps its own in
.data/dev, so for that one: --data .data/dev. With DATABASE_URL, and without --data, it is on that server.`

/** For what looks at all of it. */
export const roomHelp = `Of a server it reads a copy, as of one moment for each service, in the temporary folder (TMPDIR), and
removes it afterwards: it takes about the room that the same shop takes as files.`

/** What a command takes that looks at the data. */
export const dataOptions = { data: { type: 'string' }, ...helpOption } as const

/** The folder that the databases are in. */
export function dataDirOf(env: Environment, data: string | undefined): string {
  return resolveDataDir(data ?? (env['DATA_DIR'] || '.data'))
}
