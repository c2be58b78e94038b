import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { treaty } from '@elysiajs/eden'
import type { AuthApp } from '@encargo/auth'
import type { InventarioApp } from '@encargo/inventario'
import type { PagosApp } from '@encargo/pagos'
import type { PedidosApp } from '@encargo/pedidos'
import type { ProductosApp } from '@encargo/productos'
import { databaseSettings, onPostgres } from '@encargo/storage/testing/postgres'
import { type Environment, type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import { root } from '../../scripts/lib/install.ts'
import { quietPorts } from '../../scripts/chaos/ports.ts'
import { compiledMain } from '../../scripts/lib/compiled-main.ts'
import { noQuotas } from '../../scripts/lib/no-quotas.ts'
import { type ProcessName, processNames } from '@encargo/service-kit/run/together'
import { type Supervised, supervise } from '../../scripts/lib/supervise.ts'

export const admin = { email: 'jefa@tienda.example', password: 'cuatro-llaves-de-cobre-9' } as const

export type Origins = Readonly<Record<ServiceName, string>>

/** Typed clients of the services, wherever they are, and however they are reached. */
export function clientsAt(origins: Origins, fetcher = fetch) {
  const options = { fetcher, parseDate: false } as const
  return {
    auth: treaty<AuthApp>(origins.auth, options),
    productos: treaty<ProductosApp>(origins.productos, options),
    inventario: treaty<InventarioApp>(origins.inventario, options),
    pedidos: treaty<PedidosApp>(origins.pedidos, options),
    pagos: treaty<PagosApp>(origins.pagos, options),
  }
}
export type Clients = ReturnType<typeof clientsAt>

/** Free ports at this moment, all different. */
function freePorts(): Record<ProcessName, number> {
  const ports = quietPorts(processNames.length)
  const entries = processNames.map((name, n) => [name, ports[n]])
  return Object.fromEntries(entries) as Record<ProcessName, number>
}

/** The process id of the child of `parent` whose command line holds `text`, from /proc. */
export function childOf(parent: number, text: string): number {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const isChild = Number(stat.slice(stat.lastIndexOf(')') + 4).split(' ')[0]) === parent
      if (isChild && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text)) return Number(pid)
    } catch {
      // A process that has just ended is none of ours.
    }
  }
  throw new Error(`no child of ${parent} runs ${text}`)
}

/** The environment of an installation of its own: free ports, an empty folder, a first admin. */
export function freshEnvironment(extra: Environment = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'encargo-system-'))
  const ports = freePorts()
  const env: Environment = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    NODE_ENV: 'production',
    DATA_DIR: dataDir,
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    LOG_LEVEL: 'warn',
    ...noQuotas,
    COMPRAS_DIARIAS_SIN_CONFIRMAR: '1000000000',
    ...Object.fromEntries(
      processNames.map((name) => [`${name.toUpperCase()}_PORT`, String(ports[name])]),
    ),
    ...extra,
  }
  const origins = Object.fromEntries(
    serviceNames.map((name) => [name, `http://127.0.0.1:${ports[name]}`]),
  ) as Record<ServiceName, string>
  return {
    env,
    dataDir,
    ports,
    origins,
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  }
}

/** How a shop is put into processes: a process each, one process, or the executable that is one. */
export type TestForm = 'separados' | 'juntos' | 'archivo'
const knownForms: readonly TestForm[] = ['separados', 'juntos', 'archivo']

/**
 * `TEST_FORM` chooses one form, `archivo` after `bun run build`; else both forms of a checkout are tried, on
 * PostgreSQL that of many processes alone.
 */
function formsOf(wanted: string | undefined): readonly TestForm[] {
  if (wanted === undefined) return onPostgres ? ['separados'] : ['separados', 'juntos']
  const form = knownForms.find((one) => one === wanted)
  if (form === undefined) throw new Error(`TEST_FORM must be one of ${knownForms.join(', ')}`)
  return [form]
}
export const testForms = formsOf(process.env['TEST_FORM'])

/** What a process of all of it is started by, where that is not Bun and a checkout. */
export const commandOf = (form: TestForm): readonly string[] | undefined =>
  form === 'archivo' ? [join(root, 'dist', 'encargo'), 'start'] : undefined

export interface System {
  readonly clients: Clients
  readonly origins: Origins
  readonly dataDir: string
  readonly env: Environment
  readonly running: Supervised
  /** Everything that the services printed. */
  readonly log: string[]
  stop(): Promise<void>
}

/** The services on free ports with data of their own, which is removed again by `stop`. */
export async function startSystem(
  extra: Environment = {},
  form: TestForm = 'separados',
): Promise<System> {
  const removals: (() => Promise<void>)[] = []
  const database = await databaseSettings((remove) => void removals.push(remove))
  const fresh = freshEnvironment({ ...database, ...extra })
  const log: string[] = []
  const running = supervise({
    services: serviceNames,
    together: form !== 'separados',
    command: commandOf(form),
    main: compiledMain,
    env: fresh.env,
    watch: false,
    onLine: (service, line) => log.push(`${service}: ${line}`),
  })
  await running.ready
  return {
    clients: clientsAt(fresh.origins),
    origins: fresh.origins,
    dataDir: fresh.dataDir,
    env: fresh.env,
    running,
    log,
    async stop() {
      await running.stop()
      fresh.remove()
      for (const remove of removals) await remove()
    },
  }
}
