import { mkdir, mkdtemp, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { BackupError } from './manifest.ts'

/**
 * Makes a folder, unless it is there, and tries to write in it: what rights say is not all.
 * @throws BackupError where that is impossible
 */
export async function writableFolder(folder: string, mode?: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode })
    await rmdir(await mkdtemp(join(folder, '.probe-')))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new BackupError(`The folder ${folder} cannot be written (${code}); name one that can.`)
  }
}
