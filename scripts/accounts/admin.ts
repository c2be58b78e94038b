import { join } from 'node:path'
import { type Admin, createAdmin } from '@encargo/auth/admin'
import { openAuthStore } from '@encargo/auth/store'
import { serviceDataDir } from '@encargo/service-kit/run/service-data-dir'
import { startSentence } from '@encargo/service-kit/run/run'
import type { Environment } from '@encargo/service-kit/run/config'
import { UsageError } from '../lib/command-line.ts'
import { dataDirOf } from '../lib/data-arg.ts'

/** Does `work` on auth's own database and keys, whether auth runs or not. */
export async function withAdmin<T>(env: Environment, work: (admin: Admin) => Promise<T>) {
  const dataDir = serviceDataDir(dataDirOf(env, undefined))
  const store = openAuthStore(join(dataDir, 'auth.db'))
  try {
    return await work(createAdmin({ store, dataDir, now: () => new Date() }))
  } finally {
    await store.storage.close()
  }
}

/** Says what went wrong in one sentence and answers the exit code: 2 for what was typed, else 1. */
export async function told(work: () => Promise<void>): Promise<0 | 1 | 2> {
  try {
    await work()
    return 0
  } catch (error) {
    console.error(startSentence(error) ?? (error instanceof Error ? error.message : String(error)))
    return error instanceof UsageError ? 2 : 1
  }
}
