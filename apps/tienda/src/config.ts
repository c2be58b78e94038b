import {
  commonSettings,
  conPagos,
  defaultTiendaPort,
  networks,
  originOf,
  port,
  puertoUnico,
} from '@encargo/service-kit/run/config'
import { type Static, Type } from '@sinclair/typebox'

/** What tienda reads from the environment. */
export const TiendaConfig = Type.Object({
  HOST: commonSettings.HOST,
  LOG_LEVEL: commonSettings.LOG_LEVEL,
  TRUST_PROXY: commonSettings.TRUST_PROXY,
  STOP_DELAY_SECONDS: commonSettings.STOP_DELAY_SECONDS,
  CORS_ORIGINS: commonSettings.CORS_ORIGINS,
  METRICS_FROM: networks('loopback'),
  PUERTO_UNICO: puertoUnico,
  TIENDA_PORT: port(defaultTiendaPort),
  AUTH_URL: originOf('auth'),
  PRODUCTOS_URL: originOf('productos'),
  INVENTARIO_URL: originOf('inventario'),
  PEDIDOS_URL: originOf('pedidos'),
  PAGOS_URL: originOf('pagos'),
  PAGOS: conPagos,
  /** Each becomes part of a header and of the page, so it can hold nothing but a host and a port. */
  IMAGE_ORIGINS: Type.Array(Type.String({ pattern: '^https://[a-z0-9.-]+(?::[0-9]{1,5})?$' }), {
    default: [],
    description: 'a comma-separated list of origins such as https://images.example, in lower case',
  }),
  TIENDA_DIR: Type.Optional(
    Type.String({ description: 'a folder with pages, texts and files of the shop’s own' }),
  ),
  /** Bun's own: how many outgoing calls it makes at once. `start`, `dev` and the image set it. */
  BUN_CONFIG_MAX_HTTP_REQUESTS: Type.Integer({
    minimum: 64,
    maximum: 65_535,
    default: 256,
    description: 'an integer of 64 to 65535, as Bun reads it',
  }),
  /** `development` builds readable scripts and reloads the pages when a source changes. */
  NODE_ENV: Type.String({ default: 'production', description: 'production, development or test' }),
})
export type TiendaConfig = Static<typeof TiendaConfig>
