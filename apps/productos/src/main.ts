import { connectPeer } from '@encargo/service-kit/peer/peer-link'
import { createLogger } from '@encargo/service-kit/run/logger'
import { type Environment, parseConfig, withPeerOrigins } from '@encargo/service-kit/run/config'
import { fetchKeysFrom } from '@encargo/service-kit/identity/jwks'
import { openServiceDatabase } from '@encargo/service-kit/run/service-data-dir'
import { processTimer } from '@encargo/service-kit/async/timer'
import { type Running, serve } from '@encargo/service-kit/http/serve'
import { runService } from '@encargo/service-kit/run/run'
import { serviceClock } from '@encargo/service-kit/run/wall-clock'
import { TokenVerifier } from '@encargo/service-kit/identity/tokens'
import { trustedProxies } from '@encargo/service-kit/values/trusted-proxies'
import { watchPeers } from '@encargo/service-kit/peer/peer-watch'
import { createApp } from './app.ts'
import { ProductosConfig } from './config.ts'
import { SqliteImagenes } from './store/imagenes.ts'
import { fijarMoneda } from './store/moneda.ts'
import { openProductosStorage, type ProductosStorage, SqliteCatalogo } from './store/sqlite.ts'
import { SqliteSurtido } from './store/surtido.ts'

function listen(config: ProductosConfig, storage: ProductosStorage): Running {
  const logger = createLogger({ service: 'productos', level: config.LOG_LEVEL })
  if (storage.skusRepetidos.length > 0) {
    const message =
      "these SKUs are another product's too, in other letters: rename one of each pair"
    const skus = storage.skusRepetidos.slice(0, 20)
    logger.warn(message, { skus, total: storage.skusRepetidos.length })
  }
  const auth = connectPeer({ name: 'auth', origin: config.AUTH_URL, logger })
  // Prices may stay for years, so they don't tell how late it is.
  const { now, healthy, stop } = serviceClock(null, config, logger)
  const app = createApp({
    logger,
    verifier: new TokenVerifier({ fetchKeys: fetchKeysFrom(auth) }),
    health: { storage: healthy(() => storage.health()) },
    peers: [auth],
    moneda: config.MONEDA,
    corsOrigins: config.CORS_ORIGINS,
    rateLimit: config.RATE_LIMIT,
    catalogo: new SqliteCatalogo(storage, config.MONEDA),
    imagenes: new SqliteImagenes(storage, config.MONEDA),
    surtido: new SqliteSurtido(storage, config.MONEDA),
    now,
    newId: () => Bun.randomUUIDv7(),
  })
  const watch = watchPeers({ peers: [auth], timer: processTimer })
  return serve(app, {
    name: 'productos',
    hostname: config.HOST,
    port: config.PRODUCTOS_PORT,
    trustProxy: trustedProxies(config.TRUST_PROXY),
    logger,
    async close() {
      stop()
      watch.stop()
      await storage.close()
    },
  })
}

/**
 * Reads the environment, migrates the database and listens.
 * @throws ConfigError, StorageOpenError or StartError, with nothing left open
 */
export async function start(env: Environment): Promise<Running> {
  const config = parseConfig(ProductosConfig, withPeerOrigins(env))
  const storage = openServiceDatabase(config.DATA_DIR, 'productos', openProductosStorage)
  try {
    await fijarMoneda(storage, config.MONEDA)
    return listen(config, storage)
  } catch (error) {
    await storage.close()
    throw error
  }
}

if (import.meta.main) await runService('productos', start)
