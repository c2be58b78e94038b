import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Environment, type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import { root } from '../../scripts/lib/install.ts'
import { ownEnvironment, portsFor } from '../../scripts/lib/own-system.ts'
import { mainOf, type ServiceProcess, spawnService, stopAll } from '../../scripts/lib/services.ts'
import type { Measured, SystemName } from './target.ts'
import { spawnTogether } from './together.ts'

export const admin = { email: 'bench@encargo.example', password: 'medir-antes-de-opinar' } as const

export interface SystemOptions {
  /** A process each, or all in one (`juntos`). */
  readonly form: SystemName
  /** `DATA_DIR` of the services. */
  readonly folder: string
  /** Settings beyond those that all have. */
  readonly settings?: Environment
  /** The checkout whose code runs; this one unless told otherwise. */
  readonly home?: string | undefined
  /** With the shop window in the one process as well. */
  readonly tienda?: boolean
  /** Write a CPU profile of each process into this folder when it stops. */
  readonly profileFolder?: string
}

/** The services as production processes on ports of their own. */
export interface System {
  readonly urls: Readonly<Record<ServiceName, string>>
  /** Each of its pedidos. */
  readonly origins: readonly string[]
  readonly processes: readonly Measured[]
  /** From spawning each process until it said that all of it is ready, in milliseconds. */
  readonly readyMs: Readonly<Record<string, number>>
  /** Graceful; safe to call again. */
  stop(): Promise<void>
}

/** Processes that were spawned, and where their services are once they are ready. */
interface Spawned {
  readonly processes: readonly (Measured & { readonly ready: Promise<Urls> })[]
  stop(): Promise<void>
}
type Urls = Readonly<Record<string, string>>
type Spawn = (options: SystemOptions, env: Environment, onLine: (line: string) => void) => Spawned

export async function startSystem(options: SystemOptions): Promise<System> {
  mkdirSync(options.folder, { recursive: true })
  const env = { ...(await systemEnvironment(options.folder)), ...options.settings }
  const lastLines: string[] = []
  const spawn = options.form === 'juntos' ? spawnOne : spawnEach
  const spawnedAt = performance.now()
  const spawned = spawn(options, env, (line) => lastLines.push(line) > 20 && lastLines.shift())
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= spawned.stop())
  try {
    const started = await Promise.all(
      spawned.processes.map(async ({ name, pid, ready }) => {
        const urls = await ready
        return { name, pid, urls, readyMs: performance.now() - spawnedAt }
      }),
    )
    const urls = urlsOf(started.map((one) => one.urls))
    return {
      urls,
      origins: [urls.pedidos],
      readyMs: Object.fromEntries(started.map(({ name, readyMs }) => [name, readyMs])),
      processes: started.map(({ name, pid }) => ({ name, pid })),
      stop,
    }
  } catch (error) {
    await stop()
    throw new Error(`${String(error)}\n${lastLines.join('\n')}`, { cause: error })
  }
}

/** Where nobody answers. */
const nowhere = 'http://127.0.0.1:9'

function urlsOf(all: readonly Urls[]): System['urls'] {
  const urls: Urls = Object.assign({}, ...all)
  const entries = serviceNames.map((name) => [name, urls[name] ?? nowhere])
  // All of them are named, which fromEntries can't say.
  return Object.fromEntries(entries) as Record<ServiceName, string>
}

const spawnEach: Spawn = ({ home = root, profileFolder }, env, onLine) => {
  const all: ServiceProcess[] = serviceNames
    .map((service) => ({ service, main: join(home, mainOf(service).slice(root.length)) }))
    // A checkout of before has no payments.
    .filter(({ main }) => existsSync(main))
    .map(({ service, main }) =>
      spawnService({
        service,
        env: { ...env, ...profileOptions(service, profileFolder) },
        watch: false,
        main,
        onLine: (line) => onLine(`${service}: ${line}`),
      }),
    )
  return {
    processes: all.map(({ service, pid, ready }) => ({ name: service, pid, ready })),
    stop: () => stopAll(all),
  }
}

const spawnOne: Spawn = ({ home = root, tienda = false, profileFolder }, env, onLine) => {
  const { pid, ready, stop } = spawnTogether({
    home,
    services: tienda ? [...serviceNames, 'tienda'] : serviceNames,
    env: { ...env, ...profileOptions('juntos', profileFolder) },
    onLine,
  })
  return { processes: [{ name: 'juntos', pid, ready }], stop }
}

/** Variables of whoever starts the benchmark that would change what is measured. */
const ownVariables = /^(?:LOG_LEVEL|MONEDA|PROCESO|BUN_OPTIONS)$|_(?:PORT|URL|SECRET|KEY|ISSUER)$/

async function systemEnvironment(folder: string): Promise<Environment> {
  const kept = Object.entries(process.env).filter(([name]) => !ownVariables.test(name))
  const { tienda, ...ports } = portsFor([...serviceNames, 'tienda'])
  return {
    ...Object.fromEntries(kept),
    ...ownEnvironment({ dataDir: folder, ports, admin }),
    TIENDA_PORT: String(tienda),
    LOG_LEVEL: 'warn',
    // One name on whatever ports: a shop that is started again takes the tokens from before.
    AUTH_ISSUER: 'http://auth.bench',
  }
}

function profileOptions(process: string, folder: string | undefined): Environment {
  if (folder === undefined) return {}
  mkdirSync(folder, { recursive: true })
  const name = `${process}.cpuprofile`
  return { BUN_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder} --cpu-prof-name=${name}` }
}

export const databaseFile = (folder: string, service: ServiceName) => join(folder, `${service}.db`)
