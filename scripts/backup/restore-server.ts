import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStorage } from '@encargo/storage'
import { fileOf, services } from '../audit/databases.ts'
import { migrationsOf } from '../lib/services.ts'
import type { Servers } from '../lib/shop.ts'
import { copyIn, refuseIfServed, releaseAll, stampOf } from '../move/in.ts'
import { keysToServer } from '../move/keys.ts'
import { verify } from '../move/verify.ts'
import { writableFolder } from './folder.ts'
import { BackupError } from './manifest.ts'
import type { Reconciled } from './reconcile.ts'
import { copySecret } from './secrets.ts'

interface Restoring {
  readonly dataDir: string
  readonly servers: Servers
  readonly keySecret: string | undefined
  /** Gives what is there already another name. */
  readonly force: boolean
  readonly now: () => Date
  readonly progress: (what: string, done: number) => void
  readonly step: (name: string) => void
  /** What is to be restored, by its path: databases and secrets. */
  readonly paths: readonly string[]
  /** Puts it into a folder, ready for the services. */
  readonly prepare: (folder: string) => Promise<Reconciled>
}

async function isSame(one: string, other: string): Promise<boolean> {
  return (await readFile(one)).equals(await readFile(other))
}

/** The credentials of the backup, in the folder where those lie that are made on this machine. */
async function putSecrets(
  { dataDir, force, now, paths }: Restoring,
  folder: string,
): Promise<void> {
  const secrets = paths.filter((path) => !path.endsWith('.db') && !path.startsWith('claves/'))
  if (secrets.length === 0) return
  await writableFolder(dataDir, 0o700)
  for (const path of secrets) {
    const [from, to] = [join(folder, path), join(dataDir, path)]
    if (existsSync(to)) {
      if (await isSame(from, to)) continue
      if (!force) {
        throw new BackupError(
          `${to} is another than the backup's; with --force it is moved aside, not deleted.`,
        )
      }
      await rename(to, `${to}.replaced-${stampOf(now())}`)
    }
    await copySecret(from, to)
  }
}

/**
 * Copies a backup to schemas on a server whose services are stopped. No service uses them before all of it
 * is there and compared; one that was cut short is run again, and begins anew.
 * @throws BackupError, Sentence, StorageOpenError
 */
export async function restoreToServer(options: Restoring) {
  const { servers, dataDir, keySecret, force, now, progress, step, prepare } = options
  await refuseIfServed(servers, 'restore')
  const folder = await mkdtemp(join(tmpdir(), 'encargo-restore-'))
  try {
    const value = await prepare(folder)
    const asideStamp = force ? stampOf(now()) : undefined
    // As the services of this version would when they open it; a newer one is refused.
    for (const service of services) {
      const file = fileOf(folder, service)
      await openStorage({ file, migrationsFolder: migrationsOf(service) }).close()
    }
    const { renamedTo } = await copyIn(folder, servers, { asideStamp, progress, step })
    await verify(folder, servers, 'mudanza', progress)
    await putSecrets(options, folder)
    await keysToServer(folder, servers, { keySecret, dataDir })
    await refuseIfServed(servers, 'restore')
    await releaseAll(servers, step)
    const movedTo = renamedTo.length === 0 ? null : `the schemas ${renamedTo.join(', ')}`
    return { value, movedTo }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
