import { type Static, type TObject, type TSchema, Type, TypeGuard } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { isDatabaseUrl } from '@encargo/storage'
import { monedasIso } from '../values/monedas.ts'
import { isTrustedProxies } from '../values/trusted-proxies.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** A variable that cannot be used. The message names it, says what it must be and what arrived. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const integerText = /^-?\d+$/

/** Environment text to the schema's own type; text that does not fit is left for the check to refuse. */
function read(schema: TSchema, text: string): unknown {
  if (schema['type'] === 'integer') return integerText.test(text) ? Number(text) : text
  if (schema['type'] === 'array') {
    return text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean)
  }
  return text
}

function shown(schema: TSchema, text: string): string {
  return schema['secret'] === true
    ? 'something else (not shown: it is a secret)'
    : JSON.stringify(text)
}

/**
 * Reads the variables that `schema` names, once. An empty variable counts as unset. Every schema
 * carries a `description` that completes the sentence "<NAME> must be …". `secret: true` keeps the
 * value out of the message, `test` is a condition beyond the schema; what is `Type.Optional` may be
 * absent.
 *
 * @throws ConfigError for the first variable that is missing or does not fit
 */
export function parseConfig<T extends TObject>(schema: T, env: Environment): Static<T> {
  const values: Record<string, unknown> = {}
  for (const [name, property] of Object.entries(schema.properties)) {
    const text = env[name]
    const present = text !== undefined && text !== ''
    const value: unknown = present ? read(property, text) : structuredClone(property.default)
    if (value === undefined) {
      if (TypeGuard.IsOptional(property)) continue
      throw new ConfigError(`${name} must be ${property.description}, and it is not set`)
    }
    if (!Value.Check(property, value) || !passes(property, value)) {
      throw new ConfigError(
        `${name} must be ${property.description}, got ${shown(property, text ?? '')}`,
      )
    }
    values[name] = value
  }
  return Value.Decode(schema, values)
}

/** What no schema can express: a `test` of its own beside the schema. */
function passes(property: TSchema, value: unknown): boolean {
  const test: unknown = property['test']
  return typeof test !== 'function' || test(value) === true
}

export const port = (byDefault: number) =>
  Type.Integer({
    minimum: 0,
    maximum: 65535,
    default: byDefault,
    description: 'a port number from 0 to 65535 (0 lets the system choose)',
  })

export const origin = (byDefault: string) =>
  Type.String({
    pattern: '^https?://[^/\\s]+$',
    default: byDefault,
    description: 'an origin such as http://127.0.0.1:8000, without a path',
  })

/** Where the services listen unless told otherwise. */
export const defaultPorts = {
  auth: 8000,
  productos: 8001,
  inventario: 8002,
  pedidos: 8003,
  pagos: 8004,
} as const
export type ServiceName = keyof typeof defaultPorts
export const serviceNames = Object.keys(defaultPorts) as ServiceName[]

/** Where the shop window in front of them listens unless told otherwise. */
export const defaultTiendaPort = 3000

/** Where tienda listens for all services of its process, none of which then does. */
export const puertoUnico = Type.Optional(
  Type.Integer({
    minimum: 0,
    maximum: 65535,
    description: 'a port number from 0 to 65535 (0 lets the system choose)',
  }),
)

/** Whether the shop has the payment service, where nobody names services. */
export const conPagos = Type.Union([Type.Literal('on'), Type.Literal('off')], {
  default: 'on',
  description: 'on or off',
})

/** Where a service listens. */
export const portOf = (name: ServiceName) => port(defaultPorts[name])
/** Where a peer is: on this machine unless told otherwise. */
export const originOf = (name: ServiceName) => origin(`http://127.0.0.1:${defaultPorts[name]}`)

export const positiveInteger = (byDefault: number, unit: string, maximum = 1_000_000_000) =>
  Type.Integer({
    minimum: 1,
    maximum,
    default: byDefault,
    description: `a positive integer (${unit}) up to ${maximum}`,
  })

/** Whose connections are meant, in the words that `trustedProxies` understands. */
export const networks = (byDefault: string) =>
  Type.String({
    default: byDefault,
    test: isTrustedProxies,
    description:
      'off, on, or a comma-separated list of loopback, private, addresses and networks such as 10.0.0.0/8',
  })

