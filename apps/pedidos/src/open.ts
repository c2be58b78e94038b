import { fetchKeysFrom } from '@encargo/service-kit/identity/jwks'
import { ensureServiceSecrets } from '@encargo/service-kit/identity/service-accounts'
import { TokenVerifier } from '@encargo/service-kit/identity/tokens'
import { connectPeer, type PeerLink } from '@encargo/service-kit/peer/peer-link'
import { type PeerWatch, watchPeers } from '@encargo/service-kit/peer/peer-watch'
import type { Outside } from '@encargo/service-kit/run/outside'
import { openServiceDatabase, serviceDataDir } from '@encargo/service-kit/run/service-data-dir'
import { sameCurrency } from '@encargo/service-kit/run/same-currency'
import { believedClock } from '@encargo/service-kit/run/wall-clock'
import { Difusion } from './app/difusion.ts'
import { createSaga } from './app/index.ts'
import { createClientes, createServiceToken } from './clients/auth.ts'
import { createReservas } from './clients/inventario.ts'
import { createCatalogo } from './clients/productos.ts'
import { cuposDe, type PedidosConfig } from './config.ts'
import { createApp } from './http/app.ts'
import type { Catalogo, Clientes, Reservas } from './ports/peers.ts'
import { createHistorial } from './store/historial.ts'
import { type Inicio, instalacionDe, leerInicio } from './store/inicio.ts'
import { createPedidosStore } from './store/pedidos-store.ts'
import { openPedidosStorage, type PedidosStorage } from './store/sqlite/open.ts'

/** The other services, and the ways to them. */
export interface Vecinos {
  readonly clientes: Clientes
  readonly catalogo: Catalogo
  readonly reservas: Reservas
  readonly verifier: TokenVerifier
  readonly peers: readonly PeerLink[]
}

function conectar(
  config: PedidosConfig,
  outside: Outside,
  { engine }: PedidosStorage,
  inicio: Inicio,
  secret: string,
): Vecinos {
  const { fetch, clock, logger } = outside
  const auth = connectPeer({ name: 'auth', origin: config.AUTH_URL, logger, fetch })
  const productos = connectPeer({ name: 'productos', origin: config.PRODUCTOS_URL, logger, fetch })
  const inventario = connectPeer({
    name: 'inventario',
    origin: config.INVENTARIO_URL,
    logger,
    fetch,
  })
  const token = createServiceToken(auth, secret)
  return {
    clientes: createClientes(auth, token, outside),
    catalogo: createCatalogo(productos, token, config.MONEDA, outside),
    reservas: createReservas(inventario, token, instalacionDe(engine, inicio), outside),
    verifier: new TokenVerifier({ fetchKeys: fetchKeysFrom(auth), now: clock.epochMs }),
    peers: [auth, productos, inventario],
  }
}

/** One process of pedidos around a database and other services, which outlive it. */
export function componer(
  config: PedidosConfig,
  outside: Outside,
  storage: PedidosStorage,
  { idDeClave, ultimoCambio }: Inicio,
  { verifier, peers, ...vecinos }: Vecinos,
) {
  const { clock: machine, timer, logger } = outside
  const { clock, healthy, stop } = believedClock(outside, ultimoCambio ?? null, config)
  const store = createPedidosStore(storage, machine, idDeClave)
  const { MONEDA: moneda } = config
  const saga = createSaga(
    { ...outside, ...vecinos, clock, store, moneda, cupos: cuposDe(config) },
    timer,
  )
  const historial = createHistorial(storage.engine)
  const eventos = new Difusion({ historial, timer, logger, clock: machine })
  const app = createApp({
    logger,
    verifier,
    health: { storage: healthy(() => storage.health()) },
    peers,
    corsOrigins: config.CORS_ORIGINS,
    rateLimit: config.RATE_LIMIT,
    saga,
    eventos,
    clock: machine,
  })
  let watch: PeerWatch | undefined
  return {
    app,
    store,
    saga,
    eventos,
    start() {
      watch = watchPeers({ peers, moneda, timer })
      saga.driver.start()
    },
    stopping: () => eventos.cerrar(),
    async close() {
      stop()
      watch?.stop()
      await saga.stop()
    },
  }
}

/**
 * Opens and migrates the database, and puts the service together around it.
 * @throws StorageOpenError or StartError, with nothing left open
 */
export async function open(config: PedidosConfig, outside: Outside) {
  const dataDir = serviceDataDir(config.DATA_DIR)
  let abierto: ReturnType<typeof componer> | undefined
  const storage = openServiceDatabase(dataDir, 'pedidos', (file) =>
    openPedidosStorage(file, () => abierto?.eventos.despertar()),
  )
  try {
    const inicio = await storage.engine.read(leerInicio)
    const { moneda = config.MONEDA } = inicio
    sameCurrency(storage.client.filename, moneda, config.MONEDA)
    const secret = config.PEDIDOS_CLIENT_SECRET ?? (await ensureServiceSecrets(dataDir)).pedidos
    const este = componer(
      config,
      outside,
      storage,
      inicio,
      conectar(config, outside, storage, inicio, secret),
    )
    abierto = este
    const close = async () => {
      await este.close()
      await storage.close()
    }
    return { ...este, close }
  } catch (error) {
    await storage.close()
    throw error
  }
}
