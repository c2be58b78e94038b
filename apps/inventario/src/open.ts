import { fetchKeysFrom } from '@encargo/service-kit/identity/jwks'
import { connectPeer } from '@encargo/service-kit/peer/peer-link'
import { foundation, opening } from '@encargo/service-kit/run/foundation'
import type { Outside } from '@encargo/service-kit/run/outside'
import { openServiceDatabase } from '@encargo/service-kit/run/service-data-dir'
import { createInstalacion } from './app/instalacion.ts'
import { startMantenimiento } from './app/mantenimiento.ts'
import { createCatalogo } from './clients/productos.ts'
import type { InventarioConfig } from './config.ts'
import { createApp } from './http/app.ts'
import { openInventarioPostgres } from './store/postgres/open.ts'
import { openInventarioStorage } from './store/sqlite/open.ts'
import { createInventarioStore } from './store/store.ts'

/**
 * Puts inventario together.
 * @throws StorageOpenError or StartError, with nothing left open
 */
export const open = (config: InventarioConfig, outside: Outside) =>
  opening(async (onClose) => {
    const openers = { sqlite: openInventarioStorage, postgres: openInventarioPostgres }
    const storage = await openServiceDatabase(config, 'inventario', openers, {
      ...outside,
      onClose,
    })
    const auth = connectPeer('auth', config.AUTH_URL, outside)
    const productos = connectPeer('productos', config.PRODUCTOS_URL, outside)
    const { store, catalogo } = outside.around({
      store: createInventarioStore(storage, outside.uuid),
      catalogo: createCatalogo(productos),
    })
    const keys = { fetchKeys: fetchKeysFrom(auth) }
    const peers = [auth, productos]
    const newest = await store.ultimoMomento()
    const ground = { config, outside, storage, newest, keys, peers, onClose }
    const { clock, common, start } = foundation(ground)
    const app = createApp({
      ...common,
      store,
      catalogo,
      instalacion: createInstalacion(store, clock),
      clock,
      plazoSegundos: config.RESERVA_TTL_SEGUNDOS,
    })
    return {
      app,
      /** For tests: what they look at or call without HTTP. */
      store,
      storage,
      start() {
        start()
        const { timer, logger } = outside
        onClose(startMantenimiento({ store, clock, timer, logger }).stop)
      },
    }
  })
