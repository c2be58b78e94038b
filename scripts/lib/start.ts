import { commandLine } from '@encargo/program'
import type { Environment } from '@encargo/service-kit/run/config'
import { onStopSignal } from '@encargo/service-kit/run/signals'
import { namesOrEnd } from './command-line.ts'
import { fail } from './install.ts'
import { preflight } from './preflight.ts'
import { type ProcessName, processNames } from './services.ts'
import { waitsMs } from './restarts.ts'
import { supervise } from './supervise.ts'

const seconds = waitsMs.map((ms) => ms / 1_000).join(', ')

const help = `Usage: ${commandLine('start')} [service...]

Starts the named services in production mode and stays in the foreground; without names, all of
${processNames.join(', ')} (the shop window in front of the others). Stops cleanly on
SIGTERM or Ctrl-C. A service that dies is started again, after ${seconds} s; once
it dies more often, without a minute in between, everything is stopped with exit code 1.

The environment configures them; the table of variables is in README.md.`

function isProcess(name: string): name is ProcessName {
  return processNames.some((known) => known === name)
}

/** The services that the command line names, each once, or a sentence and exit code 1. */
export function parseServices(args: readonly string[]): ProcessName[] {
  const named = [...new Set(namesOrEnd(args, help))].map((arg) => {
    if (isProcess(arg)) return arg
    return fail(`There is no service "${arg}"; the services are ${processNames.join(', ')}.`)
  })
  return named.length > 0 ? named : [...processNames]
}

/** The sentence of a start that cannot be, and exit code 1. */
export function failToStart(error: unknown): never {
  return fail(error instanceof Error ? error.message : String(error))
}

export async function start(args: readonly string[]): Promise<void> {
  const services = parseServices(args)
  const env: Environment = { ...process.env, NODE_ENV: 'production' }
  try {
    await preflight(services, env)
    const running = supervise({
      services,
      env,
      watch: false,
      onLine: (_service, line) => process.stderr.write(`${line}\n`),
      onReady: (service, url) => console.log(`${service} ready at ${url}`),
    })
    onStopSignal(running.stop)
    await running.ready
    // A supervisor's reload; see docs/operations.md.
    process.on('SIGUSR2', () => void running.replace())
    const dead = await running.givenUp
    await running.stop()
    fail(`${dead} ended again and again, so everything was stopped; its last lines say why.`)
  } catch (error) {
    failToStart(error)
  }
}
