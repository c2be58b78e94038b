import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Admin, createAdmin } from '@encargo/auth/admin'
import { openAuthStorage } from '@encargo/auth/storage'
import { createAuthStore } from '@encargo/auth/store'
import { machineClock } from '@encargo/service-kit/async/clock'
import { serviceDataDir } from '@encargo/service-kit/run/service-data-dir'
import { checkDatabase } from '@encargo/storage'
import type { Environment } from '@encargo/service-kit/run/config'
import { fileOf } from '../audit/databases.ts'
import { Sentence } from '../lib/command-line.ts'
import { dataDirOf } from '../lib/data-arg.ts'
import { migrationsOf } from '../lib/services.ts'

const uuid = () => Bun.randomUUIDv7()

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
    const file = fileOf(serviceDataDir(dataDirOf(env, data)), 'auth')
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
    const storage = openAuthStorage(file)
    try {
      return await work(
        createAdmin({ store: createAuthStore(storage), dataDir, clock: machineClock, uuid }),
      )
    } finally {
      await storage.close()
    }
  } catch (cause) {
    if (cause instanceof Sentence) throw cause
    throw new Sentence(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
