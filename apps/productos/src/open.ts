import { fetchKeysFrom } from '@encargo/service-kit/identity/jwks'
import { connectPeer } from '@encargo/service-kit/peer/peer-link'
import { foundation, opening } from '@encargo/service-kit/run/foundation'
import type { Logger } from '@encargo/service-kit/run/logger'
import type { Outside } from '@encargo/service-kit/run/outside'
import { openServiceDatabase } from '@encargo/service-kit/run/service-data-dir'
import type { ProductosConfig } from './config.ts'
import { createApp } from './http/app.ts'
import { fijarMoneda } from './store/moneda.ts'
import { renovarDerivados } from './store/renovar.ts'
import { openProductosPostgres } from './store/postgres/open.ts'
import { openProductosStorage } from './store/sqlite/open.ts'
import { createProductosStore } from './store/store.ts'

/**
 * Puts productos together.
 * @throws StorageOpenError or StartError, with nothing left open
 */
export const open = (config: ProductosConfig, outside: Outside) =>
  opening(async (onClose) => {
    const openers = { sqlite: openProductosStorage, postgres: openProductosPostgres }
    const storage = await openServiceDatabase(config, 'productos', openers, {
      ...outside,
      onClose,
    })
    await fijarMoneda(storage, storage.place, config.MONEDA)
    avisar(await renovarDerivados(storage), outside.logger)
    const auth = connectPeer('auth', config.AUTH_URL, outside)
    const keys = { fetchKeys: fetchKeysFrom(auth) }
    // Prices may stay for years, so they don't tell how late it is.
    const ground = { config, outside, storage, keys, peers: [auth], onClose }
    const { clock, common, start } = foundation(ground)
    const { store } = outside.around({ store: createProductosStore(storage) })
    const { MONEDA: moneda } = config
    return { app: createApp({ ...common, store, moneda, clock, uuid: outside.uuid }), store, start }
  })

function avisar(repetidos: readonly string[], logger: Logger): void {
  if (repetidos.length === 0) return
  const message = "these SKUs are another product's too, in other letters: rename one of each pair"
  logger.warn(message, { skus: repetidos.slice(0, 20), total: repetidos.length })
}
