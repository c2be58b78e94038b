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
import { createProductosClient } from './clients.ts'
import { InventarioConfig } from './config.ts'
import { startMantenimiento } from './mantenimiento.ts'
import { createInventarioStore, openInventarioStorage, ultimoMomento } from './store/sqlite.ts'

type Storage = ReturnType<typeof openInventarioStorage>

function listen(config: InventarioConfig, storage: Storage): Running {
  const logger = createLogger({ service: 'inventario', level: config.LOG_LEVEL })
  const auth = connectPeer({ name: 'auth', origin: config.AUTH_URL, logger })
  const productos = connectPeer({ name: 'productos', origin: config.PRODUCTOS_URL, logger })
  const { now, healthy, stop } = serviceClock(ultimoMomento(storage), config, logger)
  const peers = [auth, productos]
  const store = createInventarioStore(storage, () => Bun.randomUUIDv7())
  const app = createApp({
    logger,
    verifier: new TokenVerifier({ fetchKeys: fetchKeysFrom(auth) }),
    health: { storage: healthy(() => storage.health()) },
    peers,
    corsOrigins: config.CORS_ORIGINS,
    rateLimit: config.RATE_LIMIT,
    store,
    productos: createProductosClient(productos),
    now,
    plazoSegundos: config.RESERVA_TTL_SEGUNDOS,
  })
  const mantenimiento = startMantenimiento({ store, now, timer: processTimer, logger })
  const watch = watchPeers({ peers, timer: processTimer })
  try {
    return serve(app, {
      name: 'inventario',
      hostname: config.HOST,
      port: config.INVENTARIO_PORT,
      trustProxy: trustedProxies(config.TRUST_PROXY),
      logger,
      async close() {
        stop()
        watch.stop()
        await mantenimiento.stop()
        await storage.close()
      },
    })
  } catch (error) {
    watch.stop()
    void mantenimiento.stop()
    throw error
  }
}

/**
 * Reads the environment, migrates the database, listens, and expires reservations from then on.
 * @throws ConfigError, StorageOpenError or StartError, with nothing left open
 */
export async function start(env: Environment): Promise<Running> {
  const config = parseConfig(InventarioConfig, withPeerOrigins(env))
  const storage = openServiceDatabase(config.DATA_DIR, 'inventario', (file) =>
    openInventarioStorage({ file }),
  )
  try {
    return listen(config, storage)
  } catch (error) {
    await storage.close()
    throw error
  }
}

if (import.meta.main) await runService('inventario', start)
