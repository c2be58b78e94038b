import { join } from 'node:path'
import type { Clock } from '@encargo/service-kit/async/clock'
import { SingleFlight } from '@encargo/service-kit/async/single-flight'
import { createOnce, randomSecret } from '@encargo/service-kit/identity/service-accounts'
import { StartError } from '@encargo/service-kit/run/start-error'
import type { ClaveFirma, ClaveFirmaStore } from '../ports/claves-firma.ts'
import { inOrder, type KeptKey, type KeyKeeper, ringOf } from './key-life.ts'
import type { KeyRing } from './key-ring.ts'
import { createSeal, type Seal } from './key-seal.ts'
import { newPrivateKeyPem, readSigningKey } from './signing-key.ts'

/** How old what is known of the table may be, in milliseconds: less than a new key is public ahead. */
const rereadMs = 10_000

/** Where this machine's own secret is while nobody sets one for all. */
export const sealSecretFile = (dataDir: string) => join(dataDir, 'secreto-claves')

/** The secret that the keys are sealed with: the one that is given, else what the data folder has. */
export async function knownSealSecret(
  given: string | undefined,
  dataDir: string,
): Promise<string | undefined> {
  if (given !== undefined) return given
  const file = Bun.file(sealSecretFile(dataDir))
  return (await file.exists()) ? (await file.text()).trim() : undefined
}

/** The same, that is made in the data folder where there is none: for the processes of this machine alone. */
export async function sealSecret(given: string | undefined, dataDir: string): Promise<string> {
  const known = await knownSealSecret(given, dataDir)
  if (known !== undefined) return known
  await createOnce(sealSecretFile(dataDir), `${randomSecret()}\n`)
  return await sealSecret(given, dataDir)
}

async function newKey(seal: Seal, firmaDesde: number): Promise<ClaveFirma> {
  const pem = newPrivateKeyPem()
  const { kid } = await readSigningKey(pem)
  return { kid, firmaDesde, pkcs8: seal.close(pem, kid) }
}

async function opened(seal: Seal, { kid, firmaDesde, pkcs8 }: ClaveFirma): Promise<KeptKey> {
  try {
    return { name: kid, signsFrom: firmaDesde, key: await readSigningKey(seal.open(pkcs8, kid)) }
  } catch {
    throw new StartError(
      'the signing keys in the database are sealed with another secret: set AUTH_KEY_SECRET to that of the auth that made them, or make new ones with rotate-keys --emergency, which ends all tokens in use',
    )
  }
}

const openAll = async (seal: Seal, rows: readonly ClaveFirma[]) =>
  inOrder(await Promise.all(rows.map((row) => opened(seal, row))))

/** Keeps keys in the database, sealed: each process of auth sees them a moment later. */
export function tableKeys(store: ClaveFirmaStore, secret: () => Promise<string>): KeyKeeper {
  const seal = async () => createSeal(await secret())
  return {
    names: async () => (await store.todas()).map(({ kid }) => kid),
    read: async () => await openAll(await seal(), await store.todas()),
    async add(signsFrom) {
      const row = await newKey(await seal(), signsFrom)
      await store.poner(row)
      return await opened(await seal(), row)
    },
    remove: (names) => store.quitar(names),
  }
}

export interface TableKeyRingOptions {
  readonly store: ClaveFirmaStore
  readonly secret: string
  readonly clock: Clock
  /** Told once when they cannot be read while the service runs; the known keys stay in use. */
  readonly onError: (error: unknown) => void
}

/**
 * The ring of the database, with a first key made if there is none.
 * @throws StartError when they are sealed with another secret
 */
export async function openKeyTable(options: TableKeyRingOptions): Promise<KeyRing> {
  const { store, secret, clock, onError } = options
  const seal = createSeal(secret)
  if ((await store.todas()).length === 0) {
    await store.ponerPrimera(await newKey(seal, clock.epochMs()))
  }
  let keys = await openAll(seal, await store.todas())
  let readAt = clock.monoMs()
  let failing = false
  const reading = new SingleFlight<'keys', void>()

  async function read(): Promise<void> {
    readAt = clock.monoMs()
    try {
      const found = await openAll(seal, await store.todas())
      if (found.length === 0) throw new Error('there is no signing key')
      keys = found
      failing = false
    } catch (error) {
      if (!failing) onError(error)
      failing = true
    }
  }

  async function current(): Promise<readonly KeptKey[]> {
    if (clock.monoMs() - readAt >= rereadMs) await reading.run('keys', read)
    return keys
  }

  return ringOf(current, clock)
}
