import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { movedAway, unfinishedRestore } from '@encargo/service-kit/run/data-dir'
import { dropUnfinished, isTaken, markOf, markSchema, releaseSchema } from '@encargo/storage/copy'
import { complete, fileOf, isWithout, services } from '../audit/databases.ts'
import { ownAll, refuseIfInUse } from '../backup/in-use.ts'
import { keysIn } from '../backup/secrets.ts'
import { presentDatabases, refuseIfPresent, replaceData } from '../backup/replace.ts'
import { syncPath } from '../backup/sync.ts'
import { Sentence } from '../lib/command-line.ts'
import { type Servers, shownServers } from '../lib/shop.ts'
import {
  copyIn,
  presentSchemas,
  refuseIfServed,
  releaseAll,
  schemasOf,
  schemaTaken,
  stampOf,
} from './in.ts'
import { keysToFolder, keysToServer } from './keys.ts'
import { copyOut } from './out.ts'
import { targetOf } from './services.ts'
import { refuseUnclean, verifyClean } from './verify.ts'

export interface MoveOptions {
  readonly dataDir: string
  readonly servers: Servers
  /** With what auth's keys are sealed on the server, if the environment says. */
  readonly keySecret?: string | undefined
  /** Gives what is at the other end already another name; without, that is a refusal. */
  readonly force: boolean
  readonly now?: () => Date
  readonly progress?: (what: string, done: number) => void
  /** Called before each step that another run may begin after; a test may make it the last. */
  readonly step?: (name: string) => void
}

export interface Moved {
  readonly rows: number
  /** How long it took to copy them, in milliseconds. */
  readonly copyMs: number
  /** In all, in milliseconds: for as long the shop stood still. */
  readonly ms: number
}

/** The folders that hold the databases: one, or one for each. */
const foldersOf = (dataDir: string) => [
  ...new Set(
    services
      .filter((service) => !isWithout(dataDir, service))
      .map((service) => dirname(fileOf(dataDir, service))),
  ),
]

async function writeMovedAway(dataDir: string, to: string, at: Date): Promise<void> {
  for (const folder of foldersOf(dataDir)) {
    const text = `${JSON.stringify({ to, at: at.toISOString() })}\n`
    await writeFile(movedAway(folder), text, { mode: 0o600, flush: true })
    await syncPath(folder)
  }
}

/** Where a folder's shop was moved to, if it was. */
async function movedTo(dataDir: string): Promise<string | undefined> {
  const [file] = foldersOf(dataDir).map(movedAway).filter(existsSync)
  if (file === undefined) return undefined
  const { to } = JSON.parse(await readFile(file, 'utf8')) as { to?: unknown }
  return String(to)
}

/** @throws BackupError, Sentence for what stands in the way of a move to the server */
async function refuseToServer({ dataDir, servers, force, progress = () => {} }: MoveOptions) {
  refuseIfInUse(dataDir, 'move')
  await refuseUnclean(dataDir, dataDir, progress)
  await refuseIfServed(servers, 'move')
  if (force) return
  for (const service of services) {
    if (await isTaken(targetOf(service, servers[service].url))) throw schemaTaken(service)
  }
}

/**
 * Moves a shop whose services are stopped from the files of a folder to its schemas on a server. Whatever
 * it dies of, the folder or the server can be used, never both, and the next run goes on or begins anew.
 * @throws Sentence, BackupError, StorageOpenError
 */
