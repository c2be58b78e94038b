import { type Environment, serviceNames } from '@encargo/service-kit/run/config'
import type { ProcessName } from '@encargo/service-kit/run/together'

/** More than a shop's live pages and the calls of a busy moment together: no call here takes a socket. */
const callsWithin = '4096'

/** A port that nobody listens on at this moment. */
function freePort(hostname: string): string {
  const probe = Bun.serve({ hostname, port: 0, reusePort: false, fetch: () => new Response() })
  // A server that has stopped has no port any more.
  const { port } = probe
  void probe.stop(true)
  return String(port)
}

const variable = (name: ProcessName) => `${name.toUpperCase()}_PORT`

/**
 * The environment that the services of one process have in common. Which port each has is settled
 * before any of them is opened: their addresses, what tokens say and where mails lead follow from it.
 */
export function commonEnvironment(names: readonly ProcessName[], given: Environment): Environment {
  const env: Record<string, string | undefined> = { ...given }
  for (const name of names) {
    if (env[variable(name)] === '0') env[variable(name)] = freePort(env['HOST'] || '127.0.0.1')
  }
  if (serviceNames.every((name) => names.includes(name))) {
    env['BUN_CONFIG_MAX_HTTP_REQUESTS'] ||= callsWithin
  }
  return env
}
