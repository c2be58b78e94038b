import { existsSync } from 'node:fs'
import { link, mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { unfinishedRestore } from '@encargo/service-kit/run/data-dir'
import { BackupError } from './manifest.ts'
import { syncPath } from './sync.ts'

/** One replacing of what a data folder holds, in folders that lie beside it there. */
export interface Replacement {
  readonly dataDir: string
  /** What is to come, complete and on disk. */
  readonly staging: string
  /** Where what was there goes. */
  readonly aside: string
  /** Called before each step, which a test may make the last. */
  readonly step: (name: string) => void
}

const stagingPrefix = '.restoring-'

/** Where the parts of a restore of that moment lie. */
export function replacementIn(
  dataDir: string,
  stamp: string,
  step: Replacement['step'],
): Replacement {
  const staging = join(dataDir, `${stagingPrefix}${stamp}`)
  return { dataDir, staging, aside: join(dataDir, `replaced-${stamp}`), step }
}

/** From here until `finish` no service starts on this folder, whatever becomes of this process. */
export async function begin({ dataDir, staging, aside, step }: Replacement): Promise<void> {
  step('begin')
  const text = JSON.stringify({
    staging: relative(dataDir, staging),
    aside: relative(dataDir, aside),
  })
  const draft = join(staging, 'restore.json')
  const handle = await open(draft, 'w', 0o600)
  await handle.writeFile(text)
  await handle.sync()
  await handle.close()
  await rename(draft, unfinishedRestore(dataDir))
  await syncPath(dataDir)
}

async function moveAll(
  paths: readonly string[],
  from: string,
  to: string,
  step: Replacement['step'],
): Promise<void> {
  for (const path of paths) {
    step(`move ${path}`)
    await mkdir(dirname(join(to, path)), { recursive: true, mode: 0o700 })
    await rename(join(from, path), join(to, path))
  }
}

export async function moveAside(
  { dataDir, aside, step }: Replacement,
  present: readonly string[],
): Promise<void> {
  await mkdir(aside, { mode: 0o700 })
  await moveAll(present, dataDir, aside, step)
}

const wasMeanwhile = (target: string) =>
  new BackupError(
    `${target} has come to be meanwhile: stop the services, move it away, and restore again.`,
  )

/** Never over what is there: a service that was started meanwhile made files of its own. */
export async function putInPlace(
  { staging, dataDir, step }: Replacement,
  paths: readonly string[],
  writtenAt: Date | null,
): Promise<void> {
  for (const path of paths) {
    step(`put ${path}`)
    const target = join(dataDir, path)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    // The audit reads from this until when the services were at work.
    if (writtenAt && path.endsWith('.db')) await utimes(join(staging, path), writtenAt, writtenAt)
    await link(join(staging, path), target).catch((error: unknown) => {
      const there = error instanceof Error && 'code' in error && error.code === 'EEXIST'
      throw there ? wasMeanwhile(target) : error
    })
  }
}

/** All of it is in place and on disk: now it counts. */
export async function finish(
  { dataDir, step }: Replacement,
  paths: readonly string[],
): Promise<void> {
  for (const folder of new Set(paths.map((path) => dirname(join(dataDir, path))))) {
    await syncPath(folder)
  }
  step('finish')
  await rm(unfinishedRestore(dataDir))
  await syncPath(dataDir)
}

async function filesIn(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  if (!existsSync(other)) return false
  const [a, b] = [await stat(one), await stat(other)]
  return a.ino === b.ino && a.dev === b.dev
}

/** Takes away what had been put in place, and nothing else, and brings back what was there. */
export async function undo({ dataDir, staging, aside, step }: Replacement): Promise<void> {
  for (const path of await filesIn(staging)) {
    const target = join(dataDir, path)
    step(`take away ${path}`)
    if (await isSameFile(join(staging, path), target)) await rm(target)
  }
  const before = await filesIn(aside)
  const meanwhile = before.find((path) => existsSync(join(dataDir, path)))
  if (meanwhile !== undefined) throw wasMeanwhile(join(dataDir, meanwhile))
  await moveAll(before, aside, dataDir, step)
  for (const folder of new Set(before.map((path) => dirname(join(dataDir, path))))) {
    await syncPath(folder)
  }
  await rm(aside, { recursive: true, force: true })
  step('forget')
  await rm(unfinishedRestore(dataDir), { force: true })
  await syncPath(dataDir)
}

/** Undoes a restore that was cut short here, and removes what others that died have left. */
export async function undoUnfinished(dataDir: string, step: Replacement['step']): Promise<void> {
  if (!existsSync(dataDir)) return
  const marker = unfinishedRestore(dataDir)
  if (existsSync(marker)) {
    const { staging, aside } = JSON.parse(await readFile(marker, 'utf8'))
    await undo({ dataDir, staging: join(dataDir, staging), aside: join(dataDir, aside), step })
  }
  const left = (await readdir(dataDir)).filter((name) => name.startsWith(stagingPrefix))
  for (const name of left) await rm(join(dataDir, name), { recursive: true, force: true })
}
