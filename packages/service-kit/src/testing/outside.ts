import { machineClock } from '../async/clock.ts'
import { createLogger, type Logger, silentLogger } from '../run/logger.ts'
import type { Outside } from '../run/outside.ts'

type Handle = (request: Request) => Response | Promise<Response>

/** Who is reached under which host, instead of a network. */
export interface TestNetwork {
  readonly fetch: typeof fetch
  /** From now on `host`, such as `auth.test`, is answered for by `app`; undefined takes it away. */
  answer(host: string, app: { readonly fetch: Handle } | undefined): void
}

/** A fetch that hands each request to the app of the host that it names; to others it answers 502. */
export function createNetwork(): TestNetwork {
  const apps = new Map<string, { readonly fetch: Handle }>()
  const route = async (input: string | URL | Request, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(String(input), init)
    const app = apps.get(new URL(request.url).hostname)
    return app ? await app.fetch(request) : new Response('no such host', { status: 502 })
  }
  return {
    fetch: Object.assign(route, { preconnect: fetch.preconnect }),
    answer(host, app) {
      if (app) apps.set(host, app)
      else apps.delete(host)
    },
  }
}

const said = createLogger({ service: 'test', level: 'error' })
/** Says nothing but why a request was answered 500, which the answer itself does not. */
const testLogger: Logger = {
  ...silentLogger,
  error: (message, fields) => void (message === 'request failed' && said.error(message, fields)),
}

/** A world for `open` in which nothing else is logged, nobody is there and no timer ever comes. */
export const testOutside = (given: Partial<Outside> = {}): Outside => ({
  fetch: createNetwork().fetch,
  clock: machineClock,
  timer: () => () => undefined,
  uuid: () => Bun.randomUUIDv7(),
  random: Math.random,
  logger: testLogger,
  stopping: () => false,
  // What a test leaves behind without an end stands for a process that died, or for one beside it.
  own: () => () => undefined,
  around: (ports) => ports,
  ...given,
})
