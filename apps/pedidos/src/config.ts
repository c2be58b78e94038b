import {
  clientSecret,
  commonSettings,
  databaseUrl,
  moneda,
  originOf,
  portOf,
  positiveInteger,
} from '@encargo/service-kit/run/config'
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
})
export type PedidosConfig = Static<typeof PedidosConfig>

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
