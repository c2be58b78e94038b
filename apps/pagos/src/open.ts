import { treaty } from '@elysiajs/eden'
import type { AuthApp } from '@encargo/auth'
import { fetchKeysFrom } from '@encargo/service-kit/identity/jwks'
import { ensureServiceSecrets } from '@encargo/service-kit/identity/service-accounts'
import { accountToken } from '@encargo/service-kit/peer/account'
import { forEden } from '@encargo/service-kit/peer/eden-fetch'
import { connectPeer } from '@encargo/service-kit/peer/peer-link'
import { resolveDataDir } from '@encargo/service-kit/run/data-dir'
import { foundation, opening } from '@encargo/service-kit/run/foundation'
import type { Outside } from '@encargo/service-kit/run/outside'
import { openServiceDatabase } from '@encargo/service-kit/run/service-data-dir'
import { createCasosDeUso } from './app/index.ts'
import { openProveedores } from './clients/abrir.ts'
import { createPedidos } from './clients/pedidos.ts'
import { type PagosConfig, retornosDe } from './config.ts'
import { createApp } from './http/app.ts'
import { fijarMoneda } from './store/moneda.ts'
import { openPagosPostgres } from './store/postgres/open.ts'
import { openPagosStorage } from './store/sqlite/open.ts'
import { createPagosStore } from './store/store.ts'

/**
 * Puts pagos together.
 * @throws StorageOpenError, ConfigError or StartError, with nothing left open
 */
export const open = (config: PagosConfig, outside: Outside) =>
  opening(async (onClose) => {
    const { MONEDA: moneda } = config
    const openers = { sqlite: openPagosStorage, postgres: openPagosPostgres }
    const storage = await openServiceDatabase(config, 'pagos', openers, { ...outside, onClose })
    await fijarMoneda(storage, storage.place, moneda)
    const auth = connectPeer('auth', config.AUTH_URL, outside)
    const pedidos = connectPeer('pedidos', config.PEDIDOS_URL, outside)
    const secret =
      config.PAGOS_CLIENT_SECRET ??
      (await ensureServiceSecrets(resolveDataDir(config.DATA_DIR))).pagos
    const token = accountToken(auth, { id: 'pagos', secret }, (request) =>
      treaty<AuthApp>(auth.origin, { fetcher: forEden(auth.fetcher) }).token.post(request),
    )
    const guardado = createPagosStore(storage, outside.clock)
    const { proveedores, ...ports } = outside.around({
      store: guardado,
      pedidos: createPedidos(pedidos, token),
      proveedores: await openProveedores(config, guardado, outside),
    })
    const keys = { fetchKeys: fetchKeysFrom(auth) }
    const newest = await ports.store.ultimoMomento()
    const peers = [auth, pedidos]
    const ground = { config, outside, storage, newest, keys, peers, moneda, onClose }
    const { clock, common, start } = foundation(ground)
    const casos = createCasosDeUso({ ...outside, ...ports, proveedores, clock }, outside.timer)
    onClose(() => casos.stop())
    return {
      // The machine's clock: where the service's own is doubted, whoever watches must have an answer.
      app: createApp({ ...common, casos, clock: outside.clock, retornos: retornosDe(config) }),
      /** For tests: what they look at or call without HTTP. */
      store: ports.store,
      storage,
      casos,
      peers,
      start() {
        start()
        casos.driver.start()
      },
    }
  })
