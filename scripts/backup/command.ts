import { isAbsolute, resolve } from 'node:path'
import type { Environment } from '@encargo/service-kit/run/config'
import { auditData, CannotAudit } from '../audit/audit.ts'
import { printReport } from '../audit/print.ts'
import { helpOption, parseCommand, UsageError } from '../lib/command-line.ts'
import { dataDirOf, dataHelp } from '../lib/data-arg.ts'
import { terminalProgress } from '../lib/progress.ts'
import { backup } from './backup.ts'
import { BackupError } from './manifest.ts'
import { restore } from './restore.ts'
import { version } from './version.ts'

const backupHelp = `Usage: bun run backup DIR [--data DIR]

Copies the four databases, the generated credentials and the signing keys to DIR, which must not
exist or be empty, whether the services run or not. Each file is as of one moment; manifest.json
says which, and what was in flight between them. Keep DIR as safe as the passwords in it.

${dataHelp}`

const restoreHelp = `Usage: bun run restore DIR [--data DIR] [--force] [--unverified] [--cancel-unknown]

Puts the backup in DIR in the place of the data of services that are stopped, after checking it
against its manifest, then audits it. --force moves data that is there already aside; nothing is
ever deleted. --unverified takes four databases without a manifest, as Litestream restores them.
--cancel-unknown cancels open orders of which the inventario.db that is restored knows nothing, even
where they are many, which else is a refusal: rather look for the right file.

${dataHelp}`

const common = {
  data: { type: 'string' },
  ...helpOption,
} as const
const restoreOptions = {
  ...common,
  force: { type: 'boolean', default: false },
  unverified: { type: 'boolean', default: false },
  'cancel-unknown': { type: 'boolean', default: false },
} as const

function theOne(positionals: readonly string[], usage: string): string {
  const [folder, ...more] = positionals
  if (folder === undefined || more.length > 0) throw new UsageError(`${usage}; --help says more.`)
  // Relative to where the command was typed.
  return isAbsolute(folder) ? folder : resolve(folder)
}

/** What a person can do something about is one sentence; the rest is a bug and shows its stack. */
async function told(work: () => Promise<0 | 1>): Promise<0 | 1> {
  const known = [BackupError, CannotAudit, UsageError]
  try {
    return await work()
  } catch (error) {
    const isKnown = known.some((kind) => error instanceof kind)
    const isSystem = error instanceof Error && 'syscall' in error
    if (!(error instanceof Error) || !(isKnown || isSystem)) throw error
    console.error(error.message)
    return 1
  }
}

/** Answers the exit code. */
export async function runBackup(args: readonly string[], env: Environment): Promise<0 | 1> {
  const progress = terminalProgress()
  return await told(async () => {
    const { values, positionals } = parseCommand(args, common)
    if (values.help) {
      console.log(backupHelp)
      return 0
    }
    const into = theOne(positionals, 'backup takes one folder to write to')
    const dataDir = dataDirOf(env, values.data)
    const { manifest, report } = await backup({ dataDir, into, version, progress })
    progress.clear()
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
    const size = `${(bytes / 1024 / 1024).toFixed(1)} MiB`
    console.log(`${into}: ${manifest.files.length} files, ${size}, as of ${manifest.takenAt}.`)
    if (!report.clean) console.log(`\nThe audit of the copy:\n${printReport(report)}`)
    return 0
  }).finally(progress.clear)
}

/** Answers the exit code: 0 also when the audit of what was restored names something. */
export async function runRestore(args: readonly string[], env: Environment): Promise<0 | 1> {
  const progress = terminalProgress()
  return await told(async () => {
    const { values, positionals } = parseCommand(args, restoreOptions)
    if (values.help) {
      console.log(restoreHelp)
      return 0
    }
    const from = theOne(positionals, 'restore takes one folder to read from')
    const dataDir = dataDirOf(env, values.data)
    const { force, unverified, 'cancel-unknown': cancelUnknown } = values
    const done = await restore({ from, dataDir, force, unverified, cancelUnknown, progress })
    console.log(`Restored to ${dataDir}${done.takenAt ? ` as of ${done.takenAt}` : ''}.`)
    if (done.movedTo) console.log(`What was there before is in ${done.movedTo}.`)
    const { completar, cancelar } = done.reconciled
    if (completar + cancelar > 0) {
      console.log(`Once pedidos runs: ${completar} orders to complete, ${cancelar} to cancel.`)
    }
    const report = await auditData(dataDir, { progress, wait: () => Promise.resolve() })
    progress.clear()
    console.log(
      `\n${printReport(report)}\n\nStart the services, give them a minute, then: bun run audit`,
    )
    return 0
  }).finally(progress.clear)
}
