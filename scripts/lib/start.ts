import { processesOf } from '@encargo/encargo/environment'
import { commandLine, isExecutable } from '@encargo/program'
import type { Environment } from '@encargo/service-kit/run/config'
import { onStopSignal } from '@encargo/service-kit/run/signals'
import { type ProcessName, processNames } from '@encargo/service-kit/run/together'
import { anyNames, helpOption, parsedOrEnd } from './command-line.ts'
import { formOf, formOptions, refuseOnePort } from './form.ts'
import { greetingFor } from './greeting.ts'
import { fail } from './install.ts'
import { behindOnePort, settle } from './one-process.ts'
import { preflight } from './preflight.ts'
import { waitsMs } from './restarts.ts'
import { supervise } from './supervise.ts'

const seconds = waitsMs.map((ms) => ms / 1_000).join(', ')

const forms = `
  --juntos      all of them in this one process: less memory, faster between them, and a crash of one
                is a crash of all; what watches it has to start it again. PROCESO=uno says the same
  --separados   a process each, the default. One that dies is started again, after
                ${seconds} s; once it dies more often, without a minute in between,
                everything is stopped with exit code 1

The environment configures them; the table of variables is in README.md.`

/** The executable is one process, and may be all that its user has. */
const ofExecutable = `
Without names all are behind one port; those that are named have a port each. Of the variables that configure
it, these are the ones to begin with, in the environment or in a file: encargo --env-file FILE start

  ADMIN_EMAIL, ADMIN_PASSWORD  who administers it first, while nobody does
  DATA_DIR                     the folder of its data, .data unless set
  DATABASE_URL                 a PostgreSQL database in the place of files there
  PUERTO_UNICO, HOST           where it listens: 3000 of 127.0.0.1
  MONEDA                       its currency, USD; fixed by the first product
  PAGOS=off                    leaves pagos out, for a shop that takes no payments
  SMTP_URL, MAIL_FROM, PASSWORD_RESET_URL
                               how its mails are sent; until then they are files in DATA_DIR/correo
  TIENDA_DIR                   a folder with pages, texts and files of the shop's own`

const help = `Usage: ${commandLine('start')}${isExecutable ? '' : ' [--juntos | --separados]'} [service...]

Starts the named services in production mode and stays in the foreground; without names, all of
${processNames.join(', ')} (the shop window in front of the others). Stops cleanly on
SIGTERM or Ctrl-C.
${isExecutable ? ofExecutable : forms}`

const command = { help, options: { ...formOptions, ...helpOption }, names: anyNames }

/** The sentence of a start that cannot be, and exit code 1. */
export function failToStart(error: unknown): never {
  return fail(error instanceof Error ? error.message : String(error))
}

async function startApart(services: readonly ProcessName[], env: Environment): Promise<void> {
  refuseOnePort(env)
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
}

async function startTogether(services: readonly ProcessName[], given: Environment): Promise<void> {
  const env = await settle(services, given)
  // Asked for by a unit that was written for several processes; unheard, it would end this one.
  process.on('SIGUSR2', () =>
    console.error('One process is not replaced while it runs: restart it.'),
  )
  // Libraries look at it when they are loaded.
  process.env['NODE_ENV'] = 'production'
  const { runShop } = await import('@encargo/encargo/run')
  // Who administers a shop is a matter of where its accounts are.
  const greeting = isExecutable && services.includes('auth') ? await greetingFor(env) : undefined
  const { tienda } = await runShop(services, env)
  if (greeting && tienda !== undefined) console.log(greeting(tienda))
}

export async function start(args: readonly string[]): Promise<void> {
  const { values, positionals } = parsedOrEnd(args, command)
  const env: Environment = { ...process.env, NODE_ENV: 'production' }
  try {
    const services = processesOf(positionals, env)
    const form = formOf(values, env, 'separados')
    const alone = isExecutable && positionals.length === 0
    if (form === 'separados') await startApart(services, env)
    else await startTogether(services, alone ? behindOnePort(env) : env)
  } catch (error) {
    failToStart(error)
  }
}
