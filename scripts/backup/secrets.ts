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

const folderOf = (dataDir: string, service: Service) => dirname(fileOf(dataDir, service))

/** The credentials that services made in a data folder, if they did. */
export function credentialsIn(dataDir: string): Secret[] {
  const folders = [folderOf(dataDir, 'auth'), folderOf(dataDir, 'pedidos')]
  const file = folders.map(credentialsFile).find(existsSync)
  return file === undefined ? [] : [{ file, path: basename(file) }]
}

async function keyFilesIn(dataDir: string): Promise<Secret[]> {
  const keys = keyFolder(folderOf(dataDir, 'auth'))
  const names = existsSync(keys) ? await readdir(keys) : []
  const keyFiles = names.filter((name) => name.endsWith('.json')).sort()
  return keyFiles.map((name) => ({ file: join(keys, name), path: join(basename(keys), name) }))
}

/** The paths in a data folder of its signing keys. */
export const keysIn = async (dataDir: string): Promise<string[]> =>
  (await keyFilesIn(dataDir)).map(({ path }) => path)

/** The credentials and the signing keys that services made in a data folder. */
export const secretsIn = async (dataDir: string): Promise<Secret[]> => [
  ...credentialsIn(dataDir),
  ...(await keyFilesIn(dataDir)),
]

/** Copies a file that only its owner may read, into a folder that only its owner may enter. */
export async function copySecret(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await copyFile(from, to)
  await chmod(to, 0o600)
}
