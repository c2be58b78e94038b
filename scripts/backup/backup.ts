import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { backupDatabase } from '@encargo/storage'
import { type AuditReport, auditData } from '../audit/audit.ts'
import { fileOf, isWithout, type Service, services } from '../audit/databases.ts'
import type { Servers } from '../lib/shop.ts'
import { keysToFolder } from '../move/keys.ts'
import { copyOut } from '../move/out.ts'
import { writableFolder } from './folder.ts'
import {
  BackupError,
  describeFile,
  type Manifest,
  type ManifestEntry,
  manifestName,
  newManifest,
} from './manifest.ts'
import { copySecret, credentialsIn, secretsIn } from './secrets.ts'
import { syncPath } from './sync.ts'

/** How often the files are copied until nothing that can't mend has happened between them. */
const attempts = 3

export interface BackupOptions {
  readonly dataDir: string
  /** Where the databases are, if not in that folder. */
  readonly servers?: Servers | undefined
  /** With what auth's keys are sealed there, if the environment says. */
  readonly keySecret?: string | undefined
  readonly into: string
  readonly version: string
  readonly now?: () => Date
  readonly progress?: (what: string, done: number) => void
}

async function refuseUnlessEmpty(into: string): Promise<void> {
  if (!existsSync(into)) return
  const names = await readdir(into).catch(() => {
    throw new BackupError(`${into} is not a folder.`)
  })
  if (names.length > 0) {
    throw new BackupError(`${into} is not empty; a backup is only written to a folder of its own.`)
  }
}

async function copyDatabase(options: BackupOptions, service: Service, folder: string) {
  const from = fileOf(options.dataDir, service)
  if (!existsSync(from)) {
    throw new BackupError(
      `There is no database ${from}: name the folder of the services with --data or DATA_DIR.`,
    )
  }
  const takenAt = (options.now?.() ?? new Date()).toISOString()
  const to = fileOf(folder, service)
  await rm(to, { force: true })
  await backupDatabase(from, to).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new BackupError(`${from} could not be copied: ${reason}`)
  })
  return { path: basename(to), takenAt }
}

/** Whether orders and reservations disagree, as a purchase between two copies may leave them. */
const disagree = ({ invariants }: AuditReport) =>
  invariants.some(({ id, wrong }) => (id === 'orders' || id === 'reservations') && wrong > 0)

/**
 * One by one, while the services work: what refers to something before what it refers to. So an order may be
 * missing whose reservation is there, which pedidos' sweep releases; never an order whose reservation is
 * missing.
 */
async function copyFiles(options: BackupOptions, folder: string) {
  const { progress = () => {} } = options
  const taken = []
  for (const [index, service] of services.entries()) {
    if (isWithout(options.dataDir, service)) continue
    progress(`copying ${service}.db`, index / services.length)
    taken.push(await copyDatabase(options, service, folder))
  }
  return taken
}

async function copyServers(servers: Servers, options: BackupOptions, folder: string) {
  for (const service of services) await rm(fileOf(folder, service), { force: true })
  const { takenAt } = await copyOut(servers, folder, options)
  return services.map((service) => ({ path: `${service}.db`, takenAt: takenAt[service] }))
}

/** Copies all; again when what changed in between does not mend by itself. */
async function copyDatabases(options: BackupOptions, folder: string) {
  const { progress = () => {} } = options
  for (let attempt = 1; ; attempt++) {
    const { servers } = options
    const taken = servers
      ? await copyServers(servers, options, folder)
      : await copyFiles(options, folder)
    progress('auditing the copy', 0)
    const report = await auditData(folder, { progress, wait: () => Promise.resolve() })
    if (!disagree(report) || attempt === attempts) return { taken, report }
  }
}

/** Answers their paths. The keys of a server are opened: a backup needs no other secret than itself. */
async function copySecrets(options: BackupOptions, folder: string): Promise<string[]> {
  const { dataDir, servers, keySecret } = options
  const secrets = servers ? credentialsIn(dataDir) : await secretsIn(dataDir)
  for (const { file, path } of secrets) await copySecret(file, join(folder, path))
  const keys = servers ? await keysToFolder(servers, folder, { keySecret, dataDir }) : []
  return [...secrets.map(({ path }) => path), ...keys]
}

async function describeAll(
  folder: string,
  taken: readonly { path: string; takenAt: string }[],
): Promise<ManifestEntry[]> {
  return await Promise.all(taken.map(({ path, takenAt }) => describeFile(folder, path, takenAt)))
}

async function writeDurably(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600, flush: true })
}

export interface BackupResult {
  readonly manifest: Manifest
  readonly report: AuditReport
}

async function fill(options: BackupOptions, folder: string): Promise<BackupResult> {
  const now = options.now ?? (() => new Date())
  const takenAt = now().toISOString()
  const { taken, report } = await copyDatabases(options, folder)
  // After the databases: a key that signs by then is one of these.
  const secrets = await copySecrets(options, folder)
  for (const path of secrets) await syncPath(join(folder, path))
  const at = now().toISOString()
  const files = await describeAll(folder, [
    ...taken,
    ...secrets.map((path) => ({ path, takenAt: at })),
  ])
  const sum = (of: 'inFlight' | 'wrong') =>
    report.invariants.reduce((total, invariant) => total + invariant[of], 0)
  const audit = { clean: report.clean, inFlight: sum('inFlight'), wrong: sum('wrong') }
  const manifest = newManifest({
    takenAt,
    encargo: options.version,
    bun: Bun.version,
    files,
    audit,
  })
  await writeDurably(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`)
  await syncPath(folder)
  return { manifest, report }
}

/**
 * Copies the data of services that run, or don't, to the folder `into`, which bears its name only
 * once all of it is there and on disk.
 *
 * @throws BackupError with one sentence; CannotAudit when a copy can't be read
 */
export async function backup(options: BackupOptions): Promise<BackupResult> {
  const into = resolve(options.into)
  await refuseUnlessEmpty(into)
  await writableFolder(dirname(into))
  const partial = `${into}.${Bun.randomUUIDv7()}.partial`
  await mkdir(partial, { mode: 0o700 })
  try {
    const result = await fill(options, partial)
    // Over an empty folder this works as well; over one that has been filled since, it fails.
    await rename(partial, into)
    await syncPath(dirname(into))
    return result
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw error
  }
}
