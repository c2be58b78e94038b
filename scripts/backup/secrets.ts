import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { keyFolder } from '../../apps/auth/src/security/key-folder.ts'
import { credentialsFile } from '@encargo/service-kit/identity/service-accounts'
import { fileOf, type Service } from '../audit/databases.ts'

/** A generated secret: where it lies, and where it belongs in a backup or a data folder. */
export interface Secret {
  readonly file: string
  readonly path: string
}

/** The credentials and the signing keys that services made in a data folder. */
export async function secretsIn(dataDir: string): Promise<Secret[]> {
  const folderOf = (service: Service) => dirname(fileOf(dataDir, service))
  const credentials = [folderOf('auth'), folderOf('pedidos')].map(credentialsFile).find(existsSync)
  const keys = keyFolder(folderOf('auth'))
  const names = existsSync(keys) ? await readdir(keys) : []
  const keyFiles = names.filter((name) => name.endsWith('.json')).sort()
  return [
    ...(credentials === undefined ? [] : [{ file: credentials, path: basename(credentials) }]),
    ...keyFiles.map((name) => ({ file: join(keys, name), path: join(basename(keys), name) })),
  ]
}

/** Copies a file that only its owner may read, into a folder that only its owner may enter. */
export async function copySecret(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await copyFile(from, to)
  await chmod(to, 0o600)
}
