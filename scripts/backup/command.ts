import { resolve } from 'node:path'
import { commandLine } from '@encargo/program'
import { StorageOpenError } from '@encargo/storage'
import type { Environment } from '@encargo/service-kit/run/config'
import { auditShop } from '../audit/shop.ts'
import { printReport } from '../audit/print.ts'
import { CannotAudit } from '../audit/report.ts'
import { runCommand } from '../lib/command-line.ts'
import { dataHelp, dataOptions, roomHelp } from '../lib/data-arg.ts'
import { shopOf, shown } from '../lib/shop.ts'
import { backup } from './backup.ts'
import { restore } from './restore.ts'
import { commit } from '../lib/version.ts'

const backupHelp = `Usage: ${commandLine('backup')} DIR [--data DIR]

Copies the databases, the generated credentials and the signing keys to DIR, which must not
exist or be empty, whether the services run or not. Each file is as of one moment; manifest.json
says which, and what was in flight between them. Keep DIR as safe as the passwords in it.

${dataHelp}
From a server it writes the same: SQLite files, which restore puts into a folder or a database alike.`

const restoreHelp = `Usage: ${commandLine('restore')} DIR [--data DIR] [--force] [--unverified] [--cancel-unknown]

Puts the backup in DIR in the place of the data of services that are stopped, after checking it
against its manifest, then audits it. --force moves data that is there already aside; nothing is
ever deleted. --unverified takes databases without a manifest, as Litestream restores them.
--cancel-unknown cancels open orders of which the inventario.db that is restored knows nothing, even
where they are many, which else is a refusal: rather look for the right file.

${dataHelp}
On a server, no service uses the schemas before all of it is there; --force gives those that hold
something another name. ${roomHelp}`

const backupCommand = {
  help: backupHelp,
  options: dataOptions,
  names: { least: 1, most: 1, takes: 'backup takes one folder to write to' },
} as const
const restoreCommand = {
  help: restoreHelp,
  options: {
    ...dataOptions,
    force: { type: 'boolean', default: false },
    unverified: { type: 'boolean', default: false },
    'cancel-unknown': { type: 'boolean', default: false },
  },
  names: { least: 1, most: 1, takes: 'restore takes one folder to read from' },
} as const

/** Answers the exit code. */
export async function runBackup(args: readonly string[], env: Environment): Promise<number> {
  return await runCommand(args, backupCommand, async ({ data }, [folder = ''], progress) => {
    // Relative to where the command was typed.
    const into = resolve(folder)
    const { manifest, report } = await backup({
      ...shopOf(env, data),
      into,
      version: commit(),
      progress,
    })
    progress.clear()
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
    const size = `${(bytes / 1024 / 1024).toFixed(1)} MiB`
    console.log(`${into}: ${manifest.files.length} files, ${size}, as of ${manifest.takenAt}.`)
    if (!report.clean) console.log(`\nThe audit of the copy:\n${printReport(report)}`)
  })
}

/** Answers the exit code: 0 also when the audit of what was restored names something, or has to wait. */
export async function runRestore(args: readonly string[], env: Environment): Promise<number> {
  return await runCommand(args, restoreCommand, async (values, [folder = ''], progress) => {
    const { data, force, unverified, 'cancel-unknown': cancelUnknown } = values
    const [from, shop] = [resolve(folder), shopOf(env, data)]
    const done = await restore({ from, ...shop, force, unverified, cancelUnknown, progress })
    progress.clear()
    console.log(`Restored to ${shown(shop)}${done.takenAt ? ` as of ${done.takenAt}` : ''}.`)
    if (done.movedTo) console.log(`What was there before is in ${done.movedTo}.`)
    const { completar, cancelar, contar } = done.reconciled
    if (completar + cancelar > 0) {
      console.log(`Once pedidos runs: ${completar} orders to complete, ${cancelar} to cancel.`)
    }
    if (contar > 0)
      console.log(`Once pagos runs: ${contar} charges of which pedidos is told again.`)
    const audit = auditShop(shop, { progress, wait: () => Promise.resolve() })
    // A backup of an older version is whole, and can be audited once the services have migrated it.
    const found = await audit.then(printReport, (error: unknown) => {
      if (error instanceof CannotAudit || error instanceof StorageOpenError) return error.message
      throw error
    })
    progress.clear()
    const again = `${commandLine('audit')}${data === undefined ? '' : ` --data ${data}`}`
    console.log(`\n${found}\n\nStart the services, give them a minute, then: ${again}`)
  })
}
