import { commonSettings, moneda, origin, port } from '@encargo/service-kit/run/config'
import { type Static, Type } from '@sinclair/typebox'

/** What productos reads from the environment. */
export const ProductosConfig = Type.Object({
  ...commonSettings,
  PRODUCTOS_PORT: port(8001),
  AUTH_URL: origin('http://127.0.0.1:8000'),
  MONEDA: moneda,
})
export type ProductosConfig = Static<typeof ProductosConfig>
