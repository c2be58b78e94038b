import {
  type Environment,
  parseConfig,
  serviceNames,
  tiendaOrigin,
} from '@encargo/service-kit/run/config'
import { StartError } from '@encargo/service-kit/run/start-error'
import {
  type ProcessName,
  portVariable,
  processesNamed,
  processNames,
} from '@encargo/service-kit/run/together'
import { EncargoConfig } from './config.ts'

/** More than a shop's live pages and the calls of a busy moment together: no call here takes a socket. */
const callsWithin = '4096'

/** Ports that nobody listens on at this moment, all different. */
function freePorts(count: number, hostname: string): string[] {
  const options = { hostname, port: 0, reusePort: false, fetch: () => new Response() } as const
  const probes = Array.from({ length: count }, () => Bun.serve(options))
  // A server that has stopped has no port any more.
  const ports = probes.map(({ port }) => String(port))
  for (const probe of probes) void probe.stop(true)
  return ports
}

/**
 * Those that are named, each once; where none is, all that the shop has.
 * @throws StartError for a name that there is not, ConfigError
 */
export function processesOf(names: readonly string[], env: Environment): readonly ProcessName[] {
  if (names.length > 0) return processesNamed(names)
  const { PAGOS } = parseConfig(EncargoConfig, env)
  return processNames.filter((one) => one !== 'pagos' || PAGOS === 'on')
}

/** Who of those that are named listens: all, or tienda alone for all. */
export function listening(names: readonly ProcessName[], env: Environment): readonly ProcessName[] {
  const { PUERTO_UNICO } = parseConfig(EncargoConfig, env)
  if (PUERTO_UNICO === undefined) return names
  if (names.includes('tienda')) return ['tienda']
  throw new StartError(
    'PUERTO_UNICO is where tienda listens for all: name tienda as well, or leave it unset.',
  )
}

/**
 * The environment that the services of one process have in common. Which port each has is settled
 * before any of them is opened: their addresses, what tokens say and where mails lead follow from it.
 * @throws ConfigError or StartError for what can't be
 */
export function commonEnvironment(names: readonly ProcessName[], given: Environment): Environment {
  const env: Record<string, string | undefined> = { ...given }
  const host = env['HOST'] || '127.0.0.1'
  const open = listening(names, env).map((name) => portVariable(name, env))
  const chosen = open.filter((variable) => env[variable] === '0')
  for (const [index, port] of freePorts(chosen.length, host).entries()) {
    env[chosen[index] ?? ''] = port
  }
  const only = env['PUERTO_UNICO']
  if (only) {
    env['TIENDA_PORT'] = only
    env['AUTH_ISSUER'] ||= tiendaOrigin(host, only)
    // Names for the wire alone: nothing listens there.
    for (const name of serviceNames.filter((one) => names.includes(one))) {
      env[`${name.toUpperCase()}_URL`] ||= `http://${name}.internal`
    }
  }
  if (serviceNames.every((name) => name === 'pagos' || names.includes(name))) {
    env['BUN_CONFIG_MAX_HTTP_REQUESTS'] ||= callsWithin
  }
  return env
}
