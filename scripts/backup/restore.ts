import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { complete, isWithout, services } from '../audit/databases.ts'
import type { Servers } from '../lib/shop.ts'
import type { Replacement } from './in-place.ts'
import { BackupError, type Manifest, readManifest, verifyFiles } from './manifest.ts'
import { type Reconciled, reconcile } from './reconcile.ts'
import { presentDatabases, refuseUnusable, replaceData } from './replace.ts'
import { restoreToServer } from './restore-server.ts'
import { copySecret, secretsIn } from './secrets.ts'

export interface RestoreOptions {
  readonly from: string
  readonly dataDir: string
  /** Where the databases go, if not to that folder. */
  readonly servers?: Servers | undefined
  /** With what auth's keys are to be sealed there, if the environment says. */
  readonly keySecret?: string | undefined
  /** Moves data that is there already aside; without it, that is a refusal. */
  readonly force: boolean
  /** Takes a folder without a manifest, such as one that Litestream restored into. */
  readonly unverified: boolean
  /** Takes open orders that inventario knows nothing of for lost, however many there are. */
  readonly cancelUnknown?: boolean
  readonly now?: () => Date
  readonly progress?: (what: string, done: number) => void
  /** Called before each step that changes the folder, which a test may make the last. */
  readonly step?: Replacement['step']
}

export interface RestoreResult {
  /** When the backup was made, or null if nothing says. */
  readonly takenAt: string | null
  readonly reconciled: Reconciled
  /** Where the data went that was there before. */
  readonly movedTo: string | null
}

/** What to restore: the databases, and the secrets that came with them. */
async function pathsOf(options: RestoreOptions): Promise<{
  paths: string[]
  manifest: Manifest | null
}> {
  const { from, unverified, progress = () => {} } = options
  if (unverified) {
    const paths = services
      .filter((service) => !isWithout(from, service))
      .map((service) => `${service}.db`)
    const missing = paths.find((path) => !existsSync(join(from, path)))
    if (missing) throw new BackupError(`${join(from, missing)} is not there; nothing was restored.`)
    const secrets = await secretsIn(from)
    return { paths: [...paths, ...secrets.map(({ path }) => path)], manifest: null }
  }
  const manifest = await readManifest(from)
  await verifyFiles(from, manifest, progress)
  const paths = manifest.files.map(({ path }) => path)
  const missing = services.find(
    (service) => service !== 'pagos' && !paths.includes(`${service}.db`),
  )
  if (missing)
    throw new BackupError(`The backup ${from} lacks ${missing}.db; nothing was restored.`)
  return { paths, manifest }
}

/** Copies into a folder beside where it is to go, so that putting it there is only a new name. */
async function stage(from: string, paths: readonly string[], staging: string): Promise<void> {
  for (const path of paths) {
    await copySecret(join(from, path), join(staging, path))
  }
}

/**
 * Puts a backup in the place of a data folder whose services are stopped, and prepares it so that
 * their drivers lead orders and reservations from different moments together. It is there whole or not
 * at all: one that was cut short keeps the services from starting, and the next one undoes it first.
 *
 * @throws BackupError with one sentence
 */
export async function restore(options: RestoreOptions): Promise<RestoreResult> {
  const { dataDir, servers, keySecret, from, force } = options
  const { cancelUnknown = false, now = () => new Date(), step = () => {} } = options
  const progress = options.progress ?? (() => {})
  // What can be refused is, before anything is copied.
  if (!servers) refuseUnusable(dataDir)
  const { paths, manifest } = await pathsOf(options)
  const prepare = async (folder: string) => {
    progress('copying', 0)
    await stage(from, paths, folder)
    step('staged')
    // Of a shop without: what may be there is of another, and is not to be left among this one's.
    await complete(folder)
    return reconcile(folder, now().getTime(), { whole: manifest !== null, cancelUnknown })
  }
  const place = { dataDir, force, now, step }
  const { value, movedTo } = servers
    ? await restoreToServer({ ...place, servers, keySecret, progress, paths, prepare })
    : await replaceData(
        {
          ...place,
          writtenAt: manifest && new Date(manifest.takenAt),
          replaced: async () => [
            ...presentDatabases(dataDir),
            ...(await secretsIn(dataDir)).map(({ path }) => path),
          ],
        },
        async (staging) => {
          const value = await prepare(staging)
          const databases = services.map((service) => `${service}.db`)
          return { paths: [...new Set([...databases, ...paths])], value }
        },
      )
  return { takenAt: manifest?.takenAt ?? null, reconciled: value, movedTo }
}
