import { fetchKeysFrom } from '@encargo/service-kit/identity/jwks'
import { connectPeer } from '@encargo/service-kit/peer/peer-link'
import { foundation, opening } from '@encargo/service-kit/run/foundation'
import type { Outside } from '@encargo/service-kit/run/outside'
import { openServiceDatabase } from '@encargo/service-kit/run/service-data-dir'
import { encendidosDe, type PagosConfig } from './config.ts'
import { createApp } from './http/app.ts'
import { fijarMoneda } from './store/moneda.ts'
import { openPagosPostgres } from './store/postgres/open.ts'
import { openPagosStorage } from './store/sqlite/open.ts'
import { createPagosStore } from './store/store.ts'

/**
 * Puts pagos together.
 * @throws StorageOpenError or StartError, with nothing left open
 */
export const open = (config: PagosConfig, outside: Outside) =>
  opening(async (onClose) => {
    const encendidos = encendidosDe(config)
    const { MONEDA: moneda } = config
    const openers = { sqlite: openPagosStorage, postgres: openPagosPostgres }
    const storage = await openServiceDatabase(config, 'pagos', openers, { ...outside, onClose })
    await fijarMoneda(storage, storage.place, moneda)
    const auth = connectPeer('auth', config.AUTH_URL, outside)
    const pedidos = connectPeer('pedidos', config.PEDIDOS_URL, outside)
    const keys = { fetchKeys: fetchKeysFrom(auth) }
    const ground = { config, outside, storage, keys, peers: [auth, pedidos], moneda, onClose }
    const { clock, common, start } = foundation(ground)
    const { store } = outside.around({ store: createPagosStore(storage) })
    return {
      app: createApp({ ...common, store, clock, encendidos }),
      /** For tests: what they look at or call without HTTP. */
      store,
      storage,
      start,
    }
  })
