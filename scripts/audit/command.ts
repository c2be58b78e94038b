import { commandLine } from '@encargo/program'
import type { Environment } from '@encargo/service-kit/run/config'
import { runCommand } from '../lib/command-line.ts'
import { dataHelp, dataOptions, roomHelp } from '../lib/data-arg.ts'
import { shopOf } from '../lib/shop.ts'
import { printReport } from './print.ts'
import { auditShop } from './shop.ts'

const help = `Usage: ${commandLine('audit')} [--data DIR] [--json]

Reads the databases, whether the services run or not, and proves what must always hold: stock
against its ledger and its reservations, every order against its reservation and back. What is
merely in flight is told apart from what is wrong. Never writes.

${dataHelp}
${roomHelp}

Exit code 0: all of it holds. 1: something is wrong, one line for each. 2: it could not be read.`

const command = {
  help,
  options: { ...dataOptions, json: { type: 'boolean', default: false } },
  names: { most: 0, takes: 'audit takes no names' },
  exits: { failed: 2 },
} as const

/** Answers the exit code. */
export async function audit(args: readonly string[], env: Environment): Promise<number> {
  return await runCommand(args, command, async ({ data, json }, _names, progress) => {
    const report = await auditShop(shopOf(env, data), { progress })
    progress.clear()
    console.log(json ? JSON.stringify(report, null, 2) : printReport(report))
    return report.clean ? 0 : 1
  })
}
