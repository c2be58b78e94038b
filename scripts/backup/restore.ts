import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ownDatabase } from '@encargo/storage'
import { unfinishedRestore } from '@encargo/service-kit/run/data-dir'
import { fileOf, services } from '../audit/databases.ts'
import {
  begin,
  finish,
  moveAside,
  putInPlace,
  type Replacement,
  replacementIn,
  undo,
  undoUnfinished,
} from './in-place.ts'
import { writableFolder } from './folder.ts'
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

/** Until it is let go of, no service starts there: it would write to what is moved away. */
function ownAll(dataDir: string): () => void {
  const owned = services.map((service) => ({
    service,
    letGoOne: ownDatabase(fileOf(dataDir, service)),
  }))
  const letGo = () => {
    for (const { letGoOne } of owned) letGoOne?.()
  }
  const taken = owned.find(({ letGoOne }) => !letGoOne)
  if (!taken) return letGo
  letGo()
  const { service } = taken
  throw new BackupError(`${fileOf(dataDir, service)} is in use: stop ${service}, and then restore.`)
}

function refuseIfPresent(dataDir: string, [first]: readonly string[]): void {
  if (first === undefined) return
  throw new BackupError(
    `${dataDir} holds data already (${first}); with --force it is moved aside, not deleted.`,
  )
}

/** Copies into a folder beside where it is to go, so that putting it there is only a new name. */
async function stage(from: string, paths: readonly string[], staging: string): Promise<void> {
  for (const path of paths) {
    await copySecret(join(from, path), join(staging, path))
  }
}

/**
 * Exchanges what is there for what was staged. A command that works beside services may have come in the
 * very moment before, and would go on writing to what was moved: then all of it goes back.
 */
async function replace(
  replacement: Replacement,
  paths: readonly string[],
  writtenAt: Date | null,
): Promise<string | null> {
  const { dataDir, aside } = replacement
  const present = await presentPaths(dataDir)
  await begin(replacement)
  try {
    if (present.length > 0) {
      await moveAside(replacement, present)
      refuseIfInUse(aside)
    }
    await putInPlace(replacement, paths, writtenAt)
  } catch (error) {
    await undo(replacement)
    throw error
  }
  await finish(replacement, paths)
  return present.length > 0 ? aside : null
}

/**
 * Puts a backup in the place of a data folder whose services are stopped, and prepares it so that
 * their drivers lead orders and reservations from different moments together. It is there whole or not
 * at all: one that was cut short keeps the services from starting, and the next one undoes it first.
 *
 * @throws BackupError with one sentence
 */
export async function restore(options: RestoreOptions): Promise<RestoreResult> {
  const { dataDir } = options
  // What can be refused is, before anything is copied.
  refuseFolders(dataDir)
  refuseIfInUse(dataDir)
  const { paths, manifest } = await pathsOf(options)
  await writableFolder(dataDir, 0o700)
  const letGo = ownAll(dataDir)
  try {
    return await restoreAlone(options, paths, manifest)
  } finally {
    letGo()
  }
}

async function restoreAlone(
  options: RestoreOptions,
  paths: string[],
  manifest: Manifest | null,
): Promise<RestoreResult> {
  const { from, dataDir, now = () => new Date(), progress = () => {}, step = () => {} } = options
  const { cancelUnknown = false } = options
  const stamp = now().toISOString().replaceAll(':', '-')
  await undoUnfinished(dataDir, step)
  if (!options.force) refuseIfPresent(dataDir, await presentPaths(dataDir))
  const replacement = replacementIn(dataDir, stamp, step)
  const { staging } = replacement
  await mkdir(staging, { mode: 0o700 })
  try {
    progress('copying', 0)
    await stage(from, paths, staging)
    step('staged')
    const reconciled = reconcile(staging, now().getTime(), {
      whole: manifest !== null,
      cancelUnknown,
    })
    for (const path of paths) await syncPath(join(staging, path))
    refuseIfInUse(dataDir)
    const writtenAt = manifest && new Date(manifest.takenAt)
    const movedTo = await replace(replacement, paths, writtenAt)
    return { takenAt: manifest?.takenAt ?? null, reconciled, movedTo }
  } finally {
    // What could not be undone is undone by the next one, which tells by these files what is its own.
    const undone = !existsSync(unfinishedRestore(dataDir))
    if (undone) await rm(staging, { recursive: true, force: true })
  }
}
