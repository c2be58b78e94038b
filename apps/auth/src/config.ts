import {
  clientSecret,
  commonSettings,
  databaseUrl,
  ConfigError,
  defaultTiendaPort,
  originOf,
  port,
  portOf,
  puertoUnico,
  tiendaOrigin,
} from '@encargo/service-kit/run/config'
import {
  defaultSender,
  mailSettings,
  pageSetting,
  type Sending,
} from '@encargo/service-kit/mail/settings'
import { textoLimpio } from '@encargo/service-kit/values/identity-key'
import { type Static, Type } from '@sinclair/typebox'
import { emailPattern } from '@encargo/service-kit/values/email-pattern'
import { type Cara, sinCara, zonaConocida } from './domain/tienda.ts'
import { isSigningKey } from './security/signing-key.ts'

const optional = (description: string, limits: object) =>
  Type.Optional(Type.String({ ...limits, description }))
const secret = (description: string, limits: object) =>
  optional(description, { ...limits, secret: true })

export const AuthConfig = Type.Object({
  ...commonSettings,
  AUTH_PORT: portOf('auth'),
  AUTH_DATABASE_URL: databaseUrl,
  AUTH_URL: originOf('auth'),
  AUTH_ISSUER: optional('an origin such as https://auth.shop.example, without a path', {
    pattern: '^https?://[^/\\s?#]+$',
  }),
  ADMIN_EMAIL: optional('the e-mail of the first admin', { maxLength: 254, pattern: emailPattern }),
  ADMIN_PASSWORD: secret('the password of the first admin, 8 to 128 characters', {
    minLength: 8,
    maxLength: 128,
  }),
  AUTH_SIGNING_KEY: secret('an Ed25519 private key in PKCS #8, as PEM or its Base64 on one line', {
    maxLength: 4096,
    test: isSigningKey,
  }),
  AUTH_KEY_SECRET: clientSecret,
  ...mailSettings,
  TIENDA_PORT: port(defaultTiendaPort),
  PUERTO_UNICO: puertoUnico,
  EMAIL_CONFIRM_URL: pageSetting(
    'the address of the page where an e-mail is confirmed, without a #',
  ),
  PEDIDOS_CLIENT_SECRET: clientSecret,
  PAGOS_CLIENT_SECRET: clientSecret,
  TIENDA_NOMBRE: optional('the name of the shop, 1 to 60 characters in a line', {
    maxLength: 60,
    test: (nombre: string) => nombre.trim() !== '' && !/\p{Cc}/u.test(nombre),
  }),
  TIENDA_ZONA: optional('a time zone such as America/Guayaquil', {
    test: (zona: string) => zonaConocida(zona) !== undefined,
  }),
  TIENDA_IDIOMA: Type.Optional(
    Type.Union([Type.Literal('es'), Type.Literal('en')], { description: 'es or en' }),
  ),
})
export type AuthConfig = Static<typeof AuthConfig>

/** What a shop says of itself until its settings page says something. */
export function primeraCara(config: AuthConfig): Cara {
  const { TIENDA_NOMBRE: nombre, TIENDA_ZONA: zona, TIENDA_IDIOMA: idioma } = config
  return {
    ...sinCara,
    ...(nombre !== undefined && { nombre: nombre.trim() }),
    ...(zona !== undefined && { zonaHoraria: zonaConocida(zona) ?? sinCara.zonaHoraria }),
    ...(idioma !== undefined && { idioma }),
  }
}

/** What a first admin's password that falls at once is answered with; never the password. */
export function adminPasswordError(): ConfigError {
  return new ConfigError(
    'ADMIN_PASSWORD must be a password that is not easily guessed, got something else (not shown: it is a secret)',
  )
}

export interface MailConfig extends Sending {
  readonly paginas: {
    readonly restablecer: string
    readonly confirmar: string
    readonly invitar: string
  }
}

/**
 * Who sends mails, by which server, and where their links lead. The page that confirms an address is
 * taken for a neighbour of the one that sets a password.
 * @throws ConfigError when mails would go out with the defaults of a developer's machine
 */
export function mailOf(config: AuthConfig): MailConfig {
  const { SMTP_URL: url, HOST, TIENDA_PORT } = config
  const needed = ['MAIL_FROM', 'PASSWORD_RESET_URL'] as const
  const missing = needed.filter((name) => config[name] === undefined)
  if (url !== undefined && missing.length > 0) {
    throw new ConfigError(`${missing.join(' and ')} must be set as well when SMTP_URL is`)
  }
  const restablecer = config.PASSWORD_RESET_URL ?? `${tiendaOrigin(HOST, TIENDA_PORT)}/restablecer`
  const confirmar = config.EMAIL_CONFIRM_URL ?? new URL('confirmar', restablecer).href
  const from = config.MAIL_FROM ?? defaultSender
  return { url, from, paginas: { restablecer, confirmar, invitar: restablecer } }
}

export interface AdminConfig {
  readonly email: string
  readonly password: string
}

/**
 * The first admin, if the environment names one.
 * @throws ConfigError when only half of it is there
 */
export function adminOf(config: AuthConfig): AdminConfig | undefined {
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = config
  if (email !== undefined && password !== undefined) {
    return { email: textoLimpio(email), password }
  }
  if (email === undefined && password === undefined) return undefined
  const [missing, present] =
    email === undefined ? ['ADMIN_EMAIL', 'ADMIN_PASSWORD'] : ['ADMIN_PASSWORD', 'ADMIN_EMAIL']
  throw new ConfigError(`${missing} must be set as well when ${present} is`)
}
