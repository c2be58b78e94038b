import { existsSync } from 'node:fs'
import { resolveDataDir, unfinishedRestore } from './data-dir.ts'
import { StartError } from './start-error.ts'

/**
 * The folder of a service's data, as an absolute path.
 * @throws StartError while a restore that was cut short has left it half old and half new: what is
 * missing there would be made anew, empty, and the others would take that for the truth
 */
export function serviceDataDir(dataDir: string): string {
  const folder = resolveDataDir(dataDir)
  if (!existsSync(unfinishedRestore(folder))) return folder
  throw new StartError(
    `a restore to ${folder} was cut short: run bun run restore again, which first puts back what was there, then start the services`,
  )
}
