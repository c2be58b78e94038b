import { utimesSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServiceName } from '@encargo/service-kit/run/config'
import { type Mark, openSnapshot, type Snapshot, type Target } from '@encargo/storage/copy'
import { complete, services } from '../audit/databases.ts'
import type { Servers } from '../lib/shop.ts'
import { isWithoutSchema, targetOf } from './services.ts'

export interface OutOptions {
  /** Which rows of a service's table, as a condition of PostgreSQL; all, unless it says otherwise. */
  readonly only?: (service: ServiceName, table: string) => string | undefined
  /** What keeps services from using them just now. */
  readonly mark?: Mark
  readonly progress?: ((what: string, done: number) => void) | undefined
}

/** What a shop was copied to. */
export interface Out {
  readonly rows: number
  /** When each was fixed, ISO 8601. */
  readonly takenAt: Readonly<Record<ServiceName, string>>
}

/** Until when somebody was at work there, by the leases that are taken for it; 0 if nobody ever was. */
export const aliveUntil = `SELECT coalesce(extract(epoch FROM max(hasta)) * 1000 - 10000, 0)::bigint AS ms
  FROM "__arriendos"`

/**
 * Copies the schemas to files of a folder, as SQLite's, while the services work or not. What refers to
 * something is fixed before what it refers to, so that nothing can be missing just because it is new.
 * @throws StorageOpenError with one sentence
 */
export async function copyOut(
  servers: Servers,
  folder: string,
  { only, mark, progress = () => {} }: OutOptions = {},
): Promise<Out> {
  const opened: { target: Target; service: ServiceName; snapshot: Snapshot; takenAt: string }[] = []
  try {
    for (const service of services) {
      const target = targetOf(service, servers[service].url)
      if (await isWithoutSchema(service, target)) continue
      const snapshot = await openSnapshot(target, mark)
      opened.push({ target, service, snapshot, takenAt: new Date().toISOString() })
    }
    let rows = 0
    for (const { target, service, snapshot } of opened) {
      const file = join(folder, `${service}.db`)
      rows += await snapshot.copyTo(file, {
        migrationsFolder: target.fileMigrations,
        after: target.after,
        only: only && ((table) => only(service, table)),
        onRows: (count) => progress(`copying ${service}, ${count.toLocaleString('en')} rows`, 0),
      })
      const [alive] = await snapshot.rows<{ ms: number }>(aliveUntil)
      const seconds = Math.min(Date.now(), alive?.ms ?? 0) / 1_000
      utimesSync(file, seconds, seconds)
    }
    const made = (await complete(folder)).map((service) => [service, new Date().toISOString()])
    const takenAt = [...opened.map((one) => [one.service, one.takenAt]), ...made]
    return { rows, takenAt: Object.fromEntries(takenAt) as Out['takenAt'] }
  } finally {
    for (const { snapshot } of opened) await snapshot.close()
  }
}

/** Works on such a copy in a folder that is removed afterwards. */
export async function withCopy<T>(
  servers: Servers,
  options: OutOptions,
  work: (folder: string, out: Out) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'encargo-copy-'))
  try {
    return await work(folder, await copyOut(servers, folder, options))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
