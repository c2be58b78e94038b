import { commonSettings, moneda, origin, port, positiveInteger } from '@encargo/service-kit/config'
import { type Static, Type } from '@sinclair/typebox'

/** inventario takes no reservation for longer: 30 days, in seconds. */
const longestReservation = 30 * 24 * 60 * 60

/** What pedidos reads from the environment. */
export const PedidosConfig = Type.Object({
  ...commonSettings,
  PEDIDOS_PORT: port(8003),
  AUTH_URL: origin('http://127.0.0.1:8000'),
  PRODUCTOS_URL: origin('http://127.0.0.1:8001'),
  INVENTARIO_URL: origin('http://127.0.0.1:8002'),
  MONEDA: moneda,
  RESERVA_TTL_SEGUNDOS: positiveInteger(86_400, 'seconds', longestReservation),
  PEDIDOS_CLIENT_SECRET: Type.Optional(
    Type.String({
      minLength: 32,
      secret: true,
      optional: true,
      description: 'a secret of 32 characters or more, the same as in auth',
    }),
  ),
})
export type PedidosConfig = Static<typeof PedidosConfig>
