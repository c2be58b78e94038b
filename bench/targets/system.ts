import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Environment, type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import { noQuotas } from '../../scripts/lib/no-quotas.ts'
import { type ServiceProcess, spawnService, stopAll } from '../../scripts/lib/services.ts'
import { freePorts } from './ports.ts'
import type { Measured } from './target.ts'

export const admin = { email: 'bench@encargo.example', password: 'medir-antes-de-opinar' } as const

export interface SystemOptions {
  /** `DATA_DIR` of the four services. */
  readonly folder: string
  /** Write a CPU profile of each service into this folder when it stops. */
  readonly profileFolder?: string
}

/** The four services as production processes on ports of their own. */
export interface System {
  readonly urls: Readonly<Record<ServiceName, string>>
  readonly processes: readonly Measured[]
  /** From spawning each until it said that it is ready, in milliseconds. */
  readonly readyMs: Readonly<Record<ServiceName, number>>
  /** Graceful; safe to call again. */
  stop(): Promise<void>
}

/** Variables of whoever starts the benchmark that would change what is measured. */
const ownVariables = new Set([
  'DATA_DIR',
  'LOG_LEVEL',
  'RATE_LIMIT',
  'HOST',
  'MONEDA',
  'BUN_OPTIONS',
])

export async function startSystem(options: SystemOptions): Promise<System> {
  mkdirSync(options.folder, { recursive: true })
  const env = systemEnvironment(options.folder)
  const processes: ServiceProcess[] = []
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= stopAll(processes))
  const lastLines: string[] = []
  const start = async (service: ServiceName) => {
    const spawnedAt = performance.now()
    const one = spawnService({
      service,
      env: { ...env, ...profileOptions(service, options.profileFolder) },
      watch: false,
      onLine: (line) => lastLines.push(`${service}: ${line}`) > 20 && lastLines.shift(),
    })
    processes.push(one)
    const url = await one.ready
    return { service, pid: one.pid, url, readyMs: performance.now() - spawnedAt }
  }
  try {
    const started = await Promise.all(serviceNames.map(start))
    return {
      urls: byService(started, ({ url }) => url),
      readyMs: byService(started, ({ readyMs }) => readyMs),
      processes: started.map(({ service, pid }) => ({ name: service, pid })),
      stop,
    }
  } catch (error) {
    await stop()
    throw new Error(`${String(error)}\n${lastLines.join('\n')}`, { cause: error })
  }
}

function systemEnvironment(folder: string): Environment {
  const ports = freePorts(serviceNames.length)
  const chosen = serviceNames.map((name, at) => [`${name.toUpperCase()}_PORT`, String(ports[at])])
  const kept = Object.entries(process.env).filter(
    ([name]) => !ownVariables.has(name) && !/_(PORT|URL|SECRET|KEY|ISSUER)$/.test(name),
  )
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(chosen),
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    DATA_DIR: folder,
    LOG_LEVEL: 'warn',
    RATE_LIMIT: 'off',
    // One name on whatever ports: a shop that is started again takes the tokens from before.
    AUTH_ISSUER: 'http://auth.bench',
    ...noQuotas,
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
  }
}

function profileOptions(service: ServiceName, folder: string | undefined): Environment {
  if (folder === undefined) return {}
  mkdirSync(folder, { recursive: true })
  const name = `${service}.cpuprofile`
  return { BUN_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder} --cpu-prof-name=${name}` }
}

function byService<T extends { readonly service: ServiceName }, V>(
  started: readonly T[],
  value: (one: T) => V,
): Record<ServiceName, V> {
  const found = (service: ServiceName) => {
    const one = started.find((each) => each.service === service)
    if (!one) throw new TypeError(`${service} was not started`)
    return value(one)
  }
  return {
    auth: found('auth'),
    productos: found('productos'),
    inventario: found('inventario'),
    pedidos: found('pedidos'),
  }
}

export const databaseFile = (folder: string, service: ServiceName) => join(folder, `${service}.db`)
