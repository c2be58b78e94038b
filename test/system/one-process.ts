import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomSecret } from '@encargo/service-kit/identity/service-accounts'
import { type Environment, parseConfig } from '@encargo/service-kit/run/config'
import { createNetwork, testOutside } from '@encargo/service-kit/testing/outside'
import { AuthConfig } from '../../apps/auth/src/config.ts'
import { type AuthOutside, open as openAuth } from '../../apps/auth/src/open.ts'
import { InventarioConfig } from '../../apps/inventario/src/config.ts'
import { open as openInventario } from '../../apps/inventario/src/open.ts'
import { PagosConfig } from '../../apps/pagos/src/config.ts'
import { open as openPagos } from '../../apps/pagos/src/open.ts'
import { PedidosConfig } from '../../apps/pedidos/src/config.ts'
import { open as openPedidos } from '../../apps/pedidos/src/open.ts'
import { ProductosConfig } from '../../apps/productos/src/config.ts'
import { open as openProductos } from '../../apps/productos/src/open.ts'
import { newPrivateKeyPem } from '../../apps/auth/src/security/signing-key.ts'
import { admin, clientsAt, type Origins } from './harness.ts'

/** How strong passwords and their hashes must be, auth's own tests prove. */
const weak = {
  hashing: { cost: { memoryCost: 8, timeCost: 1 } },
  estimate: () => Promise.resolve({ score: 4, dictionaries: [] }),
}

/** Nothing of it is kept in the folder, which is to hold the databases alone. */
const secrets = {
  AUTH_SIGNING_KEY: newPrivateKeyPem(),
  PEDIDOS_CLIENT_SECRET: randomSecret(),
  PAGOS_CLIENT_SECRET: randomSecret(),
}

export const origins: Origins = {
  auth: 'http://auth.test',
  productos: 'http://productos.test',
  inventario: 'http://inventario.test',
  pedidos: 'http://pedidos.test',
  pagos: 'http://pagos.test',
}

/** The services as they open, on the databases of a folder, in this process and without a network. */
export async function openAll(
  DATA_DIR: string,
  world: Partial<AuthOutside> = {},
  more: Environment = {},
) {
  const network = createNetwork()
  const env = {
    ...secrets,
    DATA_DIR,
    RATE_LIMIT: 'off',
    AUTH_URL: origins.auth,
    PRODUCTOS_URL: origins.productos,
    INVENTARIO_URL: origins.inventario,
    PEDIDOS_URL: origins.pedidos,
    PAGOS_URL: origins.pagos,
    PEDIDOS_ABIERTOS: '1000000',
    ...more,
  }
  const outside = testOutside({ fetch: network.fetch, ...world })
  const auth = await openAuth(parseConfig(AuthConfig, env), { ...weak, ...world, ...outside })
  const productos = await openProductos(parseConfig(ProductosConfig, env), outside)
  const inventario = await openInventario(parseConfig(InventarioConfig, env), outside)
  const pedidos = await openPedidos(parseConfig(PedidosConfig, env), outside)
  const pagos = await openPagos(parseConfig(PagosConfig, env), outside)
  const all = { auth, productos, inventario, pedidos, pagos }
  for (const [name, { app }] of Object.entries(all)) network.answer(`${name}.test`, app)
  async function close(): Promise<void> {
    for (const one of Object.values(all).toReversed()) await one.close()
  }
  return { ...all, network, close }
}

/** All of them, with an admin and clients. The folder is gone with `stop`, unless it is given as `kept`. */
export async function startInOneProcess(world: Partial<AuthOutside> = {}, kept?: string) {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'encargo-one-'))
  const first = { ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password }
  const { network, close, ...all } = await openAll(folder, world, first)
  return {
    clients: clientsAt(origins, network.fetch),
    /** Leads to them, each at its origin. */
    fetch: network.fetch,
    /** Where the databases are. */
    folder,
    /** From now on they also do what nobody asks for, whenever the timer of their world comes. */
    start() {
      for (const one of Object.values(all)) one.start()
    },
    /** What pedidos does in the background, once. */
    tick: () => all.pedidos.casos.driver.tick(),
    async stop() {
      await close()
      if (kept === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type OneProcess = Awaited<ReturnType<typeof startInOneProcess>>