/** Where a PostgreSQL database is: its name as well, as none that a driver guesses is meant. */
export const databaseUrl = Type.Optional(
  Type.String({
    pattern: '^[^\\s]+$',
    test: isDatabaseUrl,
    secret: true,
    description:
      'the URL of a PostgreSQL database such as postgres://user:password@db.example:5432/tienda, where a password has %40 for @, %2F for / and so on',
  }),
)

/** What every service reads. */
export const commonSettings = {
  HOST: Type.String({
    default: '127.0.0.1',
    test: (host: string) => URL.canParse(tiendaOrigin(host, defaultTiendaPort)),
    description: 'the address to listen on, such as 127.0.0.1 or ::1',
  }),
  DATA_DIR: Type.String({
    minLength: 1,
    default: '.data',
    description: 'a folder that can be written',
  }),
  DATABASE_URL: databaseUrl,
  /** How long a start waits for a database server that does not answer yet. */
  DATABASE_WAIT_SECONDS: Type.Integer({
    minimum: 0,
    maximum: 600,
    default: 30,
    description: 'a whole number of seconds from 0 to 600',
  }),
  LOG_LEVEL: Type.Union(
    [Type.Literal('debug'), Type.Literal('info'), Type.Literal('warn'), Type.Literal('error')],
    { default: 'info', description: 'one of debug, info, warn, error' },
  ),
  CORS_ORIGINS: Type.Array(Type.String({ pattern: '^https?://[^/\\s*]+$' }), {
    default: ['127.0.0.1', 'localhost'].map((host) => tiendaOrigin(host, defaultTiendaPort)),
    description: 'a comma-separated list of origins such as https://shop.example',
  }),
  RATE_LIMIT: Type.Union([Type.Literal('on'), Type.Literal('off')], {
    default: 'on',
    description: 'on or off',
  }),
  /** How far ahead of all that is on record the clock may be; longer than a shop is ever closed. */
  CLOCK_MAX_AHEAD_DAYS: positiveInteger(400, 'days', 100_000),
  /** How long `/readyz` says that it is stopping before it does, so that nobody is sent here any more. */
  STOP_DELAY_SECONDS: Type.Integer({
    minimum: 0,
    maximum: 600,
    default: 0,
    description: 'a whole number of seconds from 0 to 600',
  }),
  /** Of whom `X-Forwarded-For` is believed: of proxies in front that write it. */
  TRUST_PROXY: networks('off'),
} as const

/** Of a service account: auth and whoever uses it read the same one. */
export const clientSecret = Type.Optional(
  Type.String({
    minLength: 32,
    maxLength: 512,
    secret: true,
    description: 'a secret of 32 to 512 random characters',
  }),
)

export const moneda = Type.String({
  default: 'USD',
  test: (codigo: string) => monedasIso().includes(codigo),
  description: 'the ISO 4217 code of a currency with a minor unit, such as USD or COP',
})

/** How what listens on `host` is reached from this machine. */
function hostHere(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

/** The origin of tienda on this machine, for links and pages where nobody says another. */
export function tiendaOrigin(host: string, port: number | string): string {
  return `http://${hostHere(host)}:${port}`
}

/**
 * Defaults that follow from other variables: a peer's origin from its port and `HOST`, where the
 * browser's pages come from likewise.
 */
export function withPeerOrigins(env: Environment): Environment {
  const derived: Record<string, string | undefined> = { ...env }
  const host = env['HOST'] || '127.0.0.1'
  const tienda = tiendaOrigin(host, env['TIENDA_PORT'] || defaultTiendaPort)
  // A browser may call the loopback address by its name as well.
  const named = tienda.replace('//127.0.0.1:', '//localhost:')
  derived['CORS_ORIGINS'] ||= tienda === named ? tienda : `${tienda},${named}`
  for (const name of serviceNames) {
    const upper = name.toUpperCase()
    derived[`${upper}_URL`] ||=
      `http://${hostHere(host)}:${env[`${upper}_PORT`] || defaultPorts[name]}`
  }
  return derived
}
