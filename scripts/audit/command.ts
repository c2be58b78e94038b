import type { Environment } from '@encargo/service-kit/run/config'
import { helpOption, parseCommand, UsageError } from '../lib/command-line.ts'
import { dataDirOf, dataHelp } from '../lib/data-arg.ts'
import { terminalProgress } from '../lib/progress.ts'
import { auditData, CannotAudit } from './audit.ts'
import { printReport } from './print.ts'

const help = `Usage: bun run audit [--data DIR] [--json]

Reads the four databases, whether the services run or not, and proves what must always hold: stock
against its ledger and its reservations, every order against its reservation and back. What is
merely in flight is told apart from what is wrong. Never writes.

${dataHelp}

Exit code 0: all of it holds. 1: something is wrong, one line for each. 2: it could not be read.`

const options = {
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
  ...helpOption,
} as const

/** Answers the exit code. */
export async function audit(args: readonly string[], env: Environment): Promise<0 | 1 | 2> {
  const progress = terminalProgress()
  try {
    const { values, positionals } = parseCommand(args, options)
    if (values.help) {
      console.log(help)
      return 0
    }
    if (positionals.length > 0)
      throw new UsageError('audit takes no names; --help says what it takes.')
    const report = await auditData(dataDirOf(env, values.data), { progress })
    progress.clear()
    console.log(values.json ? JSON.stringify(report, null, 2) : printReport(report))
    return report.clean ? 0 : 1
  } catch (error) {
    progress.clear()
    if (!(error instanceof CannotAudit || error instanceof UsageError)) throw error
    console.error(error.message)
    return 2
  }
}
