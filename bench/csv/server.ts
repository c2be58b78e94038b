// One service on a database of its own, for `bun bench/csv.ts`: what it is, and where productos is.
import { createApp as createInventario } from '@encargo/inventario'
import { createInventarioStore, openInventarioStorage } from '@encargo/inventario/store'
import { createApp as createProductos } from '@encargo/productos'
import { connectPeer } from '@encargo/service-kit/peer/peer-link'
import { serve } from '@encargo/service-kit/http/serve'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { createTestTokens, testServiceOptions } from '@encargo/service-kit/testing/service'
import { join } from 'node:path'
import { createProductosClient } from '../../apps/inventario/src/clients.ts'
import { SqliteImagenes } from '../../apps/productos/src/store/imagenes.ts'
import { openProductosStorage, SqliteCatalogo } from '../../apps/productos/src/store/sqlite.ts'
import { SqliteSurtido } from '../../apps/productos/src/store/surtido.ts'

const [name = '', folder = '', productosUrl = ''] = process.argv.slice(2)
const tokens = await createTestTokens()
const now = () => new Date()
const newId = () => Bun.randomUUIDv7()
const common = { ...testServiceOptions(tokens.verifier), now, newId }

function productos() {
  const storage = openProductosStorage(join(folder, 'productos.db'))
  const catalogo = new SqliteCatalogo(storage, 'USD')
  const imagenes = new SqliteImagenes(storage, 'USD')
  const surtido = new SqliteSurtido(storage, 'USD')
  return createProductos({ ...common, catalogo, imagenes, surtido })
}

function inventario() {
  const storage = openInventarioStorage({ file: join(folder, 'inventario.db') })
  const link = connectPeer({ name: 'productos', origin: productosUrl, logger: silentLogger })
  const store = createInventarioStore(storage, newId)
  const client = createProductosClient(link)
  return createInventario({ ...common, store, productos: client, plazoSegundos: 86_400 })
}

const app = name === 'productos' ? productos() : inventario()
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
const staff = await tokens.token({ rol: 'admin' })
const service = await tokens.token({ scopes: ['inventario:reservar'] })
process.send?.({ url, staff, service })
process.on('disconnect', () => process.exit(0))
