import { ownDatabase } from '@encargo/storage'
import { type Clock, machineClock } from '../async/clock.ts'
import { processTimer, type Timer } from '../async/timer.ts'
import type { Logger } from './logger.ts'

/** All that a service has of the world beyond its own files. */
export interface Outside {
  /** To its peers. */
  readonly fetch: typeof fetch
  readonly clock: Clock
  readonly timer: Timer
  /** A new UUID of version 7 (RFC 9562). */
  readonly uuid: () => string
  /** At least 0 and less than 1. */
  readonly random: () => number
  readonly logger: Logger
  /** Whether the process is on its way out. */
  readonly stopping: () => boolean
  /** Makes this process the one that works on a database; tests have several at once. */
  readonly own: typeof ownDatabase
  /**
   * Is given the ports that a service is put together of, and answers what to use in their place: the same,
   * unless somebody looks on. The crash tests die before and after what is asked of them.
   */
  readonly around: <Ports extends object>(ports: Ports) => Ports
}

/** A service put together, that acts on nothing yet but what it has opened. */
export interface Opened<App> {
  readonly app: App
  /** False for one whose answers come compressed where they are to be. */
  readonly compress?: boolean
  /** Begins what it does in the background; to be called once it can be reached. */
  readonly start?: () => void
  /** When stopping begins: ends what has no end of its own, such as event streams. */
  readonly stopping?: () => void
  /** After the last request: ends what `start` began and closes the database. */
  readonly close: () => Promise<void>
}

/** Puts a service together. What it throws leaves nothing open. */
export type Open<Config, App> = (config: Config, outside: Outside) => Promise<Opened<App>>

/** The world as this process has it. */
export const thisMachine = (logger: Logger, stopping: () => boolean): Outside => ({
  fetch,
  clock: machineClock,
  timer: processTimer,
  uuid: () => Bun.randomUUIDv7(),
  random: Math.random,
  logger,
  stopping,
  own: ownDatabase,
  around: (ports) => ports,
})
