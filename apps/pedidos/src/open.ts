import { fetchKeysFrom } from '@encargo/service-kit/identity/jwks'
import { ensureServiceSecrets } from '@encargo/service-kit/identity/service-accounts'
import type { FetchKeys } from '@encargo/service-kit/identity/key-cache'
import { connectPeer, type PeerLink } from '@encargo/service-kit/peer/peer-link'
import { foundation, type OnClose, opening } from '@encargo/service-kit/run/foundation'
import type { Outside } from '@encargo/service-kit/run/outside'
import { openServiceDatabase, serviceDataDir } from '@encargo/service-kit/run/service-data-dir'
import { sameCurrency } from '@encargo/service-kit/run/same-currency'
import type { Engine, Storage } from '@encargo/storage'
import { Difusion } from './app/difusion.ts'
import { createCasosDeUso } from './app/index.ts'
import { createClientes, createServiceToken } from './clients/auth.ts'
import { createReservas } from './clients/inventario.ts'
import { createCatalogo } from './clients/productos.ts'
import { cuposDe, type PedidosConfig } from './config.ts'
import { createApp } from './http/app.ts'
import type { Catalogo, Clientes, Reservas } from './ports/peers.ts'
import { createHistorial } from './store/historial.ts'
import { type Inicio, instalacionDe, leerInicio } from './store/inicio.ts'
import { openPedidosStorage } from './store/sqlite/open.ts'
import { createPedidosStore } from './store/store.ts'

/** The other services, and the ways to them. */
export interface Vecinos {
  readonly clientes: Clientes
  readonly catalogo: Catalogo
  readonly reservas: Reservas
  readonly fetchKeys: FetchKeys
  readonly peers: readonly PeerLink[]
}

function conectar(
  config: PedidosConfig,
  outside: Outside,
  engine: Engine,
  inicio: Inicio,
  secret: string,
): Vecinos {
  const auth = connectPeer('auth', config.AUTH_URL, outside)
  const productos = connectPeer('productos', config.PRODUCTOS_URL, outside)
  const inventario = connectPeer('inventario', config.INVENTARIO_URL, outside)
  const token = createServiceToken(auth, secret)
  return {
    clientes: createClientes(auth, token, outside),
    catalogo: createCatalogo(productos, token, config.MONEDA, outside),
    reservas: createReservas(inventario, token, instalacionDe(engine, inicio), outside),
    fetchKeys: fetchKeysFrom(auth),
    peers: [auth, productos, inventario],
  }
}

/** One process of pedidos around a database and other services, which outlive it. */
export function componer(
  config: PedidosConfig,
  outside: Outside,
  storage: Storage,
  { idDeClave, ultimoCambio: newest }: Inicio,
  { fetchKeys, peers, ...vecinos }: Vecinos,
  onClose: OnClose,
) {
  const { clock: machine, timer, logger } = outside
  const { MONEDA: moneda } = config
  const ground = { config, outside, storage, newest, keys: { fetchKeys }, peers, moneda, onClose }
  const { clock, common, start } = foundation(ground)
  const store = createPedidosStore(storage, machine, idDeClave)
  const ports = outside.around({ ...vecinos, store })
  const casos = createCasosDeUso(
    { ...outside, ...ports, clock, moneda, cupos: cuposDe(config) },
    timer,
  )
  onClose(() => casos.stop())
  const historial = createHistorial(storage)
  const eventos = new Difusion({ historial, timer, logger, clock: machine })
  return {
    app: createApp({ ...common, casos, eventos, clock: machine }),
    /** For tests: what they look at or call without HTTP. */
    store,
    storage,
    casos,
    peers,
    eventos,
    start() {
      start()
      casos.driver.start()
    },
    stopping: () => eventos.cerrar(),
  }
}

/**
 * Opens and migrates the database, and puts the service together around it.
 * @throws StorageOpenError or StartError, with nothing left open
 */
export const open = (config: PedidosConfig, outside: Outside) =>
  opening(async (onClose) => {
    const dataDir = serviceDataDir(config.DATA_DIR)
    let abierto: ReturnType<typeof componer> | undefined
    const storage = openServiceDatabase(dataDir, 'pedidos', (file) =>
      openPedidosStorage(file, () => abierto?.eventos.despertar()),
    )
    onClose(() => storage.close())
    const inicio = await storage.read(leerInicio)
    const { moneda = config.MONEDA } = inicio
    sameCurrency(storage.file, moneda, config.MONEDA)
    const secret = config.PEDIDOS_CLIENT_SECRET ?? (await ensureServiceSecrets(dataDir)).pedidos
    const vecinos = conectar(config, outside, storage, inicio, secret)
    return (abierto = componer(config, outside, storage, inicio, vecinos, onClose))
  })
