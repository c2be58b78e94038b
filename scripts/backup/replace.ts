import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { movedAway, unfinishedRestore } from '@encargo/service-kit/run/data-dir'
import { services } from '../audit/databases.ts'
import { writableFolder } from './folder.ts'
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
import { ownAll, refuseIfInUse } from './in-use.ts'
import { BackupError } from './manifest.ts'
import { syncPath } from './sync.ts'

export interface ReplaceOptions {
  readonly dataDir: string
  /** Moves what is there already aside; without it, that is a refusal. */
  readonly force: boolean
  readonly now: () => Date
  /** As of when its services were at work, where that is known. */
  readonly writtenAt: Date | null
  /** What is replaced of what is there, by its path in the folder. */
  readonly replaced: () => Promise<readonly string[]>
  /** Called before each step that changes the folder, which a test may make the last. */
  readonly step: Replacement['step']
}

/** The databases of a data folder, with their logs, and what says that they count no more. */
export function presentDatabases(dataDir: string): string[] {
  const databases = services.flatMap((service) =>
    ['', '-wal', '-shm', '-journal'].map((ending) => `${service}.db${ending}`),
  )
  return [...databases, basename(movedAway(dataDir))].filter((path) =>
    existsSync(join(dataDir, path)),
  )
}

/** Volumes are filled one by one; here all of it goes to one folder. */
function refuseFolders(dataDir: string): void {
  const own = services.find((service) => existsSync(join(dataDir, service, `${service}.db`)))
  if (own === undefined) return
  throw new BackupError(
    `${join(dataDir, own)} is a folder of ${own}'s own: restore to an empty folder, then copy each database to its place.`,
  )
}

/** @throws BackupError with one sentence where nothing can be replaced */
export function refuseUnusable(dataDir: string): void {
  refuseFolders(dataDir)
  refuseIfInUse(dataDir)
}

/** @throws BackupError where anything is present */
export function refuseIfPresent(dataDir: string, [first]: readonly string[]): void {
  if (first === undefined) return
  throw new BackupError(
    `${dataDir} holds data already (${first}); with --force it is moved aside, not deleted.`,
  )
}

/**
 * Exchanges what is there for what was staged. A command that works beside services may have come in the
 * very moment before, and would go on writing to what was moved: then all of it goes back.
 */
async function replace(
  replacement: Replacement,
  paths: readonly string[],
  { writtenAt, replaced }: ReplaceOptions,
): Promise<string | null> {
  const { aside } = replacement
  const present = await replaced()
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
 * Puts what `fill` makes in a folder beside it in the place of what a data folder holds, whose services are
 * stopped. It is there whole or not at all: one that was cut short keeps the services from starting, and the
 * next one undoes it first.
 * @throws BackupError with one sentence
 */
export async function replaceData<T>(
  options: ReplaceOptions,
  fill: (staging: string) => Promise<{ readonly paths: readonly string[]; readonly value: T }>,
): Promise<{ readonly value: T; readonly movedTo: string | null }> {
  const { dataDir, force, now, step, replaced } = options
  refuseUnusable(dataDir)
  await writableFolder(dataDir, 0o700)
  const letGo = ownAll(dataDir)
  try {
    await undoUnfinished(dataDir, step)
    if (!force) refuseIfPresent(dataDir, await replaced())
    const replacement = replacementIn(dataDir, now().toISOString().replaceAll(':', '-'), step)
    const { staging } = replacement
    await mkdir(staging, { mode: 0o700 })
    try {
      const { paths, value } = await fill(staging)
      for (const path of paths) await syncPath(join(staging, path))
      refuseIfInUse(dataDir)
      return { value, movedTo: await replace(replacement, paths, options) }
    } finally {
      // What could not be undone is undone by the next one, which tells by these files what is its own.
      const undone = !existsSync(unfinishedRestore(dataDir))
      if (undone) await rm(staging, { recursive: true, force: true })
    }
  } finally {
    letGo()
  }
}
