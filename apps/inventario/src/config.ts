import {
  commonSettings,
  databaseUrl,
  originOf,
  portOf,
  positiveInteger,
} from '@encargo/service-kit/run/config'
import { type Static, Type } from '@sinclair/typebox'
import { plazoMaximoSegundos } from './domain/reserva.ts'

/** What inventario reads from the environment. */
export const InventarioConfig = Type.Object({
  ...commonSettings,
  INVENTARIO_PORT: portOf('inventario'),
  INVENTARIO_DATABASE_URL: databaseUrl,
  AUTH_URL: originOf('auth'),
  PRODUCTOS_URL: originOf('productos'),
  RESERVA_TTL_SEGUNDOS: positiveInteger(86_400, 'seconds', plazoMaximoSegundos),
})
export type InventarioConfig = Static<typeof InventarioConfig>
