import { freshSeed } from '@encargo/service-kit/testing/random'
import { helpOption, parseCommand, UsageError } from '../lib/command-line.ts'
import { terminalProgress } from '../lib/progress.ts'
import { printReport } from './print.ts'
import { chaos } from './run.ts'

const help = `Usage: bun run chaos [--seconds N] [--seed N] [--kills N] [--shoppers N] [--json]

Starts a system of its own, lets shoppers and staff work with it, and meanwhile kills its processes
(SIGKILL), stops them (SIGSTOP) and cuts the ways between them, as the seed says; the same seed does
the same at the same moments. Then it heals everything, waits until nothing is left to be done, runs
the audit, and compares the orders and the stock with what the clients were told.

  --seconds N   how long, default 60
  --seed N      what happens and when; default another one each time, which is printed
  --kills N     how many processes are killed, default three in four seconds
  --shoppers N  how many shop at the same time, default 8
  --json        the report for programs

Listens on 127.0.0.1 only. Exit code 0: nothing was lost or done twice. 1: something was; the data
is kept, and where is printed. 2: it could not be run. 130: it was interrupted and proves nothing.`

const options = {
  seconds: { type: 'string', default: '60' },
  seed: { type: 'string' },
  kills: { type: 'string' },
  shoppers: { type: 'string', default: '8' },
  json: { type: 'boolean', default: false },
  ...helpOption,
} as const

function integer(name: string, text: string, [low, high]: readonly [number, number]): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= low && value <= high) return value
  throw new UsageError(`--${name} must be an integer from ${low} to ${high}, got "${text}".`)
}

function planOf(values: {
  seconds: string
  seed?: string | undefined
  kills?: string | undefined
  shoppers: string
}) {
  const seconds = integer('seconds', values.seconds, [1, 24 * 60 * 60])
  const seed = values.seed === undefined ? freshSeed() : integer('seed', values.seed, [0, 2 ** 32])
  const kills =
    values.kills === undefined ? {} : { kills: integer('kills', values.kills, [0, 1e6]) }
  return { seconds, seed, shoppers: integer('shoppers', values.shoppers, [1, 200]), ...kills }
}

/** Ctrl-C ends it; who presses again does not want to wait. */
function interruption(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => controller.abort(new Error(signal)))
  }
  return controller.signal
}

/** Answers the exit code. */
export async function chaosCommand(args: readonly string[]): Promise<0 | 1 | 2 | 130> {
  const progress = terminalProgress()
  const signal = interruption()
  try {
    const { values, positionals } = parseCommand(args, options)
    if (values.help) {
      console.log(help)
      return 0
    }
    if (positionals.length > 0)
      throw new UsageError('chaos takes no names; --help says what it takes.')
    const plan = planOf(values)
    if (!values.json) console.log(`chaos with --seed ${plan.seed} for ${plan.seconds} s`)
    const report = await chaos({ ...plan, signal, progress })
    progress.clear()
    if (signal.aborted) return interrupted()
    console.log(values.json ? JSON.stringify(report, null, 2) : printReport(report))
    if (report.dataDir !== null && !values.json) {
      console.log(`The data is kept; look at it with: bun run audit --data ${report.dataDir}`)
    }
    return report.discrepancies.length === 0 ? 0 : 1
  } catch (error) {
    progress.clear()
    if (signal.aborted) return interrupted()
    console.error(error instanceof Error ? error.message : String(error))
    return 2
  }
}

function interrupted(): 130 {
  console.error('Interrupted: everything was stopped, and nothing is proved.')
  return 130
}
