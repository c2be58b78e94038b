import { open } from 'node:fs/promises'

/** fsync of a folder (for the names in it), or of a file that no connection of this process uses. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
