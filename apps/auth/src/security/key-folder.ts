import { mkdir, readdir, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '@encargo/service-kit/async/clock'
import { createOnce } from '@encargo/service-kit/identity/service-accounts'
import { StartError } from '@encargo/service-kit/run/start-error'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { inOrder, type KeptKey, type KeyKeeper, ringOf } from './key-life.ts'
import type { KeyRing } from './key-ring.ts'
import { newPrivateKeyPem, readSigningKey } from './signing-key.ts'

const Archivo = Type.Object({
  /** ISO 8601; it signs from then on, until the next key does. */
  firmaDesde: Type.String({ minLength: 20 }),
  pkcs8: Type.String(),
})

export const keyFolder = (dataDir: string) => join(dataDir, 'claves')

/** The content of a key file, for the owner's eyes only. */
function keyFileContent(signsFrom: number, pem: string): string {
  const firmaDesde = new Date(signsFrom).toISOString()
  return `${JSON.stringify({ firmaDesde, pkcs8: pem }, null, 2)}\n`
}

/** Writes a key (mode 0600) that signs from then on, unless there is one. `name` without its ending. */
export async function putKey(
  folder: string,
  name: string,
  signsFrom: number,
  pem: string,
): Promise<void> {
  await createOnce(join(folder, `${name}.json`), keyFileContent(signsFrom, pem))
}

/** Adds a new one. */
export const addKey = (folder: string, name: string, signsFrom: number): Promise<void> =>
  putKey(folder, name, signsFrom, newPrivateKeyPem())

/** @throws Error for what is no key file; its words may quote the key */
export function readKeyText(text: string): { readonly signsFrom: number; readonly pem: string } {
  const { firmaDesde, pkcs8 } = Value.Parse(Archivo, JSON.parse(text))
  const signsFrom = Date.parse(firmaDesde)
  if (Number.isNaN(signsFrom)) throw new Error('not an instant')
  return { signsFrom, pem: pkcs8 }
}

async function readKeyFile(folder: string, name: string): Promise<KeptKey> {
  const file = join(folder, name)
  try {
    const { signsFrom, pem } = readKeyText(await readFile(file, 'utf8'))
    return { name, signsFrom, key: await readSigningKey(pem) }
  } catch {
    // What was wrong may quote the key, so only the file is named.
    throw new StartError(`${file} is not a signing key of this service; put it right or remove it`)
  }
}

/** The names of the key files of a folder, which is made where there is none. */
async function namesIn(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const names = await readdir(folder)
  return names.filter((name) => name.endsWith('.json')).sort()
}

const readAll = async (folder: string, names: readonly string[]) =>
  inOrder(await Promise.all(names.map((name) => readKeyFile(folder, name))))

/** Keeps keys in `DATA_DIR/claves`, where a running service looks each time. */
export function folderKeys(dataDir: string, uuid: () => string): KeyKeeper {
  const folder = keyFolder(dataDir)
  return {
    names: () => namesIn(folder),
    read: async () => await readAll(folder, await namesIn(folder)),
    async add(signsFrom) {
      const instant = new Date(signsFrom).toISOString().replaceAll(/[:.]/g, '-')
      const name = `${instant}-${uuid().slice(-8)}`
      await addKey(folder, name, signsFrom)
      return await readKeyFile(folder, `${name}.json`)
    },
    async remove(names) {
      for (const name of names) await unlink(join(folder, name))
    },
  }
}

export interface FolderKeyRingOptions {
  readonly dataDir: string
  readonly clock: Pick<Clock, 'epochMs'>
  /** Told once when the folder cannot be read while the service runs; the known keys stay in use. */
  readonly onError?: (error: unknown) => void
}

/**
 * The ring of `DATA_DIR/claves`, with a first key made if there is none. The folder is read again
 * when its files change, so a rotation needs no restart.
 *
 * @throws StartError when the folder holds something else
 */
export async function openKeyFolder(options: FolderKeyRingOptions): Promise<KeyRing> {
  const folder = keyFolder(options.dataDir)
  if ((await namesIn(folder)).length === 0) {
    await addKey(folder, 'primera', options.clock.epochMs())
  }
  let names = await namesIn(folder)
  let keys = await readAll(folder, names)
  let failing = false

  /** Looks at the names of the files only, so it costs little enough for each token. */
  async function current(): Promise<readonly KeptKey[]> {
    try {
      const found = await namesIn(folder)
      if (found.length === 0) throw new Error('the key folder is empty')
      if (found.join('\n') !== names.join('\n')) {
        keys = await readAll(folder, found)
        names = found
      }
      failing = false
    } catch (error) {
      if (!failing) options.onError?.(error)
      failing = true
    }
    return keys
  }

  return ringOf(current, options.clock)
}
