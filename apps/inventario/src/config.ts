import { commonSettings, origin, port, positiveInteger } from '@encargo/service-kit/run/config'
import { type Static, Type } from '@sinclair/typebox'
import { plazoMaximoSegundos } from './domain/reserva.ts'

/** What inventario reads from the environment. */
export const InventarioConfig = Type.Object({
  ...commonSettings,
  INVENTARIO_PORT: port(8002),
  AUTH_URL: origin('http://127.0.0.1:8000'),
  PRODUCTOS_URL: origin('http://127.0.0.1:8001'),
  RESERVA_TTL_SEGUNDOS: positiveInteger(86_400, 'seconds', plazoMaximoSegundos),
})
export type InventarioConfig = Static<typeof InventarioConfig>
