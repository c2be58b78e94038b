import { commonSettings, ConfigError, defaultPorts, port } from '@encargo/service-kit/config'
import { textoLimpio } from '@encargo/service-kit/identity-key'
import { type Static, Type } from '@sinclair/typebox'
import { emailPattern } from './email-pattern.ts'

const optional = (description: string, limits: object) =>
  Type.Optional(Type.String({ ...limits, description, optional: true }))
const secret = (description: string, limits: object) =>
  optional(description, { ...limits, secret: true })
const serviceSecret = () =>
  secret('a secret of 32 to 512 random characters', { minLength: 32, maxLength: 512 })

export const AuthConfig = Type.Object({
  ...commonSettings,
  AUTH_PORT: port(defaultPorts.auth),
  ADMIN_EMAIL: optional('the e-mail of the first admin', { maxLength: 254, pattern: emailPattern }),
  ADMIN_PASSWORD: secret('the password of the first admin, 8 to 128 characters', {
    minLength: 8,
    maxLength: 128,
  }),
  AUTH_SIGNING_KEY: secret(signingKeyDescription(), { maxLength: 4096 }),
  SMTP_URL: secret('the URL of a mail server such as smtp://user:password@mail.example:587', {
    pattern: '^smtps?://[^\\s]+$',
  }),
  MAIL_FROM: Type.String({
    default: 'Encargo <no-responder@encargo.example>',
    pattern: '^[^\\r\\n]*<?[^\\s@<>]+@[^\\s@<>]+>?$',
    description: 'a sender such as Shop <shop@example.com>',
  }),
  PASSWORD_RESET_URL: Type.String({
    default: 'http://127.0.0.1:3000/restablecer',
    pattern: '^https?://[^\\s#]+$',
    description: 'the address of the page where a new password is typed, without a #',
  }),
  PEDIDOS_CLIENT_SECRET: serviceSecret(),
  PAGOS_CLIENT_SECRET: serviceSecret(),
})
export type AuthConfig = Static<typeof AuthConfig>

function signingKeyDescription(): string {
  return 'an Ed25519 private key in PKCS #8, as PEM or its Base64 on one line'
}

/** What a signing key that does not fit is answered with; never the key. */
export function signingKeyError(): ConfigError {
  return new ConfigError(
    `AUTH_SIGNING_KEY must be ${signingKeyDescription()}, got something else (not shown: it is a secret)`,
  )
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
