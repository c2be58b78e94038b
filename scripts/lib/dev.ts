import { commandLine, isExecutable } from '@encargo/program'
import { processTimer } from '@encargo/service-kit/async/timer'
import {
  defaultPorts,
  type Environment,
  type ServiceName,
  serviceNames,
} from '@encargo/service-kit/run/config'
import { resolveDataDir } from '@encargo/service-kit/run/data-dir'
import { onStopSignal } from '@encargo/service-kit/run/signals'
import { openBancoDemo } from '../demo/banco.ts'
import { cuentas } from '../demo/cuentas.ts'
import { seedDemo } from '../demo/seed.ts'
import { patientClient } from './client.ts'
import { helpOption, parsedOrEnd } from './command-line.ts'
import { fail } from './install.ts'
import { mailLines } from './mail-lines.ts'
import { behindOnePort, settle } from './one-process.ts'
import { preflight } from './preflight.ts'
import { commonEnvironment, listening, processesOf } from '@encargo/encargo/environment'
import { type Form, formOf, formOptions, refuseOnePort } from './form.ts'
import type { UnitName } from './services.ts'
import { failToStart } from './start.ts'
import { supervise } from './supervise.ts'

const help = `Usage: ${commandLine('dev')}${isExecutable ? '' : ' [--juntos | --separados]'}

${isExecutable ? 'Starts a shop in this process' : 'Installs, starts the services and the shop window with reload'}, fills an empty shop with demo data, and prints
where everything is and who can log in. Ctrl-C stops all of it. Its data is in .data/dev (or
DATA_DIR); remove the folder to begin anew. With DATABASE_URL it is in that PostgreSQL database.${
  isExecutable
    ? ''
    : `

  --juntos      all of them in one process, the default: there sooner, in less memory
  --separados   a process each, so that one that is changed is reloaded alone. PROCESO=varios says the same`
}`

const colors: Readonly<Record<string, string>> = {
  auth: '36',
  productos: '32',
  inventario: '33',
  pedidos: '35',
  pagos: '31',
  tienda: '34',
}

function paint(text: string, code: string): string {
  return process.stdout.isTTY && !process.env['NO_COLOR'] ? `\u001b[${code}m${text}\u001b[0m` : text
}

/** A log line of `unit` as people read it; what is not one of our JSON lines is shown as it came. */
function readable(unit: UnitName, line: string): { of: string; text: string } {
  if (!line.startsWith('{')) return { of: unit, text: line }
  try {
    const { time, level, message, service, ...fields } = JSON.parse(line) as Record<string, unknown>
    const rest = Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : ''
    const text = `${String(time).slice(11, 19)} ${String(level)} ${String(message)}${rest}`
    return { of: String(service), text }
  } catch {
    return { of: unit, text: line }
  }
}

function showLine(unit: UnitName, line: string): void {
  if (line.trim() === '') return
  const { of, text } = readable(unit, line)
  console.log(`${paint(of.padEnd(10), colors[of] ?? '0')} ${text}`)
}

/** Demo settings where the environment sets none; only here, never in production. */
function devEnvironment(env: Environment): Environment {
  return {
    ...env,
    NODE_ENV: 'development',
    DATA_DIR: env['DATA_DIR'] || '.data/dev',
    ADMIN_EMAIL: env['ADMIN_EMAIL'] || cuentas.admin.email,
    ADMIN_PASSWORD: env['ADMIN_PASSWORD'] || cuentas.admin.password,
  }
}

/** Where cards of the demo are paid with; nowhere without payments, or with a provider of its own. */
const bancoDe = (env: Environment) =>
  processesOf([], env).includes('pagos') && !env['PROVEEDOR_EXTERNO_URL']
    ? openBancoDemo(resolveDataDir(env['DATA_DIR'] ?? ''))
    : undefined

