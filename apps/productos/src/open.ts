import { fetchKeysFrom } from '@encargo/service-kit/identity/jwks'
import { TokenVerifier } from '@encargo/service-kit/identity/tokens'
import { connectPeer } from '@encargo/service-kit/peer/peer-link'
import { watchPeers } from '@encargo/service-kit/peer/peer-watch'
import type { Outside } from '@encargo/service-kit/run/outside'
import { openServiceDatabase } from '@encargo/service-kit/run/service-data-dir'
import { believedClock } from '@encargo/service-kit/run/wall-clock'
import type { ProductosConfig } from './config.ts'
import { createApp } from './http/app.ts'
import { SqliteCatalogo } from './store/catalogo.ts'
import { SqliteImagenes } from './store/imagenes.ts'
import { fijarMoneda } from './store/sqlite/moneda.ts'
import { openProductosStorage, type ProductosStorage } from './store/sqlite/open.ts'
import { SqliteSurtido } from './store/surtido.ts'

/**
 * Puts productos together.
 * @throws StorageOpenError or StartError, with nothing left open
 */
export async function open(config: ProductosConfig, outside: Outside) {
  const storage = openServiceDatabase(config.DATA_DIR, 'productos', openProductosStorage)
  try {
    await fijarMoneda(storage, config.MONEDA)
    return over(storage, config, outside)
  } catch (error) {
    await storage.close()
    throw error
  }
}

function over(storage: ProductosStorage, config: ProductosConfig, outside: Outside) {
  const { fetch, timer, logger } = outside
  if (storage.skusRepetidos.length > 0) {
    const message =
      "these SKUs are another product's too, in other letters: rename one of each pair"
    const skus = storage.skusRepetidos.slice(0, 20)
    logger.warn(message, { skus, total: storage.skusRepetidos.length })
  }
  const auth = connectPeer({ name: 'auth', origin: config.AUTH_URL, logger, fetch })
  // Prices may stay for years, so they don't tell how late it is.
  const { clock, healthy, stop } = believedClock(outside, null, config)
  const store = {
    catalogo: new SqliteCatalogo(storage, config.MONEDA),
    imagenes: new SqliteImagenes(storage, config.MONEDA),
    surtido: new SqliteSurtido(storage, config.MONEDA),
  }
  const app = createApp({
    ...store,
    logger,
    verifier: new TokenVerifier({ fetchKeys: fetchKeysFrom(auth) }),
    health: { storage: healthy(() => storage.health()) },
    peers: [auth],
    moneda: config.MONEDA,
    corsOrigins: config.CORS_ORIGINS,
    rateLimit: config.RATE_LIMIT,
    now: () => new Date(clock.epochMs()),
    newId: outside.uuid,
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
