import { isIP } from 'node:net'
import { type Environment, type ServiceName, serviceNames } from './config.ts'
import { StartError } from './start-error.ts'

/** What is started by its name: the services, and the shop window in front of them. */
export type ProcessName = ServiceName | 'tienda'
export const processNames: readonly ProcessName[] = [...serviceNames, 'tienda']

const isProcess = (name: string): name is ProcessName => processNames.some((one) => one === name)

/**
 * Those that are named, each once; all where none is.
 * @throws StartError for a name that there is not
 */
export function processesNamed(names: readonly string[]): readonly ProcessName[] {
  const unknown = names.find((name) => !isProcess(name))
  if (unknown !== undefined) {
    throw new StartError(
      `There is no service "${unknown}"; the services are ${processNames.join(', ')}.`,
    )
  }
  return names.length === 0 ? processNames : processNames.filter((name) => names.includes(name))
}

/** The variable that says where one listens. */
export const portVariable = (name: ProcessName, env: Environment): string =>
  name === 'tienda' && env['PUERTO_UNICO'] ? 'PUERTO_UNICO' : `${name.toUpperCase()}_PORT`

/** In the order in which they can be stopped: nobody is left without a peer that it still needs. */
export const stopOrder: readonly ProcessName[] = [
  'tienda',
  'pagos',
  'pedidos',
  'inventario',
  'productos',
  'auth',
]

/**
 * Whether it tells its balancer before it stops. They end one after the other, and their delays would
 * add up: of several, only tienda, which ends first and stands in front of the others.
 */
const waits = (service: ProcessName, together: readonly ProcessName[]) =>
  service === 'tienda' || together.length === 1

/**
 * What one of `together` is told on top of the common environment. tienda stands in front of the
 * services it is started with: they believe it, on this machine, who the visitor is, so that each
 * visitor has limits of their own. It comes beside whatever the operator trusts.
 */
export function environmentFor(
  service: ProcessName,
  together: readonly ProcessName[],
  env: Environment,
): Environment {
  const common = waits(service, together) ? env : { ...env, STOP_DELAY_SECONDS: '0' }
  if (service === 'tienda' || !together.includes('tienda')) return common
  // Listening on one address of the machine, it calls from there.
  const host = env['HOST'] ?? ''
  const here = isIP(host) === 0 ? 'loopback' : `loopback,${host}`
  return { ...common, TRUST_PROXY: `${here},${env['TRUST_PROXY'] || 'off'}` }
}

/** How long those that were started `together` may take to end, in milliseconds. */
export function graceMsOf(together: readonly ProcessName[], env: Environment): number {
  const delay = together.some((one) => waits(one, together)) ? env['STOP_DELAY_SECONDS'] : 0
  return 9_500 + Number(delay || 0) * 1_000
}