/** @param isDemo whether the accounts of the demo can log in */
function summary(
  urls: Readonly<Record<string, string>>,
  env: Environment,
  banco: string | undefined,
  isDemo: boolean,
): string {
  const rows = serviceNames
    .filter((name) => urls[name] !== undefined)
    .map((name) => `  ${name.padEnd(11)}${urls[name]}  (try ${urls[name]}/openapi)`)
  const people = [cuentas.cliente, cuentas.operador].map(
    (one) => `  ${one.rol.padEnd(11)}${one.email}  ${one.password}`,
  )
  const own = env['ADMIN_PASSWORD'] === cuentas.admin.password
  const admin = `  ${'admin'.padEnd(11)}${env['ADMIN_EMAIL']}  ${own ? cuentas.admin.password : '(your ADMIN_PASSWORD)'}`
  return [
    '',
    'Encargo is running:',
    `  ${'tienda'.padEnd(11)}${urls['tienda']}  <- open this in a browser`,
    ...rows,
    ...(banco === undefined
      ? []
      : [
          `  ${'banco'.padEnd(11)}${banco}  (a test bank: cards are paid with there, no money moves)`,
        ]),
    '',
    ...(isDemo ? ['Who can log in:', ...people, admin, ''] : []),
    'Ctrl-C stops everything.',
    '',
  ].join('\n')
}

/** The executable has no sources to reload, and no other program to start. */
async function openHere(given: Environment) {
  const quiet = { ...given, LOG_LEVEL: given['LOG_LEVEL'] || 'warn' }
  const services = processesOf([], quiet)
  const env = await settle(services, behindOnePort(quiet))
  const { openShop } = await import('@encargo/encargo/open')
  return openShop(services, env)
}

async function openWatched(form: Form, given: Environment) {
  const together = form === 'juntos'
  if (!together) refuseOnePort(given)
  const services = processesOf([], given)
  const env = together ? commonEnvironment(services, given) : given
  await preflight(services, env, together ? listening(services, env) : services)
  return supervise({
    services,
    together,
    env,
    watch: true,
    onLine: mailLines(showLine, processTimer),
  })
}

export async function dev(args: readonly string[]): Promise<void> {
  const { values } = parsedOrEnd(args, { help, options: { ...formOptions, ...helpOption } })
  const given = devEnvironment(process.env)
  let stopping = false
  try {
    const form = formOf(values, given, 'juntos')
    const banco = bancoDe(given)
    const env: Environment = { ...given, ...banco?.env }
    const running = isExecutable ? await openHere(env) : await openWatched(form, env)
    onStopSignal(() => {
      stopping = true
      console.log('\nStopping...')
      return running.stop().finally(() => banco?.close())
    })
    const urls = await running.ready
    // What is not there has no address, and another shop may be at the usual one.
    if (stopping) return
    const url = (name: ServiceName) => urls[name] ?? `http://127.0.0.1:${defaultPorts[name]}`
    const [auth, productos] = [url('auth'), url('productos')]
    const [inventario, pedidos] = [url('inventario'), url('pedidos')]
    const { pagos } = urls
    banco?.avisa(urls['tienda'])
    const seeded = await seedDemo({
      newClient: () => patientClient({ auth, productos, inventario, pedidos, pagos }),
      admin: { email: env['ADMIN_EMAIL'] ?? '', password: env['ADMIN_PASSWORD'] ?? '' },
      report: (line) => console.log(`${'demo'.padEnd(10)} ${line}`),
      banco,
    }).catch((error: unknown) => {
      // A shop without its demo data still runs; the developer may have changed what the seed needs.
      if (!stopping)
        console.error(`demo       ${error instanceof Error ? error.message : String(error)}`)
    })
    if (stopping) return
    console.log(summary(urls, env, banco?.url, seeded?.cuentas.omitidos === 0))
    if (!('givenUp' in running)) return
    const dead = await running.givenUp
    await running.stop()
    await banco?.close()
    fail(`${dead} ended again and again, so everything was stopped; its last lines say why.`)
  } catch (error) {
    // What was asked to end has not failed.
    if (!stopping) failToStart(error)
  }
}
