import {
  commonSettings,
  databaseUrl,
  moneda,
  originOf,
  portOf,
} from '@encargo/service-kit/run/config'
import { type Static, Type } from '@sinclair/typebox'

/** What productos reads from the environment. */
export const ProductosConfig = Type.Object({
  ...commonSettings,
  PRODUCTOS_PORT: portOf('productos'),
  PRODUCTOS_DATABASE_URL: databaseUrl,
  AUTH_URL: originOf('auth'),
  MONEDA: moneda,
})
export type ProductosConfig = Static<typeof ProductosConfig>
