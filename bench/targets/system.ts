import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Environment, type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import { ownEnvironment, portsFor } from '../../scripts/lib/own-system.ts'
import { type ServiceProcess, spawnService, stopAll } from '../../scripts/lib/services.ts'
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

export async function startSystem(options: SystemOptions): Promise<System> {
  mkdirSync(options.folder, { recursive: true })
  const env = await systemEnvironment(options.folder)
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
    // Each service was started once, which fromEntries can't say.
    const byService = <V>(value: (one: (typeof started)[number]) => V) =>
      Object.fromEntries(started.map((one) => [one.service, value(one)])) as Record<ServiceName, V>
    return {
      urls: byService(({ url }) => url),
      readyMs: byService(({ readyMs }) => readyMs),
      processes: started.map(({ service, pid }) => ({ name: service, pid })),
      stop,
    }
  } catch (error) {
    await stop()
    throw new Error(`${String(error)}\n${lastLines.join('\n')}`, { cause: error })
  }
}

/** Variables of whoever starts the benchmark that would change what is measured. */
const ownVariables = /^(?:LOG_LEVEL|MONEDA|BUN_OPTIONS)$|_(?:PORT|URL|SECRET|KEY|ISSUER)$/

async function systemEnvironment(folder: string): Promise<Environment> {
  const kept = Object.entries(process.env).filter(([name]) => !ownVariables.test(name))
  return {
    ...Object.fromEntries(kept),
    ...ownEnvironment({ dataDir: folder, ports: await portsFor(serviceNames), admin }),
    LOG_LEVEL: 'warn',
    // One name on whatever ports: a shop that is started again takes the tokens from before.
    AUTH_ISSUER: 'http://auth.bench',
  }
}

function profileOptions(service: ServiceName, folder: string | undefined): Environment {
  if (folder === undefined) return {}
  mkdirSync(folder, { recursive: true })
  const name = `${service}.cpuprofile`
  return { BUN_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder} --cpu-prof-name=${name}` }
}

export const databaseFile = (folder: string, service: ServiceName) => join(folder, `${service}.db`)
