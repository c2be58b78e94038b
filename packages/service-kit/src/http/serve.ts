import type { Door, Wire } from '../peer/wire.ts'
import { cannotListen } from './address.ts'
import { requestWithTarget } from './edge/request-target.ts'
import { createEntrance, type Entrance, type EntranceOptions, type Servable } from './entrance.ts'

/** A place in the process for callers that are in it too. */
export interface WithinOptions {
  readonly wire: Wire
  /** How those callers call it. */
  readonly origin: string
}

export interface ServeOptions extends EntranceOptions {
  readonly name: string
  readonly hostname: string
  /** Undefined for what is called from this process alone. */
  readonly port: number | undefined
  /** The variable that the port is from, `<NAME>_PORT` unless told. */
  readonly portVariable?: string
  /** Where callers in this process find it, past any port. */
  readonly within?: WithinOptions | undefined
  /** What a stop waits for before it begins, while everything is served as before. */
  readonly beforeStop?: () => Promise<unknown>
  /** When stopping begins: end what has no end of its own, such as event streams. */
  readonly onStop?: () => void
  /** After the last request: stop drivers, close the database. */
  readonly close: () => Promise<void>
  /**
   * How long a connection may lie idle, in whole seconds; also for the rest of a slow request. Bun
   * looks every four seconds, so it may be up to four less: with 4 or fewer a connection may be
   * closed as soon as it is there.
   */
  readonly idleSeconds?: number
  /** How long running requests may take to finish, in milliseconds; asked when they begin to. */
  readonly drainMs?: (() => number) | undefined
}

export interface Running {
  readonly url: string
  /** No new requests, running ones finish, then `close`. Safe to call again. */
  stop(): Promise<void>
}

/** How often it is looked whether the last request is answered, in milliseconds. */
const lookMs = 20

/** The longest that running requests may take to finish, in milliseconds. */
export const longestDrainMs = 8_000

/**
 * Listens without `reusePort`, so that a taken port is an error and not a silent share.
 * @throws StartError when the address can't be had
 */
function listen(entrance: Entrance, port: number, options: ServeOptions) {
  const { hostname } = options
  let server: Bun.Server<undefined>
  try {
    server = Bun.serve({
      hostname,
      port,
      reusePort: false,
      development: false,
      idleTimeout: options.idleSeconds ?? 30,
      // Bodies are bounded, with a proper answer, where they are read; this only stops absurd ones.
      maxRequestBodySize: 32 * 1024 * 1024,
      fetch(asked, server) {
        try {
          const request = requestWithTarget(asked, server.url.origin)
          return entrance.take(request, () => server.requestIP(asked))
        } catch (error) {
          return entrance.failed(asked, error)
        }
      },
    })
  } catch (error) {
    const { name, portVariable: variable = `${name.toUpperCase()}_PORT` } = options
    throw cannotListen(error, { name, hostname, port, variable })
  }
  const door: Door = {
    stop: () => server.stop(),
    end: () => void server.stop(true),
    get pending() {
      return server.pendingRequests
    },
  }
  const host = hostname.includes(':') ? `[${hostname}]` : hostname
  return { url: `http://${host}:${server.port}`, door }
}

/** Where those call from who are in this process. */
const here = () => ({ address: '127.0.0.1' })

/** For the callers in this process. */
function attach(entrance: Entrance, { wire, origin }: WithinOptions) {
  return { url: origin, door: wire.attach(origin, (request) => entrance.take(request, here)) }
}

/** Takes in no more, and ends what is left as soon as nothing of it will come to an end by itself. */
async function drain(door: Door, withinMs: number): Promise<void> {
  const drained = door.stop()
  const late = setTimeout(() => door.end(), withinMs)
  // What is left then has no end of its own: half a head, or an answer that came before its body.
  const work = setInterval(() => door.pending === 0 && door.end(), lookMs)
  await drained
  clearTimeout(late)
  clearInterval(work)
}

/**
 * Serves an app to whoever reaches its port, or is in the same process.
 * @throws StartError when the address can't be had
 * @throws Error when a route does not say who may call it, which is a bug and opens nothing
 */
export function serve(app: Servable, options: ServeOptions): Running {
  const entrance = createEntrance(app, options)
  const ways = [
    ...(options.port === undefined ? [] : [listen(entrance, options.port, options)]),
    ...(options.within === undefined ? [] : [attach(entrance, options.within)]),
  ]
  let stopping: Promise<void> | undefined
  const stop = async () => {
    if (options.beforeStop) await options.beforeStop()
    options.onStop?.()
    const withinMs = options.drainMs?.() ?? longestDrainMs
    const drained = ways.map(({ door }) => drain(door, withinMs))
    entrance.close()
    await Promise.all(drained)
    await options.close()
  }
  return { url: ways[0]?.url ?? '', stop: () => (stopping ??= stop()) }
}
