import { existsSync } from 'node:fs'
import { link, mkdir, rename, rm, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileOf, services } from '../audit/databases.ts'
import { isInUse } from './in-use.ts'
import { BackupError, type Manifest, readManifest, verifyFiles } from './manifest.ts'
import { type Reconciled, reconcile } from './reconcile.ts'
import { copySecret, secretsIn } from './secrets.ts'
import { syncPath } from './sync.ts'

export interface RestoreOptions {
  readonly from: string
  readonly dataDir: string
  /** Moves data that is there already aside; without it, that is a refusal. */
  readonly force: boolean
  /** Takes a folder without a manifest, such as one that Litestream restored into. */
  readonly unverified: boolean
  readonly now?: () => Date
  readonly progress?: (what: string, done: number) => void
}

export interface RestoreResult {
  /** When the backup was made, or null if nothing says. */
  readonly takenAt: string | null
  readonly reconciled: Reconciled
  /** Where the data went that was there before. */
  readonly movedTo: string | null
}

/** What to restore: the four databases, and the secrets that came with them. */
async function pathsOf(options: RestoreOptions): Promise<{
  paths: string[]
  manifest: Manifest | null
}> {
  const { from, unverified, progress = () => {} } = options
  if (unverified) {
    const paths = services.map((service) => `${service}.db`)
    const missing = paths.find((path) => !existsSync(join(from, path)))
    if (missing) throw new BackupError(`${join(from, missing)} is not there; nothing was restored.`)
    const secrets = await secretsIn(from)
    return { paths: [...paths, ...secrets.map(({ path }) => path)], manifest: null }
  }
  const manifest = await readManifest(from)
  await verifyFiles(from, manifest, progress)
  const paths = manifest.files.map(({ path }) => path)
  const missing = services.find((service) => !paths.includes(`${service}.db`))
  if (missing)
    throw new BackupError(`The backup ${from} lacks ${missing}.db; nothing was restored.`)
  return { paths, manifest }
}

/** Everything in a data folder that a restore replaces, with the logs that belong to it. */
async function presentPaths(dataDir: string): Promise<string[]> {
  if (!existsSync(dataDir)) return []
  const databases = services.flatMap((service) =>
    ['', '-wal', '-shm', '-journal'].map((ending) => `${service}.db${ending}`),
  )
  const there = databases.filter((path) => existsSync(join(dataDir, path)))
  const secrets = await secretsIn(dataDir)
  return [...there, ...secrets.map(({ path }) => path)]
}

/** Volumes are filled one by one; here all of it goes to one folder. */
function refuseFolders(dataDir: string): void {
  const own = services.find((service) => existsSync(join(dataDir, service, `${service}.db`)))
  if (own === undefined) return
  throw new BackupError(
    `${join(dataDir, own)} is a folder of ${own}'s own: restore to an empty folder, then copy each database to its place.`,
  )
}

function refuseIfInUse(dataDir: string): void {
  for (const service of services) {
    const file = fileOf(dataDir, service)
    if (!isInUse(file)) continue
    throw new BackupError(
      `${file} is in use: stop ${service}, and whatever else reads it, and then restore.`,
    )
  }
}

function refuseIfPresent(dataDir: string, [first]: readonly string[]): void {
  if (first === undefined) return
  throw new BackupError(
    `${dataDir} holds data already (${first}); with --force it is moved aside, not deleted.`,
  )
}

async function moveAll(paths: readonly string[], from: string, to: string): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(to, path)), { recursive: true, mode: 0o700 })
    await rename(join(from, path), join(to, path))
  }
}

/**
 * Moves what is there aside. A service that was started in the very moment before may still have
 * its file open, and would go on writing to what was moved: then all of it goes back.
 */
async function moveAside(options: RestoreOptions, stamp: string): Promise<string | null> {
  const { dataDir, force } = options
  refuseIfInUse(dataDir)
  const present = await presentPaths(dataDir)
  if (present.length === 0) return null
  if (!force) refuseIfPresent(dataDir, present)
  const aside = join(dataDir, `replaced-${stamp}`)
  await mkdir(aside, { mode: 0o700 })
  await moveAll(present, dataDir, aside)
  try {
    refuseIfInUse(aside)
  } catch (error) {
    await moveAll(await presentPaths(aside), aside, dataDir)
    await rm(aside, { recursive: true })
    throw error
  }
  return aside
}

/** Copies into a folder beside where it is to go, so that putting it there is only a new name. */
async function stage(from: string, paths: readonly string[], staging: string): Promise<void> {
  for (const path of paths) {
    await copySecret(join(from, path), join(staging, path))
  }
}

/** Never over what is there: a service that was started meanwhile made files of its own. */
async function putInPlace(
  staging: string,
  paths: readonly string[],
  dataDir: string,
  writtenAt: Date | null,
): Promise<void> {
  for (const path of paths) {
    const target = join(dataDir, path)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    // The audit reads from this until when the services were at work.
    if (writtenAt && path.endsWith('.db')) await utimes(join(staging, path), writtenAt, writtenAt)
    await link(join(staging, path), target).catch((error: unknown) => {
      const there = error instanceof Error && 'code' in error && error.code === 'EEXIST'
      if (!there) throw error
      throw new BackupError(
        `${target} has come to be meanwhile: stop the services and restore again.`,
      )
    })
  }
}

/**
 * Puts a backup in the place of a data folder whose services are stopped, and prepares it so that
 * their drivers lead orders and reservations from different moments together.
 *
 * @throws BackupError with one sentence
 */
export async function restore(options: RestoreOptions): Promise<RestoreResult> {
  const { from, dataDir, now = () => new Date(), progress = () => {} } = options
  const stamp = now().toISOString().replaceAll(':', '-')
  // What can be refused is, before anything is copied.
  refuseFolders(dataDir)
  refuseIfInUse(dataDir)
  if (!options.force) refuseIfPresent(dataDir, await presentPaths(dataDir))
  const { paths, manifest } = await pathsOf(options)
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const staging = join(dataDir, `.restoring-${stamp}`)
  await mkdir(staging, { mode: 0o700 })
  try {
    progress('copying', 0)
    await stage(from, paths, staging)
    const reconciled = reconcile(staging, now().getTime())
    for (const path of paths) await syncPath(join(staging, path))
    const movedTo = await moveAside(options, stamp)
    await putInPlace(staging, paths, dataDir, manifest && new Date(manifest.takenAt))
    for (const folder of new Set(paths.map((path) => dirname(join(dataDir, path))))) {
      await syncPath(folder)
    }
    return { takenAt: manifest?.takenAt ?? null, reconciled, movedTo }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}
