import { isAbsolute, join, resolve } from 'node:path'
import { inProgram, isExecutable } from '@encargo/program'

/**
 * `DATA_DIR` as an absolute path. A relative one counts from the root of a checkout, wherever the command
 * was typed; the executable has none, so there from the folder where it was started.
 */
export function resolveDataDir(dataDir: string): string {
  return isAbsolute(dataDir) || isExecutable ? resolve(dataDir) : inProgram(dataDir)
}

/** Stands in a data folder from before a restore changes anything there until all of it is in place. */
export const unfinishedRestore = (dataDir: string) => join(dataDir, 'restore-unfinished.json')

/** Stands in a data folder whose shop was moved to a database server, and says which; see `bun run move`. */
export const movedAway = (dataDir: string) => join(dataDir, 'moved-away.json')
