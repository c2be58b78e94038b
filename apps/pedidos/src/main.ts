import { connectPeer } from '@encargo/service-kit/peer/peer-link'
import { createLogger, type Logger } from '@encargo/service-kit/run/logger'
import { ensureServiceSecrets } from '@encargo/service-kit/identity/service-accounts'
import { type Environment, parseConfig, withPeerOrigins } from '@encargo/service-kit/run/config'
import { fetchKeysFrom } from '@encargo/service-kit/identity/jwks'
import { openServiceDatabase, serviceDataDir } from '@encargo/service-kit/run/service-data-dir'
import { processTimer } from '@encargo/service-kit/async/timer'
import { type Running, serve } from '@encargo/service-kit/http/serve'
import { runService } from '@encargo/service-kit/run/run'
import { serviceClock } from '@encargo/service-kit/run/wall-clock'
import { TokenVerifier } from '@encargo/service-kit/identity/tokens'
import { trustedProxies } from '@encargo/service-kit/values/trusted-proxies'
import { watchPeers } from '@encargo/service-kit/peer/peer-watch'
import { createApp } from './http/app.ts'
import { createCatalogo, createClientes, createReservas, createServiceToken } from './clients.ts'
import { cuposDe, PedidosConfig } from './config.ts'
import { Difusion } from './app/difusion.ts'
import { createSaga } from './app/index.ts'
import { createInstalacion } from './store/instalacion.ts'
import { comprobarMoneda } from './store/moneda.ts'
import { createHistorial } from './store/novedades.ts'
import { createPedidosStore, ultimoMomento } from './store/pedidos-store.ts'
import { openPedidosStorage, type PedidosStorage } from './store/sqlite/open.ts'

function connectPeers(config: PedidosConfig, logger: Logger) {
  const auth = connectPeer({ name: 'auth', origin: config.AUTH_URL, logger })
  const productos = connectPeer({ name: 'productos', origin: config.PRODUCTOS_URL, logger })
  const inventario = connectPeer({ name: 'inventario', origin: config.INVENTARIO_URL, logger })
  return { auth, productos, inventario }
}

/** What was opened, and what says that something was written to it. */
interface Abierto {
  readonly storage: PedidosStorage
  readonly escrito: Set<() => void>
}

function listen(config: PedidosConfig, secret: string, { storage, escrito }: Abierto): Running {
  const logger = createLogger({ service: 'pedidos', level: config.LOG_LEVEL })
  const { auth, productos, inventario } = connectPeers(config, logger)
  const peers = [auth, productos, inventario]
  const token = createServiceToken(auth, secret)
  const { now, healthy, stop } = serviceClock(ultimoMomento(storage), config, logger)
  const saga = createSaga(
    {
      store: createPedidosStore(storage),
      clientes: createClientes(auth, token),
      catalogo: createCatalogo(productos, token, config.MONEDA),
      reservas: createReservas(inventario, token, createInstalacion(storage)),
      logger,
      now,
      reloj: () => performance.now(),
      newId: () => Bun.randomUUIDv7(),
      random: Math.random,
      moneda: config.MONEDA,
      cupos: cuposDe(config),
    },
    processTimer,
  )
  const eventos = new Difusion({
    historial: createHistorial(storage),
    timer: processTimer,
    logger,
    now: Date.now,
  })
  escrito.add(() => eventos.despertar())
  const app = createApp({
    logger,
    verifier: new TokenVerifier({ fetchKeys: fetchKeysFrom(auth) }),
    health: { storage: healthy(() => storage.health()) },
    peers,
    corsOrigins: config.CORS_ORIGINS,
    rateLimit: config.RATE_LIMIT,
    saga,
    eventos,
  })
  const watch = watchPeers({ peers, moneda: config.MONEDA, timer: processTimer })
  const running = serve(app, {
    name: 'pedidos',
    hostname: config.HOST,
    port: config.PEDIDOS_PORT,
    trustProxy: trustedProxies(config.TRUST_PROXY),
    logger,
    onStop: () => eventos.cerrar(),
    async close() {
      stop()
      watch.stop()
      await saga.stop()
      await storage.close()
    },
  })
  saga.driver.start()
  return running
}

/**
 * Reads the environment, migrates the database, listens, and finishes what was left undone.
 * @throws ConfigError, StorageOpenError or StartError, with nothing left open
 */
export async function start(env: Environment): Promise<Running> {
  const config = parseConfig(PedidosConfig, withPeerOrigins(env))
  const dataDir = serviceDataDir(config.DATA_DIR)
  const escrito = new Set<() => void>()
  const avisar = () => {
    for (const uno of escrito) uno()
  }
  const storage = openServiceDatabase(dataDir, 'pedidos', (file) =>
    openPedidosStorage(file, avisar),
  )
  try {
    comprobarMoneda(storage, config.MONEDA)
    const secret = config.PEDIDOS_CLIENT_SECRET ?? (await ensureServiceSecrets(dataDir)).pedidos
    return listen(config, secret, { storage, escrito })
  } catch (error) {
    await storage.close()
    throw error
  }
}

if (import.meta.main) await runService('pedidos', start)
