import { commonEnvironment, listening } from '@encargo/encargo/environment'
import { defaultTiendaPort, type Environment } from '@encargo/service-kit/run/config'
import type { ProcessName } from '@encargo/service-kit/run/together'
import { beginAgain } from './begin-again.ts'
import { preflight } from './preflight.ts'
import { outgoingCalls } from './services.ts'

/** Who starts a file that they have just copied looks for a shop at one address. */
export const behindOnePort = (env: Environment): Environment => ({
  ...env,
  PUERTO_UNICO: env['PUERTO_UNICO'] || env['TIENDA_PORT'] || String(defaultTiendaPort),
})

/**
 * Settles what services go by that are to share this process, and looks at all that could stop them. Some
 * call others by the network, and Bun reads when it starts how many of those calls it makes at once.
 * @throws ConfigError, StartError or StorageOpenError with one sentence
 */
export async function settle(
  services: readonly ProcessName[],
  given: Environment,
): Promise<Environment> {
  const env = commonEnvironment(services, given)
  if (!env['BUN_CONFIG_MAX_HTTP_REQUESTS']) beginAgain(outgoingCalls)
  await preflight(services, env, listening(services, env))
  return env
}
