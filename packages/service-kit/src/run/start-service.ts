import type { Static, TObject } from '@sinclair/typebox'
import { checkAddress } from '../http/address.ts'
import { type Running, type Servable, serve } from '../http/serve.ts'
import { trustedProxies } from '../values/trusted-proxies.ts'
import {
  type commonSettings,
  type Environment,
  parseConfig,
  type ServiceName,
  withPeerOrigins,
} from './config.ts'
import { createLogger } from './logger.ts'
import { type Open, thisMachine } from './outside.ts'

/** What one reads of its environment: its own, what all that listens does, and the port under its name. */
export type ServiceConfig<Name extends string, Schema extends TObject> = Static<Schema> &
  Pick<
    Static<TObject<typeof commonSettings>>,
    'HOST' | 'LOG_LEVEL' | 'TRUST_PROXY' | 'STOP_DELAY_SECONDS'
  > & { readonly [P in `${Uppercase<Name>}_PORT`]: number }

/**
 * How a service, or tienda, is started: reads the environment, opens, listens, and only then sets to work.
 * @throws ConfigError, StorageOpenError or StartError, with nothing left open
 */
export function startService<Name extends ServiceName | 'tienda', Schema extends TObject>(
  name: Name,
  schema: Schema,
  open: Open<ServiceConfig<Name, Schema>, Servable>,
): (env: Environment) => Promise<Running> {
  return async (env) => {
    const config = parseConfig(schema, withPeerOrigins(env)) as ServiceConfig<Name, Schema>
    const hostname = config.HOST
    const port = config[`${name.toUpperCase() as Uppercase<Name>}_PORT`]
    checkAddress({ name, hostname, port })
    const logger = createLogger({ service: name, level: config.LOG_LEVEL })
    let stopping = false
    const opened = await open(
      config,
      thisMachine(logger, () => stopping),
    )
    try {
      const running = serve(opened.app, {
        name,
        hostname,
        port,
        trustProxy: trustedProxies(config.TRUST_PROXY),
        logger,
        compress: opened.compress,
        async beforeStop() {
          stopping = true
          const delayMs = config.STOP_DELAY_SECONDS * 1_000
          if (delayMs > 0) await Bun.sleep(delayMs)
        },
        onStop: () => opened.stopping?.(),
        close: opened.close,
      })
      opened.start?.()
      return running
    } catch (error) {
      await opened.close()
      throw error
    }
  }
}
