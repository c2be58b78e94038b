import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { keyFolder } from '../../apps/auth/src/security/key-folder.ts'
import { credentialsFile } from '@encargo/service-kit/service-accounts'

/** The generated secrets in a data folder, as paths relative to it: credentials and signing keys. */
export async function secretPaths(dataDir: string): Promise<string[]> {
  const credentials = credentialsFile(dataDir)
  const keys = keyFolder(dataDir)
  const names = existsSync(keys) ? await readdir(keys) : []
  return [
    ...(existsSync(credentials) ? [credentials] : []),
    ...names
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(keys, name)),
  ].map((file) => file.slice(dataDir.length + 1))
}

/** Copies a file that only its owner may read, into a folder that only its owner may enter. */
export async function copySecret(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await copyFile(from, to)
  await chmod(to, 0o600)
}
