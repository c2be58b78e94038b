import type { Environment, ServiceName } from '@encargo/service-kit/config'
import { type ServiceProcess, spawnService, stopAll } from './services.ts'

export interface SuperviseOptions {
  readonly services: readonly ServiceName[]
  readonly env: Environment
  readonly watch: boolean
  readonly onLine: (service: ServiceName, line: string) => void
}

export interface Supervised {
  readonly urls: Readonly<Record<string, string>>
  /** Stops all of it; safe to call again. */
  stop(): Promise<void>
  /** Resolves with the name of the first service that ends without having been asked to. */
  readonly died: Promise<ServiceName>
}

/**
 * Starts services side by side and waits until each is ready. When one can't start, the others
 * are stopped again before this rejects.
 */
export async function supervise(options: SuperviseOptions): Promise<Supervised> {
  const processes: ServiceProcess[] = options.services.map((service) =>
    spawnService({
      service,
      env: options.env,
      watch: options.watch,
      onLine: (line) => options.onLine(service, line),
    }),
  )
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= stopAll(processes))
  const died = Promise.race(
    processes.map(async (one) => {
      await one.exited
      return stopping ? new Promise<never>(() => {}) : one.service
    }),
  )
  try {
    const ready = processes.map(async (one) => [one.service, await one.ready] as const)
    return { urls: Object.fromEntries(await Promise.all(ready)), stop, died }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Runs `stop` on the first SIGINT or SIGTERM and exits 0; a second one gives up waiting. */
export function onStopSignal(stop: () => Promise<void>): void {
  let asked = false
  const onSignal = () => {
    if (asked) process.exit(1)
    asked = true
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  process.on('SIGHUP', onSignal)
}
