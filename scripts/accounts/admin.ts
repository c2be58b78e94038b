import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Admin, type AdminOptions, createAdmin } from '@encargo/auth/admin'
import { openAuthStorage } from '@encargo/auth/storage'
import { createAuthStore } from '@encargo/auth/store'
import { machineClock } from '@encargo/service-kit/async/clock'
import type { Environment } from '@encargo/service-kit/run/config'
import { placesOf } from '@encargo/service-kit/run/place'
import { serviceDataDir } from '@encargo/service-kit/run/service-data-dir'
import { checkDatabase, checkPostgres, shownUrl, type Storage } from '@encargo/storage'
import { folderKeys } from '../../apps/auth/src/security/key-folder.ts'
import { knownSealSecret, tableKeys } from '../../apps/auth/src/security/key-table.ts'
import { createClaveFirmaStore } from '../../apps/auth/src/store/postgres/claves-firma.ts'
import { openAuthPostgres } from '../../apps/auth/src/store/postgres/open.ts'
import { fileOf } from '../audit/databases.ts'
import { Sentence } from '../lib/command-line.ts'
import { dataDirOf } from '../lib/data-arg.ts'
import { keySecretOf, keysAreSealed } from '../lib/shop.ts'
import { migrationsOf, postgresMigrationsOf } from '../lib/services.ts'

type Opened = Pick<AdminOptions, 'dataDir' | 'keys'> & { readonly storage: Storage }

function openFile(dir: string): Opened {
  const file = fileOf(dir, 'auth')
  // What would be made anew there, no running service knows of.
  if (!existsSync(file)) {
    throw new Sentence(
      `There is no database ${file}: start auth once, or name its folder with --data or DATA_DIR.`,
    )
  }
  // A running auth of another version must not find its tables changed.
  if (!checkDatabase(file, migrationsOf('auth'))) {
    throw new Sentence(
      `The database ${file} is of an older version: start auth once, which brings it up to date.`,
    )
  }
  const dataDir = dirname(file)
  const keys = folderKeys(dataDir, () => Bun.randomUUIDv7())
  return { storage: openAuthStorage(file), dataDir, keys }
}

async function openServer(url: string, dataDir: string, env: Environment): Promise<Opened> {
  const keySecret = keySecretOf(env)
  const schema = { url, schema: 'auth', migrationsFolder: postgresMigrationsOf('auth') }
  // To make or to migrate it is for auth, which is there when it has been done.
  if (!(await checkPostgres(schema))) {
    throw new Sentence(
      `The database ${shownUrl(url)} has no auth of this version: start auth once, which sees to that.`,
    )
  }
  const storage = await openAuthPostgres(url)
  const keys = tableKeys(createClaveFirmaStore(storage), async () => {
    const secret = await knownSealSecret(keySecret, dataDir)
    // One made here, no running service would know.
    if (secret === undefined) throw keysAreSealed()
    return secret
  })
  return { storage, dataDir, keys }
}

/**
 * Does `work` on auth's own database and keys, whether auth runs or not.
 * @throws Sentence for whatever keeps it from being done
 */
export async function withAdmin<T>(
  env: Environment,
  data: string | undefined,
  work: (admin: Admin) => Promise<T>,
): Promise<T> {
  try {
    const dir = dataDirOf(env, data)
    const place = placesOf(env).auth
    const opened =
      data === undefined && place.engine === 'postgres'
        ? await openServer(place.url, dir, env)
        : openFile(serviceDataDir(dir))
    const { storage, dataDir, keys } = opened
    try {
      return await work(
        createAdmin({ store: createAuthStore(storage), dataDir, keys, clock: machineClock }),
      )
    } finally {
      await storage.close()
    }
  } catch (cause) {
    if (cause instanceof Sentence) throw cause
    throw new Sentence(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
