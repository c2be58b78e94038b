import type { Environment } from '@encargo/service-kit/run/config'
import { longestDrainMs, type Running } from '@encargo/service-kit/http/serve'
import { Wire } from '@encargo/service-kit/peer/wire'
import type { Outside } from '@encargo/service-kit/run/outside'
import { ofService } from '@encargo/service-kit/run/run'
import type { Company } from '@encargo/service-kit/run/start-service'
import {
  environmentFor,
  type ProcessName,
  processNames,
  stopOrder,
} from '@encargo/service-kit/run/together'
import { commonEnvironment, listening } from './environment.ts'
import { starts } from './starts.ts'

export interface ShopOptions {
  /** Where each is, as soon as it can be reached. */
  readonly onReady?: (name: ProcessName, url: string) => void
  /** The world that one is given in the place of this machine's. */
  readonly world?: (name: ProcessName, machine: Outside) => Outside
}

export type Addresses = Readonly<Partial<Record<ProcessName, string>>>

export interface Shop {
  /** Where each is, once all can be reached. When one can't start, all that has is stopped first. */
  readonly ready: Promise<Addresses>
  /** Stops all of it, started or starting; safe to call again. */
  stop(): Promise<void>
}

/** One time for all to let running requests finish, that begins with the first who asks for it. */
function sharedDrain(): () => number {
  let until: number | undefined
  return () => {
    until ??= performance.now() + longestDrainMs
    return Math.max(0, until - performance.now())
  }
}

/**
 * Opens the services that are named, and tienda, in this process: each with its own settings and
 * database, in the order in which they need each other, so that nobody starts before its peers.
 * They call each other over a wire instead of a network; who is not named is called at its `*_URL`.
 */
export function openShop(
  names: readonly ProcessName[],
  given: Environment,
  options: ShopOptions = {},
): Shop {
  const env = commonEnvironment(names, given)
  const { world, onReady } = options
  const doors = listening(names, env)
  const listens = (name: ProcessName) => doors.includes(name)
  const company: Company = { wire: new Wire(), listens, drainMs: sharedDrain(), world }
  const running = new Map<ProcessName, Running>()
  const urls = new Map<ProcessName, string>()
  let stopping: Promise<void> | undefined
  let starting: Promise<unknown> = Promise.resolve()

  async function start(name: ProcessName): Promise<void> {
    const one = await starts[name](environmentFor(name, names, env), company)
    running.set(name, one)
    if (listens(name)) tell(name, one.url)
    if (name !== 'tienda') return
    // Nobody reaches the others before it listens for them.
    for (const behind of running.keys())
      if (!listens(behind)) tell(behind, `${one.url}/api/${behind}`)
  }
  function tell(name: ProcessName, url: string): void {
    urls.set(name, url)
    onReady?.(name, url)
  }
  async function end(): Promise<void> {
    await starting.catch(() => undefined)
    for (const name of stopOrder) await running.get(name)?.stop()
  }
  const stop = () => (stopping ??= end())
  async function startAll() {
    for (const name of processNames.filter((one) => names.includes(one))) {
      if (stopping) break
      try {
        await (starting = ofService(name, start(name)))
      } catch (error) {
        await stop()
        throw error
      }
    }
    return Object.fromEntries(urls)
  }
  const ready = startAll()
  // Whoever only stops never asks how the start ended.
  ready.catch(() => undefined)
  return { ready, stop }
}
