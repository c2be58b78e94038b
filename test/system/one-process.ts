import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { treaty } from '@elysiajs/eden'
import type { AuthApp } from '@encargo/auth'
import type { InventarioApp } from '@encargo/inventario'
import type { PedidosApp } from '@encargo/pedidos'
import type { ProductosApp } from '@encargo/productos'
import { randomSecret } from '@encargo/service-kit/identity/service-accounts'
import { parseConfig } from '@encargo/service-kit/run/config'
import { createNetwork, testOutside } from '@encargo/service-kit/testing/outside'
import { AuthConfig } from '../../apps/auth/src/config.ts'
import { type AuthOutside, open as openAuth } from '../../apps/auth/src/open.ts'
import { InventarioConfig } from '../../apps/inventario/src/config.ts'
import { open as openInventario } from '../../apps/inventario/src/open.ts'
import { PedidosConfig } from '../../apps/pedidos/src/config.ts'
import { open as openPedidos } from '../../apps/pedidos/src/open.ts'
import { ProductosConfig } from '../../apps/productos/src/config.ts'
import { open as openProductos } from '../../apps/productos/src/open.ts'
import { admin, type Clients } from './harness.ts'

/** How strong passwords and their hashes must be, auth's own tests prove. */
const weak = {
  hashing: { cost: { memoryCost: 8, timeCost: 1 } },
  estimate: () => Promise.resolve({ score: 4, dictionaries: [] }),
}

export interface OneProcess {
  readonly clients: Clients
  /** Where the databases are. */
  readonly folder: string
  /** From now on they also do what nobody asks for, whenever the timer of their world comes. */
  start(): void
  /** What pedidos does in the background, once. */
  tick(): Promise<void>
  stop(): Promise<void>
}

/**
 * The four apps in this process, on real databases, calling each other without a network. Their folder
 * is a new one, and gone with `stop`, unless it is given as `kept`.
 */
export async function startInOneProcess(
  world: Partial<AuthOutside> = {},
  kept?: string,
): Promise<OneProcess> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'encargo-one-'))
  const network = createNetwork()
  const env = {
    DATA_DIR: folder,
    RATE_LIMIT: 'off',
    AUTH_URL: 'http://auth.test',
    PRODUCTOS_URL: 'http://productos.test',
    INVENTARIO_URL: 'http://inventario.test',
    PEDIDOS_ABIERTOS: '1000000',
    PEDIDOS_CLIENT_SECRET: randomSecret(),
    PAGOS_CLIENT_SECRET: randomSecret(),
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
  }
  const outside = testOutside({ fetch: network.fetch, ...world })
  const auth = await openAuth(parseConfig(AuthConfig, env), { ...weak, ...world, ...outside })
  const productos = await openProductos(parseConfig(ProductosConfig, env), outside)
  const inventario = await openInventario(parseConfig(InventarioConfig, env), outside)
  const pedidos = await openPedidos(parseConfig(PedidosConfig, env), outside)
  const apps = { auth, productos, inventario, pedidos }
  for (const [name, { app }] of Object.entries(apps)) network.answer(`${name}.test`, app)
  const options = { fetcher: network.fetch, parseDate: false } as const
  return {
    folder,
    start() {
      for (const one of Object.values(apps)) one.start()
    },
    tick: () => pedidos.casos.driver.tick(),
    clients: {
      auth: treaty<AuthApp>('http://auth.test', options),
      productos: treaty<ProductosApp>('http://productos.test', options),
      inventario: treaty<InventarioApp>('http://inventario.test', options),
      pedidos: treaty<PedidosApp>('http://pedidos.test', options),
    },
    async stop() {
      for (const { close } of [pedidos, inventario, productos, auth]) await close()
      if (kept === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}
