import { Type } from '@sinclair/typebox'
import {
  clientSecret,
  type Environment,
  parseConfig,
  type ServiceName,
  serviceNames,
} from '@encargo/service-kit/run/config'
import { placesOf, type Server } from '@encargo/service-kit/run/place'
import { shownUrl } from '@encargo/storage'
import { Sentence } from './command-line.ts'
import { dataDirOf } from './data-arg.ts'

/** Where each service has its schema. */
export type Servers = Readonly<Record<ServiceName, Server>>

/** Where a shop is; secrets that were made on this machine are in the folder either way. */
export interface ShopPlace {
  readonly dataDir: string
  /** Undefined while the databases are files of that folder. */
  readonly servers: Servers | undefined
  /** With what auth's keys are sealed there, if the environment says. */
  readonly keySecret?: string | undefined
}

/**
 * What the environment names, all services on servers or none. A shop without pagos has nothing of it
 * where pedidos is, or what was once there.
 * @throws ConfigError, Sentence
 */
export function serversOf(env: Environment): Servers | undefined {
  const every = placesOf(env)
  const places = env['PAGOS'] === 'off' ? { ...every, pagos: every.pedidos } : every
  const found = serviceNames.flatMap((name) => {
    const place = places[name]
    return place.engine === 'postgres' ? [[name, place] as const] : []
  })
  if (found.length === 0) return undefined
  if (found.length === serviceNames.length) return Object.fromEntries(found) as Servers
  const missing = serviceNames.filter((name) => places[name].engine === 'sqlite')
  throw new Sentence(
    `Some services are on PostgreSQL and ${missing.join(', ')} not: set DATABASE_URL, or ${missing.map((name) => `${name.toUpperCase()}_DATABASE_URL`).join(', ')}.`,
  )
}

const KeySecret = Type.Object({ AUTH_KEY_SECRET: clientSecret })

/** @throws ConfigError */
export const keySecretOf = (env: Environment) => parseConfig(KeySecret, env).AUTH_KEY_SECRET

/** Where they are needed, and nobody says with what they can be opened. */
export const keysAreSealed = () =>
  new Sentence('Set AUTH_KEY_SECRET to what auth has: its signing keys are sealed with it.')

/** The shop that a command is for: the folder that was named, else what the environment says. */
export const shopOf = (env: Environment, data: string | undefined): ShopPlace => ({
  dataDir: dataDirOf(env, data),
  servers: data === undefined ? serversOf(env) : undefined,
  keySecret: keySecretOf(env),
})

/** How a person reads it, without a password. */
export function shownServers(servers: Servers): string {
  return [...new Set(Object.values(servers).map(({ url }) => shownUrl(url)))].join(', ')
}

export const shown = ({ dataDir, servers }: ShopPlace) =>
  servers === undefined ? dataDir : shownServers(servers)
