import { shownUrl, StorageOpenError, StorageUnavailableError } from '@encargo/storage'
import type { Static, TObject } from '@sinclair/typebox'
import { checkAddress } from '../http/address.ts'
import type { Servable } from '../http/entrance.ts'
import { type Running, serve } from '../http/serve.ts'
import type { Wire } from '../peer/wire.ts'
import { trustedProxies } from '../values/trusted-proxies.ts'
import { type commonSettings, type Environment, parseConfig, withPeerOrigins } from './config.ts'
import { ofVariable } from './database-wait.ts'
import { createLogger } from './logger.ts'
import { type ProcessName, portVariable } from './together.ts'
import { type Open, type Outside, thisMachine } from './outside.ts'
import { placeOf } from './place.ts'

/** What one reads of its environment: its own, what all that listens does, and the port under its name. */
export type ServiceConfig<Name extends string, Schema extends TObject> = Static<Schema> &
  Pick<
    Static<TObject<typeof commonSettings>>,
    'HOST' | 'LOG_LEVEL' | 'TRUST_PROXY' | 'STOP_DELAY_SECONDS'
  > & { readonly [P in `${Uppercase<Name>}_PORT`]: number }

/** What a service shares with the others of its process. */
export interface Company {
  /** Leads to them, and to this one at its `<NAME>_URL`. */
  readonly wire: Wire
  /** Whether one listens on its port as well. */
  readonly listens: (name: ProcessName) => boolean
  /** How long its running requests may take to finish when it stops, in milliseconds. */
  readonly drainMs: () => number
  /** Gives one the world to live in, from what this machine has; unless given, that itself. */
  readonly world?: ((name: ProcessName, machine: Outside) => Outside) | undefined
}

export type Start = (env: Environment, company?: Company) => Promise<Running>

/**
 * How a service, or tienda, is started: reads the environment, opens, listens, and only then sets to work.
 * @throws ConfigError, StorageOpenError or StartError, with nothing left open
 */
export function startService<Name extends ProcessName, Schema extends TObject>(
  name: Name,
  schema: Schema,
  open: Open<ServiceConfig<Name, Schema>, Servable>,
): Start {
  return async (given, company) => {
    const env = withPeerOrigins(given)
    const config = parseConfig(schema, env) as ServiceConfig<Name, Schema>
    const hostname = config.HOST
    const upper = name.toUpperCase() as Uppercase<Name>
    const variable = portVariable(name, env)
    const port = company?.listens(name) === false ? undefined : config[`${upper}_PORT`]
    if (port !== undefined) checkAddress({ name, hostname, port, variable })
    const logger = createLogger({ service: name, level: config.LOG_LEVEL })
    let stopping = false
    const machine = thisMachine(logger, () => stopping)
    const outside = company ? worldIn(company, name, machine) : machine
    const opened = await open(config, outside).catch((error: unknown) => {
      throw unreadable(error, name, config)
    })
    const origin = env[`${upper}_URL`]
    try {
      const running = serve(opened.app, {
        name,
        hostname,
        port,
        portVariable: variable,
        within: company && origin !== undefined ? { wire: company.wire, origin } : undefined,
        drainMs: company?.drainMs,
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

function worldIn({ wire, world }: Company, name: ProcessName, machine: Outside): Outside {
  const shared = { ...machine, fetch: wire.fetch }
  return world?.(name, shared) ?? shared
}

/** A database that could be opened, and then not be read or written, by its name. */
function unreadable(error: unknown, name: ProcessName, config: object): unknown {
  if (!(error instanceof StorageUnavailableError) || name === 'tienda') return error
  if (!('DATA_DIR' in config) || typeof config.DATA_DIR !== 'string') return error
  const place = placeOf(name, { ...config, DATA_DIR: config.DATA_DIR })
  if (place.engine === 'sqlite') return new StorageOpenError(place.file, error)
  return ofVariable(place, new StorageOpenError(shownUrl(place.url), error))
}
