import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '@encargo/service-kit/async/clock'
import { createOnce } from '@encargo/service-kit/identity/service-accounts'
import { longestLifeSeconds } from '@encargo/service-kit/identity/key-cache'
import { StartError } from '@encargo/service-kit/run/start-error'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { KeyRing } from './key-ring.ts'
import { newPrivateKeyPem, readSigningKey, type SigningKey } from './signing-key.ts'

/** A new key is public this long before it signs, so that it is never unknown to a service. */
export const publishedAheadMs = 30_000
/** A key stays public this long after the next one signs: as long as a token may live. */
export const retiredAfterMs = longestLifeSeconds * 1000

const Archivo = Type.Object({
  /** ISO 8601; it signs from then on, until the next key does. */
  firmaDesde: Type.String({ minLength: 20 }),
  pkcs8: Type.String(),
})

export interface KeyInFolder {
  readonly file: string
  readonly key: SigningKey
  /** Milliseconds since the epoch. */
  readonly signsFrom: number
}

export const keyFolder = (dataDir: string) => join(dataDir, 'claves')

/** The content of a key file, for the owner's eyes only. */
function keyFileContent(signsFrom: number, pem: string): string {
  const firmaDesde = new Date(signsFrom).toISOString()
  return `${JSON.stringify({ firmaDesde, pkcs8: pem }, null, 2)}\n`
}

/** Adds a new key (mode 0600) that signs from `signsFrom` on. `name` without its ending. */
export async function addKey(folder: string, name: string, signsFrom: number): Promise<void> {
  await createOnce(join(folder, `${name}.json`), keyFileContent(signsFrom, newPrivateKeyPem()))
}

async function readKeyFile(file: string): Promise<KeyInFolder> {
  try {
    const { firmaDesde, pkcs8 } = Value.Parse(Archivo, JSON.parse(await readFile(file, 'utf8')))
    const signsFrom = Date.parse(firmaDesde)
    if (Number.isNaN(signsFrom)) throw new Error('not an instant')
    return { file, signsFrom, key: await readSigningKey(pkcs8) }
  } catch {
    // What was wrong may quote the key, so only the file is named.
    throw new StartError(`${file} is not a signing key of this service; put it right or remove it`)
  }
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder)
  return names.filter((name) => name.endsWith('.json')).sort()
}

/**
 * The keys of a folder, the one that signs longest ago first.
 * @throws StartError naming the file that can't be read
 */
export async function readKeyFolder(folder: string): Promise<KeyInFolder[]> {
  const names = await namesIn(folder)
  const keys = await Promise.all(names.map((name) => readKeyFile(join(folder, name))))
  return keys.sort((a, b) => a.signsFrom - b.signsFrom)
}

/** Those that are public now: not yet signing, signing, or signing until a little while ago. */
export function publicAt(keys: readonly KeyInFolder[], now: number): readonly KeyInFolder[] {
  return keys.filter((_, index) => {
    const next = keys[index + 1]
    return next === undefined || now < next.signsFrom + retiredAfterMs
  })
}

/** The latest key whose time has come; the first one if none has. */
export function signingAt(keys: readonly KeyInFolder[], now: number): KeyInFolder | undefined {
  return keys.findLast((key) => key.signsFrom <= now) ?? keys[0]
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
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await namesIn(folder)).length === 0) {
    await addKey(folder, 'primera', options.clock.epochMs())
  }
  let keys = await readKeyFolder(folder)
  let names = await namesIn(folder)
  let failing = false

  /** Looks at the names of the files only, so it costs little enough for each token. */
  async function current(): Promise<readonly KeyInFolder[]> {
    try {
      const found = await namesIn(folder)
      if (found.length === 0) throw new Error('the key folder is empty')
      if (found.join('\n') !== names.join('\n')) {
        keys = await readKeyFolder(folder)
        names = found
      }
      failing = false
    } catch (error) {
      if (!failing) options.onError?.(error)
      failing = true
    }
    return keys
  }

  return {
    async signing() {
      const chosen = signingAt(await current(), options.clock.epochMs())
      if (!chosen) throw new Error('the key folder is empty')
      return chosen.key
    },
    async publicKeys() {
      return publicAt(await current(), options.clock.epochMs()).map(({ key }) => key.jwk)
    },
  }
}
