import {
  clientSecret,
  commonSettings,
  ConfigError,
  databaseUrl,
  defaultTiendaPort,
  moneda,
  originOf,
  port,
  portOf,
  positiveInteger,
  tiendaOrigin,
} from '@encargo/service-kit/run/config'
import {
  defaultSender,
  mailSettings,
  pageSetting,
  type Sending,
} from '@encargo/service-kit/mail/settings'
import { type Static, Type } from '@sinclair/typebox'
import type { Cupos } from './domain/cupo.ts'

/** inventario takes no reservation for longer: 30 days, in seconds. */
const longestReservation = 30 * 24 * 60 * 60

/** What pedidos reads from the environment. */
export const PedidosConfig = Type.Object({
  ...commonSettings,
  PEDIDOS_PORT: portOf('pedidos'),
  PEDIDOS_DATABASE_URL: databaseUrl,
  AUTH_URL: originOf('auth'),
  PRODUCTOS_URL: originOf('productos'),
  INVENTARIO_URL: originOf('inventario'),
  PAGOS_URL: originOf('pagos'),
  MONEDA: moneda,
  RESERVA_TTL_SEGUNDOS: positiveInteger(86_400, 'seconds', longestReservation),
  RESERVA_TTL_SIN_CONFIRMAR_SEGUNDOS: positiveInteger(7_200, 'seconds', longestReservation),
  PEDIDOS_ABIERTOS: positiveInteger(20, 'orders that are pending'),
  PEDIDOS_ABIERTOS_SIN_CONFIRMAR: positiveInteger(3, 'orders that are pending'),
  UNIDADES_APARTADAS: positiveInteger(1_000, 'units'),
  UNIDADES_APARTADAS_SIN_CONFIRMAR: positiveInteger(100, 'units'),
  COMPRAS_DIARIAS: positiveInteger(200, 'purchases in a day'),
  COMPRAS_DIARIAS_SIN_CONFIRMAR: positiveInteger(30, 'purchases in a day'),
  PEDIDOS_CLIENT_SECRET: clientSecret,
  ...mailSettings,
  ORDER_TRACKING_URL: pageSetting(
    'the address of the page where an order is followed, without a #',
  ),
  TIENDA_PORT: port(defaultTiendaPort),
})
export type PedidosConfig = Static<typeof PedidosConfig>

export interface MailConfig extends Sending {
  /** Pages, without a slash at their ends. */
  readonly pagina: string
  readonly gestion: string
}

/**
 * Who sends mails, by which server, and where their links lead. The page that shows an order is taken for
 * a neighbour of the one that sets a password, as auth's mails have it.
 * @throws ConfigError when mails would go out with the defaults of a developer's machine
 */
export function mailOf(config: PedidosConfig): MailConfig {
  const { SMTP_URL: url, HOST, TIENDA_PORT, PASSWORD_RESET_URL, MAIL_FROM } = config
  const tienda = PASSWORD_RESET_URL ?? `${tiendaOrigin(HOST, TIENDA_PORT)}/`
  const known = config.ORDER_TRACKING_URL ?? PASSWORD_RESET_URL
  if (url !== undefined && (MAIL_FROM === undefined || known === undefined)) {
    const needed = 'MAIL_FROM and ORDER_TRACKING_URL (or PASSWORD_RESET_URL)'
    throw new ConfigError(`${needed} must be set as well when SMTP_URL is`)
  }
  const given = config.ORDER_TRACKING_URL ?? new URL('seguimiento', tienda).href
  const pagina = given.replace(/\/+$/, '')
  const gestion = new URL('gestion', pagina).href
  return { url, from: MAIL_FROM ?? defaultSender, pagina, gestion }
}

/** What a customer may hold and ask for; how often is not counted where rates are not. */
export function cuposDe(config: PedidosConfig): Cupos {
  const sinRitmo = config.RATE_LIMIT === 'off' ? { comprasDiarias: Number.POSITIVE_INFINITY } : {}
  return {
    confirmado: {
      pedidos: config.PEDIDOS_ABIERTOS,
      unidades: config.UNIDADES_APARTADAS,
      comprasDiarias: config.COMPRAS_DIARIAS,
      plazoSegundos: config.RESERVA_TTL_SEGUNDOS,
      ...sinRitmo,
    },
    sinConfirmar: {
      pedidos: config.PEDIDOS_ABIERTOS_SIN_CONFIRMAR,
      unidades: config.UNIDADES_APARTADAS_SIN_CONFIRMAR,
      comprasDiarias: config.COMPRAS_DIARIAS_SIN_CONFIRMAR,
      plazoSegundos: Math.min(
        config.RESERVA_TTL_SEGUNDOS,
        config.RESERVA_TTL_SIN_CONFIRMAR_SEGUNDOS,
      ),
      ...sinRitmo,
    },
  }
}