export async function moveToServer(options: MoveOptions): Promise<Moved> {
  const { dataDir, servers, keySecret, progress = () => {}, step = () => {} } = options
  const { now = () => new Date() } = options
  const began = performance.now()
  const to = shownServers(servers)
  refuseIfInUse(dataDir, 'move')
  const letGo = ownAll(dataDir, 'move')
  try {
    const before = await movedTo(dataDir)
    if (before !== undefined && before !== to) {
      throw new Sentence(`The shop in ${dataDir} was moved to ${before} before.`)
    }
    if (before !== undefined) {
      // It was cut short when all had been compared.
      await releaseAll(servers, step)
      return { rows: 0, copyMs: 0, ms: performance.now() - began }
    }
    await refuseToServer(options)
    const copying = performance.now()
    const asideStamp = options.force ? stampOf(now()) : undefined
    await complete(dataDir)
    const { rows } = await copyIn(dataDir, servers, { asideStamp, progress, step })
    const copyMs = performance.now() - copying
    step('keys')
    await keysToServer(dataDir, servers, { keySecret, dataDir })
    step('verify')
    await verifyClean(dataDir, servers, 'mudanza', progress)
    await refuseIfServed(servers, 'move')
    step('mark the folder')
    await writeMovedAway(dataDir, to, now())
    await releaseAll(servers, step)
    return { rows, copyMs, ms: performance.now() - began }
  } finally {
    letGo()
  }
}

/** @throws BackupError, Sentence for what stands in the way of a move to the folder */
async function refuseToFolder({ dataDir, servers, force }: MoveOptions): Promise<void> {
  await refuseIfServed(servers, 'move')
  const present = existsSync(unfinishedRestore(dataDir)) ? [] : presentDatabases(dataDir)
  for (const schema of schemasOf(servers)) {
    const found = await markOf(schema)
    if (found === undefined || found.mark === 'salida') continue
    if (found.mark === 'mudanza') {
      throw new Sentence(`What is being copied to ${shownServers(servers)} is not all there.`)
    }
    // It may have been cut short when all had been compared, before the folder was in place.
    if (found.of === dataDir && present.length === 0) continue
    throw new Sentence(`The shop was moved away from ${shownServers(servers)}, to ${found.of}.`)
  }
  if (!force) refuseIfPresent(dataDir, present)
}

/**
 * Moves a shop whose services are stopped from its schemas on a server to files of a folder, in which the
 * secrets stay as they are.
 * @throws Sentence, BackupError, StorageOpenError
 */
export async function moveToFolder(options: MoveOptions): Promise<Moved> {
  const { dataDir, servers, force, now = () => new Date(), progress = () => {} } = options
  const { keySecret, step = () => {} } = options
  const began = performance.now()
  await refuseToFolder(options)
  const place = {
    dataDir,
    force,
    now,
    step,
    writtenAt: null,
    replaced: async () => [...presentDatabases(dataDir), ...(await keysIn(dataDir))],
  }
  const { value } = await replaceData(place, async (staging) => {
    step('mark the server')
    const schemas = await presentSchemas(servers)
    for (const schema of schemas) await markSchema(schema, 'salida')
    await refuseIfServed(servers, 'move')
    const copying = performance.now()
    const { rows } = await copyOut(servers, staging, { mark: 'salida', progress })
    const copyMs = performance.now() - copying
    step('keys')
    const keys = await keysToFolder(servers, staging, { keySecret, dataDir })
    step('verify')
    await refuseUnclean(staging, shownServers(servers), progress)
    await verifyClean(staging, servers, 'salida', progress)
    // Before the folder counts: never may both.
    step('retire the server')
    for (const schema of schemas) await markSchema(schema, 'mudado', dataDir)
    const paths = [...services.map((service) => `${service}.db`), ...keys]
    return { paths, value: { rows, copyMs } }
  })
  return { ...value, ms: performance.now() - began }
}

/**
 * Says what would keep a move from being made, and changes nothing.
 * @throws Sentence, BackupError, StorageOpenError
 */
export const tryMove = (direction: 'server' | 'folder', options: MoveOptions): Promise<void> =>
  direction === 'server' ? refuseToServer(options) : refuseToFolder(options)

/** Undoes what a move that was cut short has left on the server; the shop goes on where it was. */
export async function cancelMove(servers: Servers): Promise<void> {
  for (const schema of schemasOf(servers)) {
    if (await dropUnfinished(schema)) continue
    if ((await markOf(schema))?.mark === 'salida') await releaseSchema(schema)
  }
}
