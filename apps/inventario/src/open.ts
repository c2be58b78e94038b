import { fetchKeysFrom } from '@encargo/service-kit/identity/jwks'
import { TokenVerifier } from '@encargo/service-kit/identity/tokens'
import { connectPeer } from '@encargo/service-kit/peer/peer-link'
import { watchPeers } from '@encargo/service-kit/peer/peer-watch'
import type { Outside } from '@encargo/service-kit/run/outside'
import { openServiceDatabase } from '@encargo/service-kit/run/service-data-dir'
import { believedClock } from '@encargo/service-kit/run/wall-clock'
import { createInstalacion } from './app/instalacion.ts'
import { startMantenimiento } from './app/mantenimiento.ts'
import { createCatalogo } from './clients/productos.ts'
import type { InventarioConfig } from './config.ts'
import { createApp } from './http/app.ts'
import { type InventarioStorage, openInventarioStorage } from './store/sqlite/open.ts'
import { createInventarioStore } from './store/store.ts'

/**
 * Puts inventario together.
 * @throws StorageOpenError or StartError, with nothing left open
 */
export async function open(config: InventarioConfig, outside: Outside) {
  const storage = openServiceDatabase(config.DATA_DIR, 'inventario', openInventarioStorage)
  try {
    return await over(storage, config, outside)
  } catch (error) {
    await storage.close()
    throw error
  }
}

async function over(storage: InventarioStorage, config: InventarioConfig, outside: Outside) {
  const { fetch, timer, logger } = outside
  const store = createInventarioStore(storage.engine, outside.uuid)
  const auth = connectPeer({ name: 'auth', origin: config.AUTH_URL, logger, fetch })
  const productos = connectPeer({ name: 'productos', origin: config.PRODUCTOS_URL, logger, fetch })
  const peers = [auth, productos]
  const newest = (await store.ultimoMomento()) ?? null
  const { clock, healthy, stop } = believedClock(outside, newest, config)
  const app = createApp({
    logger,
    verifier: new TokenVerifier({ fetchKeys: fetchKeysFrom(auth) }),
    health: { storage: healthy(() => storage.health()) },
    peers,
    corsOrigins: config.CORS_ORIGINS,
    rateLimit: config.RATE_LIMIT,
    store,
    catalogo: createCatalogo(productos),
    instalacion: createInstalacion(store),
    clock,
    plazoSegundos: config.RESERVA_TTL_SEGUNDOS,
  })
  const background: { stop(): void | Promise<void> }[] = []
  return {
    app,
    /** For tests: what they look at or call without HTTP. */
    store,
    storage,
    start() {
      background.push(
        watchPeers({ peers, timer }),
        startMantenimiento({ store, clock, timer, logger }),
      )
    },
    async close() {
      stop()
      for (const one of background) await one.stop()
      await storage.close()
    },
  }
}
