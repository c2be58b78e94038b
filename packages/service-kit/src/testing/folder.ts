import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A new folder for one test, deleted by what is handed to `cleanUp`. */
export function testFolder(name: string, cleanUp: (work: () => void) => void): string {
  const folder = mkdtempSync(join(tmpdir(), `encargo-${name}-`))
  cleanUp(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
