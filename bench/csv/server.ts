// One service on a database of its own, for `bun bench/csv.ts`: what it is, and where productos is.
import { serve } from '@encargo/service-kit/http/serve'
import { parseConfig } from '@encargo/service-kit/run/config'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { createNetwork, testOutside } from '@encargo/service-kit/testing/outside'
import { createTestTokens } from '@encargo/service-kit/testing/service'
import { InventarioConfig } from '../../apps/inventario/src/config.ts'
import { open as openInventario } from '../../apps/inventario/src/open.ts'
import { ProductosConfig } from '../../apps/productos/src/config.ts'
import { open as openProductos } from '../../apps/productos/src/open.ts'

const args = process.argv.slice(2)
const [name = '', folder = '', database = '', productosUrl = 'http://productos.test'] = args
const tokens = createTestTokens()
const env = {
  DATA_DIR: folder,
  ...(database ? { DATABASE_URL: database } : {}),
  RATE_LIMIT: 'off',
  AUTH_URL: 'http://auth.test',
  PRODUCTOS_URL: productosUrl,
}
const network = createNetwork()
network.answer('auth.test', { fetch: () => Response.json(tokens.jwks) })
network.answer(new URL(productosUrl).hostname, { fetch })
const outside = testOutside({ fetch: network.fetch })

const { app } =
  name === 'productos'
    ? await openProductos(parseConfig(ProductosConfig, env), outside)
    : await openInventario(parseConfig(InventarioConfig, env), outside)
const logger = silentLogger
const { url } = serve(app, { name, hostname: '127.0.0.1', port: 0, logger, close: async () => {} })

/**
 * The longest that nothing else could run, in milliseconds, since it was last asked for. No more than
 * the process computed in it: what others took of the processor is not ours.
 */
let longest = 0
let last = performance.now()
let usage = process.cpuUsage()
setInterval(() => {
  const at = performance.now()
  const { user, system } = process.cpuUsage(usage)
  longest = Math.max(longest, Math.min(at - last, (user + system) / 1000))
  last = at
  usage = process.cpuUsage()
}, 1)
process.on('message', () => {
  process.send?.(longest)
  longest = 0
})
const staff = tokens.token({ rol: 'admin' })
const service = tokens.token({ scopes: ['inventario:reservar'] })
process.send?.({ url, staff, service })
process.on('disconnect', () => process.exit(0))
