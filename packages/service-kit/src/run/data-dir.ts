import { isAbsolute, join } from 'node:path'

/** The root of the workspace, wherever the command was typed. */
export const projectRoot = join(import.meta.dir, '..', '..', '..', '..')

/** `DATA_DIR` as an absolute path: a relative one counts from the root of the workspace. */
export function resolveDataDir(dataDir: string): string {
  return isAbsolute(dataDir) ? dataDir : join(projectRoot, dataDir)
}

/** Stands in a data folder from before a restore changes anything there until all of it is in place. */
export const unfinishedRestore = (dataDir: string) => join(dataDir, 'restore-unfinished.json')
