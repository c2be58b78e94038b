import type { Environment } from '@encargo/service-kit/run/config'
import { freshSeed } from '@encargo/service-kit/testing/random'
import { helpOption, runCommand, Sentence, type Values, wholeNumber } from '../lib/command-line.ts'
import type { Progress } from '../lib/progress.ts'
import { serversOf } from '../lib/shop.ts'
import { printReport } from './print.ts'
import { chaos } from './run.ts'
import { printSimulated, simulateMany } from './simulation/many.ts'

const help = `Usage: bun run chaos [--seconds N] [--seed N] [--kills N] [--shoppers N] [--juntos]
                     [--replicas N] [--cluster] [--json]
       bun run chaos --simulated [--kills N] [--shops N] [--seed N] [--json]

Starts a system of its own, lets shoppers and staff work with it, and meanwhile kills its processes
(SIGKILL), stops them (SIGSTOP) and cuts the ways between them, as the seed says; the same seed does
the same at the same moments. Then it heals everything, waits until nothing is left to be done, runs
the audit, and compares the orders and the stock with what the clients were told. With DATABASE_URL the
services keep their data on that server, in a database that is made for it (its user needs the right to)
and removed afterwards; its connections are ended then, the way to it is cut, and it becomes read-only.

  --seconds N   how long, default 60
  --seed N      what happens and when; default another one each time, which is printed
  --kills N     how many processes are killed, default three in four seconds, with --juntos one
  --shoppers N  how many shop at the same time, default 8
  --juntos      all services as one process, which is killed as a whole; cut are the ways to it
  --replicas N  how many processes each service has, default 1; more need a database server
  --cluster     a PostgreSQL of its own in the place of DATABASE_URL, which is also stopped, crashed and
                failed over to its standby; nothing of it is kept. Its programs must be on this machine
  --simulated   shops that take money, and their provider, within this process and in a time of their own:
                services end between two steps and are opened again, which takes a hundredth of the time
  --shops N     with --simulated, how many at the same time, each with the next seed, default 4
  --json        the report for programs

Listens on 127.0.0.1 only. Exit code 0: nothing was lost or done twice. 1: something was; the data
is kept, and where is printed. 2: it could not be run. 130: it was interrupted and proves nothing.`

const command = {
  help,
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string' },
    kills: { type: 'string' },
    shoppers: { type: 'string', default: '8' },
    juntos: { type: 'boolean', default: false },
    replicas: { type: 'string', default: '1' },
    cluster: { type: 'boolean', default: false },
    simulated: { type: 'boolean', default: false },
    shops: { type: 'string', default: '4' },
    json: { type: 'boolean', default: false },
    ...helpOption,
  },
  names: { most: 0, takes: 'chaos takes no names' },
  exits: { failed: 2 },
} as const

function planOf({
  seconds,
  seed,
  kills,
  shoppers,
  juntos,
  replicas,
}: Values<typeof command.options>) {
  return {
    seconds: wholeNumber('--seconds', seconds, 1, 24 * 60 * 60),
    seed: seed === undefined ? freshSeed() : wholeNumber('--seed', seed, 0, 2 ** 32),
    kills: kills === undefined ? undefined : wholeNumber('--kills', kills, 0, 1e6),
    together: juntos,
    shoppers: wholeNumber('--shoppers', shoppers, 1, 200),
    replicas: wholeNumber('--replicas', replicas, 1, 8),
  }
}

interface Live {
  readonly signal: AbortSignal
  readonly progress: Progress
}

const defaultDeaths = '200'

async function simulated(values: Values<typeof command.options>, { signal, progress }: Live) {
  const { seed, kills = defaultDeaths, shops } = values
  const plan = {
    seed: seed === undefined ? freshSeed() : wholeNumber('--seed', seed, 0, 2 ** 32),
    kills: wholeNumber('--kills', kills, 1, 1e6),
    shops: wholeNumber('--shops', shops, 1, 64),
  }
  if (!values.json) console.log(`chaos --simulated with --seed ${plan.seed}`)
  const all = await simulateMany({ ...plan, signal, progress })
  progress.clear()
  console.log(values.json ? JSON.stringify(all, null, 2) : printSimulated(all))
  return all.every(({ discrepancies }) => discrepancies.length === 0) ? 0 : 1
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
export async function chaosCommand(args: readonly string[], env: Environment): Promise<number> {
  const signal = interruption()
  return await runCommand(args, command, async (values, _names, progress) => {
    if (values.simulated) return await simulated(values, { signal, progress })
    const plan = planOf(values)
    const databaseUrl = values.cluster ? 'own' : serversOf(env)?.pedidos.url
    if (plan.replicas > 1 && databaseUrl === undefined)
      throw new Sentence('Several replicas need one database: set DATABASE_URL, or say --cluster.')
    if (!values.json) console.log(`chaos with --seed ${plan.seed} for ${plan.seconds} s`)
    const report = await chaos({ ...plan, databaseUrl, signal, progress }).catch(
      (error: unknown) => {
        if (!signal.aborted)
          throw new Sentence(error instanceof Error ? error.message : String(error), {
            cause: error,
          })
      },
    )
    progress.clear()
    if (report === undefined || signal.aborted) {
      console.error('Interrupted: everything was stopped, and nothing is proved.')
      return 130
    }
    console.log(values.json ? JSON.stringify(report, null, 2) : printReport(report))
    if (report.keptIn !== null && !values.json) {
      const how = databaseUrl ? 'bun run audit, with DATABASE_URL for' : 'bun run audit --data'
      console.log(`The data is kept; look at it with: ${how} ${report.keptIn}`)
    }
    return report.discrepancies.length === 0 ? 0 : 1
  })
}
