import { join } from 'node:path'
import { Type } from '@sinclair/typebox'
import {
  commonSettings,
  databaseUrl,
  type Environment,
  parseConfig,
  type ServiceName,
} from './config.ts'
import { resolveDataDir } from './data-dir.ts'

/** Names a database: of one service, or of all whose own is not set. */
export type DatabaseVariable = 'DATABASE_URL' | `${Uppercase<ServiceName>}_DATABASE_URL`

/** What says where the databases are, as settings that were checked have it. */
export type DatabaseSettings = {
  readonly DATA_DIR: string
} & { readonly [Variable in DatabaseVariable]?: string | undefined }

/** The schema of a service's name in the database that `variable` names. */
export interface Server {
  readonly engine: 'postgres'
  readonly url: string
  readonly variable: DatabaseVariable
}

/** Where a service keeps what it knows: on a server, or in a file, by its absolute path. */
export type Place = Server | { readonly engine: 'sqlite'; readonly file: string }

/** Where `service` keeps what it knows: one function for services, and commands that look at them. */
export function placeOf(service: ServiceName, settings: DatabaseSettings): Place {
  const own = `${service.toUpperCase() as Uppercase<ServiceName>}_DATABASE_URL` as const
  const variable = settings[own] ? own : 'DATABASE_URL'
  const url = settings[variable]
  if (url) return { engine: 'postgres', url, variable }
  return { engine: 'sqlite', file: join(resolveDataDir(settings.DATA_DIR), `${service}.db`) }
}

const Databases = Type.Object({
  DATA_DIR: commonSettings.DATA_DIR,
  DATABASE_URL: databaseUrl,
  AUTH_DATABASE_URL: databaseUrl,
  PRODUCTOS_DATABASE_URL: databaseUrl,
  INVENTARIO_DATABASE_URL: databaseUrl,
  PEDIDOS_DATABASE_URL: databaseUrl,
  PAGOS_DATABASE_URL: databaseUrl,
})

/**
 * Where each service keeps what it knows, for commands that have nothing but an environment.
 * @throws ConfigError
 */
export function placesOf(env: Environment): Readonly<Record<ServiceName, Place>> {
  const settings = parseConfig(Databases, env)
  return {
    auth: placeOf('auth', settings),
    productos: placeOf('productos', settings),
    inventario: placeOf('inventario', settings),
    pedidos: placeOf('pedidos', settings),
    pagos: placeOf('pagos', settings),
  }
}
