import type { Environment } from '@encargo/service-kit/run/config'
import { runProcess } from '@encargo/service-kit/run/run'
import { processesOf } from './environment.ts'
import { type Addresses, openShop, type ShopOptions } from './open.ts'

/**
 * Runs the services that are named, all where none is, as this one process: starts them, says where each
 * is, and stops all on SIGTERM or SIGINT. Whatever nobody foresaw ends it with exit code 1 and its stack.
 * Answers where each is.
 */
export const runShop = (
  names: readonly string[],
  env: Environment,
  options: Pick<ShopOptions, 'world'> = {},
): Promise<Addresses> =>
  runProcess('encargo', env, (say) =>
    openShop(processesOf(names, env), env, { ...options, onReady: say }),
  )
