import type { Environment } from '@encargo/service-kit/config'
import {
  environmentFor,
  type ProcessName,
  type ServiceProcess,
  spawnService,
  stopAll,
} from './services.ts'

export interface SuperviseOptions {
  readonly services: readonly ProcessName[]
  readonly env: Environment
  readonly watch: boolean
  readonly onLine: (service: ProcessName, line: string) => void
  readonly onReady?: (service: ProcessName, url: string) => void
}

export interface Supervised {
  /** Where each service is, once all are ready. When one can't start, the others are stopped first. */
  readonly ready: Promise<Readonly<Record<string, string>>>
  /** Stops all of it, started or starting; safe to call again. */
  stop(): Promise<void>
  /** Resolves with the name of the first service that ends without having been asked to. */
  readonly died: Promise<ProcessName>
}

/** Starts services side by side, each as a process of its own. */
export function supervise(options: SuperviseOptions): Supervised {
  const processes: ServiceProcess<ProcessName>[] = options.services.map((service) =>
    spawnService({
      service,
      env: environmentFor(service, options.services, options.env),
      watch: options.watch,
      onLine: (line) => options.onLine(service, line),
    }),
  )
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= stopAll(processes))
  const whenReady = async () => {
    try {
      const urls = processes.map(async (one) => {
        const url = await one.ready
        options.onReady?.(one.service, url)
        return [one.service, url] as const
      })
      return Object.fromEntries(await Promise.all(urls))
    } catch (error) {
      await stop()
      throw error
    }
  }
  const ready = whenReady()
  // Whoever only stops never asks how the start ended.
  ready.catch(() => {})
  const died = Promise.race(
    processes.map(async (one) => {
      await one.exited
      return stopping ? new Promise<never>(() => {}) : one.service
    }),
  )
  return { ready, stop, died }
}
