import {
  clientSecret,
  commonSettings,
  ConfigError,
  databaseUrl,
  moneda,
  originOf,
  portOf,
} from '@encargo/service-kit/run/config'
import { mailSettings, pageSetting } from '@encargo/service-kit/mail/settings'
import { type Static, Type } from '@sinclair/typebox'
import type { IdProveedor } from './domain/cobro.ts'

const secreto = (description: string, pattern = '^\\S{16,512}$') =>
  Type.Optional(Type.String({ pattern, secret: true, description }))

/** An origin of a provider, where it is not the one that everybody uses. */
const otroOrigen = Type.Optional(
  Type.String({
    pattern: '^https?://[^/\\s]+$',
    description: 'an origin such as http://127.0.0.1:9000, without a path',
  }),
)

/** What pagos reads from the environment. */
export const PagosConfig = Type.Object({
  ...commonSettings,
  PAGOS_PORT: portOf('pagos'),
  PAGOS_DATABASE_URL: databaseUrl,
  AUTH_URL: originOf('auth'),
  PEDIDOS_URL: originOf('pedidos'),
  MONEDA: moneda,
  PAGOS_CLIENT_SECRET: clientSecret,
  /** Where a shopper may be sent back to; without it, where mails lead and the browser's pages come from. */
  PAGOS_RETORNOS: Type.Optional(
    Type.Array(Type.String({ pattern: '^https?://[^/\\s*]+$' }), {
      minItems: 1,
      description: 'a comma-separated list of origins such as https://shop.example',
    }),
  ),
  ORDER_TRACKING_URL: pageSetting(
    'the address of the page where an order is followed, without a #',
  ),
  PASSWORD_RESET_URL: mailSettings.PASSWORD_RESET_URL,
  STRIPE_SECRET_KEY: secreto(
    'a secret or restricted key of Stripe, such as sk_live_…',
    '^(?:sk|rk)_(?:test|live)_\\S{8,500}$',
  ),
  STRIPE_WEBHOOK_SECRET: secreto(
    'the signing secret of a webhook of Stripe, such as whsec_…',
    '^whsec_\\S{8,500}$',
  ),
  STRIPE_API_URL: otroOrigen,
  MERCADOPAGO_ACCESS_TOKEN: secreto('an access token of Mercado Pago, such as APP_USR-…'),
  MERCADOPAGO_WEBHOOK_SECRET: secreto('the secret by which Mercado Pago signs its notices'),
  MERCADOPAGO_API_URL: otroOrigen,
  PROVEEDOR_EXTERNO_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^\\s?#]+$',
      description: 'where a provider of the shop’s own listens, such as http://127.0.0.1:9100',
    }),
  ),
  PROVEEDOR_EXTERNO_SECRET: secreto(
    'whsec_ and the base64 of 24 to 64 random bytes',
    '^whsec_[A-Za-z0-9+/]{32,88}={0,2}(?:,whsec_[A-Za-z0-9+/]{32,88}={0,2})?$',
  ),
})
export type PagosConfig = Static<typeof PagosConfig>

/** What each provider can't be used without: one of the two would take money and never hear of it. */
const juntos = {
  stripe: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
  mercadopago: ['MERCADOPAGO_ACCESS_TOKEN', 'MERCADOPAGO_WEBHOOK_SECRET'],
  externo: ['PROVEEDOR_EXTERNO_URL', 'PROVEEDOR_EXTERNO_SECRET'],
} as const

/**
 * The providers that this shop has an account with; money by hand is there always.
 * @throws ConfigError for half an account
 */
export function encendidosDe(config: PagosConfig): ReadonlySet<IdProveedor> {
  const encendidos = new Set<IdProveedor>(['manual'])
  for (const id of ['stripe', 'mercadopago', 'externo'] as const) {
    const [una, otra] = juntos[id]
    if (config[una] === undefined && config[otra] === undefined) continue
    if (config[una] === undefined)
      throw new ConfigError(`${una} must be set as well when ${otra} is`)
    if (config[otra] === undefined)
      throw new ConfigError(`${otra} must be set as well when ${una} is`)
    encendidos.add(id)
  }
  return encendidos
}

/** The origins that a shopper may be sent back to, first the one that is meant where none is named. */
export function retornosDe(config: PagosConfig): readonly string[] {
  const { PAGOS_RETORNOS, ORDER_TRACKING_URL, PASSWORD_RESET_URL, CORS_ORIGINS } = config
  const paginas = [ORDER_TRACKING_URL, PASSWORD_RESET_URL].flatMap((una) =>
    una === undefined ? [] : [new URL(una).origin],
  )
  return PAGOS_RETORNOS ?? [...new Set([...paginas, ...CORS_ORIGINS])]
}
