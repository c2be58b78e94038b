import type { Environment } from '@encargo/service-kit/run/config'
import { createLogger } from '@encargo/service-kit/run/logger'
import { environmentFor, graceMsOf, type ProcessName } from '@encargo/service-kit/run/together'
import { type AfterDeath, Restarts } from './restarts.ts'
import { type ServiceProcess, spawnService, stopAll, type UnitName, type Urls } from './services.ts'

export interface SuperviseOptions {
  readonly services: readonly ProcessName[]
  /** Whether they are one process; else each is one. */
  readonly together?: boolean
  /** What that one is run by, in the place of Bun and a checkout. */
  readonly command?: readonly string[] | undefined
  /** What each is run by in the place of its `main.ts`: the same, compiled. */
  readonly main?: (unit: UnitName) => string | undefined
  readonly env: Environment
  readonly watch: boolean
  readonly onLine: (unit: UnitName, line: string) => void
  /** Where a service is, once all are ready, and again each time that it has been restarted. */
  readonly onReady?: (service: string, url: string) => void
  /** What to wait before each restart of a service that dies, default `waitsMs` of restarts.ts. */
  readonly waitsMs?: readonly number[]
}

export interface Supervised {
  /**
   * Where each service is, once all are ready. When one can't start, the others are stopped first; the
   * message of the error is what it said.
   */
  readonly ready: Promise<Urls>
  /** Stops all of it, started or starting; safe to call again. */
  stop(): Promise<void>
  /**
   * Restarts them one after the other, each by a process that has loaded its code before the running
   * one is asked to stop. One that can't even load is dropped, and the running one goes on.
   */
  replace(): Promise<void>
  /** Resolves with the name of the first service that died too often to be started again. */
  readonly givenUp: Promise<UnitName>
}

/**
 * Starts services side by side, each as a process of its own. One that could start and dies later is
 * started again while the others go on; a first start that cannot be is nobody's accident, and ends all.
 */
export function supervise(options: SuperviseOptions): Supervised {
  const { services, together = false, env, watch, command } = options
  const units: readonly UnitName[] = together ? ['encargo'] : services
  const processes = new Map<UnitName, ServiceProcess<UnitName>>()
  /** Who waits for the end of the process of the same name. */
  const successors = new Map<UnitName, ServiceProcess<UnitName>>()
  const stopped = Promise.withResolvers<void>()
  const never = new Promise<never>(() => {})
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopped.resolve()
    return (stopping ??= stopAll(
      [...processes.values(), ...successors.values()],
      graceMsOf(services, env),
    ))
  }

  /**
   * What each says before it is ready. When several can't start it is mostly for one reason, so the first
   * tells it, and nobody else.
   */
  const firstLines = new Map<UnitName, string[]>(units.map((unit) => [unit, []]))
  const letSpeak = (service: UnitName) => {
    const lines = firstLines.get(service) ?? []
    firstLines.delete(service)
    return lines
  }

  const alone = (service: ProcessName) => ({ env: environmentFor(service, services, env) })
  const spawn = (service: UnitName, standby: boolean) =>
    spawnService({
      service,
      ...(service === 'encargo' ? { env, names: services, command } : alone(service)),
      watch,
      main: options.main?.(service),
      standby,
      onLine: (line) => {
        const kept = firstLines.get(service)
        if (kept) kept.push(line)
        else options.onLine(service, line)
      },
    })
  const start = (service: UnitName) => {
    const one = spawn(service, false)
    processes.set(service, one)
    return one
  }
  const whenReady = async (one: ServiceProcess<UnitName>) => {
    const urls = await one.ready
    for (const [name, url] of Object.entries(urls)) options.onReady?.(name, url)
  }
  const tell = (service: UnitName, exitCode: number, after: AfterDeath) => {
    const write = (line: string) => options.onLine(service, line)
    const { kind, ...fields } = after
    createLogger({ service, level: 'error', write }).error(
      kind === 'restart' ? 'ended unexpectedly, and is started again' : 'ended too often, given up',
      { exitCode, ...fields },
    )
  }
  /** Resolves when it is given up; never when all of it is stopped. */
  const keep = async (first: ServiceProcess<UnitName>) => {
    const restarts = new Restarts(options.waitsMs)
    let one = first
    for (;;) {
      const readyAt = performance.now()
      const exitCode = await one.exited
      if (stopping) return await never
      const successor = successors.get(one.service)
      if (successor) {
        successors.delete(one.service)
        processes.set(one.service, successor)
        one = successor
        one.begin()
        await whenReady(one).catch(() => {})
        continue
      }
      const after = restarts.afterDeath(performance.now() - readyAt)
      tell(one.service, exitCode, after)
      if (after.kind === 'give-up') return one.service
      await Promise.race([Bun.sleep(after.inMs), stopped.promise])
      if (stopping) return await never
      one = start(one.service)
      await whenReady(one).catch(() => {})
    }
  }

  const replaceOne = async (service: UnitName) => {
    if (stopping) return
    const successor = spawn(service, true)
    successors.set(service, successor)
    try {
      await successor.standingBy
    } catch {
      // Its lines say why; what runs goes on.
      successors.delete(service)
      return
    }
    // It may have followed already one that died just now.
    if (successors.has(service)) processes.get(service)?.kill('SIGTERM')
    await successor.ready.catch(() => {})
  }
  let replacing = Promise.resolve()
  const replace = () =>
    (replacing = replacing.then(async () => {
      for (const unit of units) await replaceOne(unit)
    }))

  const started = units.map(start)
  const firstReady = async ({ service, ready }: ServiceProcess<UnitName>) => {
    try {
      const urls = await ready
      for (const line of letSpeak(service)) options.onLine(service, line)
      return Object.entries(urls)
    } catch (error) {
      const why = letSpeak(service).join('\n')
      throw why === '' ? error : new Error(why, { cause: error })
    }
  }
  const allReady = async () => {
    try {
      const urls = (await Promise.all(started.map(firstReady))).flat()
      for (const [service, url] of urls) options.onReady?.(service, url)
      return Object.fromEntries(urls)
    } catch (error) {
      await stop()
      throw error
    }
  }
  const ready = allReady()
  // Whoever only stops never asks how the start ended.
  ready.catch(() => {})
  const givenUp = ready.then(() => Promise.race(started.map(keep)))
  givenUp.catch(() => {})
  return { ready, stop, replace, givenUp }
}
