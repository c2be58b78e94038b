import { fetchKeysFrom } from '@encargo/service-kit/identity/jwks'
import { TokenVerifier } from '@encargo/service-kit/identity/tokens'
import { connectPeer } from '@encargo/service-kit/peer/peer-link'
import { watchPeers } from '@encargo/service-kit/peer/peer-watch'
import type { Logger } from '@encargo/service-kit/run/logger'
import type { Outside } from '@encargo/service-kit/run/outside'
import { openServiceDatabase } from '@encargo/service-kit/run/service-data-dir'
import { believedClock } from '@encargo/service-kit/run/wall-clock'
import type { ProductosConfig } from './config.ts'
import { createApp } from './http/app.ts'
import { createProductosStore } from './store/catalogo.ts'
import { fijarMoneda } from './store/moneda.ts'
import { renovarDerivados } from './store/renovar.ts'
import { openProductosStorage, type ProductosStorage } from './store/sqlite/open.ts'

/**
 * Puts productos together.
 * @throws StorageOpenError or StartError, with nothing left open
 */
export async function open(config: ProductosConfig, outside: Outside) {
  const storage = openServiceDatabase(config.DATA_DIR, 'productos', openProductosStorage)
  try {
    await fijarMoneda(storage.engine, storage.file, config.MONEDA)
    avisar(await renovarDerivados(storage.engine), outside.logger)
    return over(storage, config, outside)
  } catch (error) {
    await storage.close()
    throw error
  }
}

function avisar(repetidos: readonly string[], logger: Logger): void {
  if (repetidos.length === 0) return
  const message = "these SKUs are another product's too, in other letters: rename one of each pair"
  logger.warn(message, { skus: repetidos.slice(0, 20), total: repetidos.length })
}

function over(storage: ProductosStorage, config: ProductosConfig, outside: Outside) {
  const { fetch, timer, logger } = outside
  const auth = connectPeer({ name: 'auth', origin: config.AUTH_URL, logger, fetch })
  // Prices may stay for years, so they don't tell how late it is.
  const { clock, healthy, stop } = believedClock(outside, null, config)
  const store = createProductosStore(storage.engine)
  const app = createApp({
    store,
    logger,
    verifier: new TokenVerifier({ fetchKeys: fetchKeysFrom(auth) }),
    health: { storage: healthy(() => storage.health()) },
    peers: [auth],
    moneda: config.MONEDA,
    corsOrigins: config.CORS_ORIGINS,
    rateLimit: config.RATE_LIMIT,
    clock,
    uuid: outside.uuid,
  })
  const watch = watchPeers({ peers: [auth], timer })
  return {
    app,
    store,
    async close() {
      stop()
      watch.stop()
      await storage.close()
    },
  }
}
