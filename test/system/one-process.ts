import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { treaty } from '@elysiajs/eden'
import { connectPeer } from '@encargo/service-kit/peer/peer-link'
import { fetchKeysFrom } from '@encargo/service-kit/identity/jwks'
import { randomSecret } from '@encargo/service-kit/identity/service-accounts'
import { parseConfig, type ServiceName } from '@encargo/service-kit/run/config'
import { testOutside } from '@encargo/service-kit/testing/outside'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { TokenVerifier } from '@encargo/service-kit/identity/tokens'
import { type AuthApp, createApp as createAuth } from '../../apps/auth/src/app.ts'
import { Background } from '../../apps/auth/src/background.ts'
import { ensureFirstAdmin, registerServices } from '../../apps/auth/src/bootstrap.ts'
import { createCuentas } from '../../apps/auth/src/domain/cuentas.ts'
import { createFrenos } from '../../apps/auth/src/domain/frenos.ts'
import { createReglaPassword } from '../../apps/auth/src/domain/regla-password.ts'
import { clavesDeAuth } from '../../apps/auth/src/routes/jwks.ts'
import { fixedKeyRing } from '../../apps/auth/src/security/key-ring.ts'
import { Passwords } from '../../apps/auth/src/security/passwords.ts'
import { newPrivateKeyPem, readSigningKey } from '../../apps/auth/src/security/signing-key.ts'
import { openAuthStore } from '../../apps/auth/src/store/sqlite.ts'
import type { InventarioApp } from '@encargo/inventario'
import { InventarioConfig } from '../../apps/inventario/src/config.ts'
import { open as openInventario } from '../../apps/inventario/src/open.ts'
import type { PedidosApp } from '@encargo/pedidos'
import { PedidosConfig } from '../../apps/pedidos/src/config.ts'
import { open as openPedidos } from '../../apps/pedidos/src/open.ts'
import type { ProductosApp } from '@encargo/productos'
import { ProductosConfig } from '../../apps/productos/src/config.ts'
import { open as openProductos } from '../../apps/productos/src/open.ts'
import { admin, type Clients } from './harness.ts'

type Handle = (request: Request) => Promise<Response>

/** A fetch that hands each request to the app of the host that it names. */
function createNetwork() {
  const handles = new Map<string, Handle>()
  const route = async (input: string | URL | Request, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(String(input), init)
    const handle = handles.get(new URL(request.url).hostname)
    return handle ? await handle(request) : new Response('no such host', { status: 502 })
  }
  const network: typeof fetch = Object.assign(route, { preconnect: fetch.preconnect })
  const connect = (name: ServiceName) =>
    connectPeer({ name, origin: `http://${name}.test`, logger: silentLogger, fetch: network })
  return { handles, network, connect }
}

type Connect = ReturnType<typeof createNetwork>['connect']
const now = () => new Date()
const newId = () => Bun.randomUUIDv7()
// How strong passwords and their hashes must be, auth's own tests prove.
const estimate = () => Promise.resolve({ score: 4, dictionaries: [] })

/** What every app is given. */
function common(
  connect: Connect,
  storage: { health(): { ok: true } | { ok: false; reason: string } },
) {
  return {
    logger: silentLogger,
    verifier: new TokenVerifier({ fetchKeys: fetchKeysFrom(connect('auth')) }),
    health: { storage: () => storage.health() },
    corsOrigins: [],
    rateLimit: 'off' as const,
    now,
    newId,
  }
}

/** Mails stay owed here: nobody reads them. */
const correoDebido = () => {}

async function startAuth(
  connect: Connect,
  folder: string,
  secrets: Record<'pedidos' | 'pagos', string>,
) {
  const store = openAuthStore(join(folder, 'auth.db'))
  const issuer = 'http://auth.test'
  const ring = fixedKeyRing(await readSigningKey(newPrivateKeyPem()))
  const passwords = await Passwords.create({ cost: { memoryCost: 8, timeCost: 1 } })
  const regla = createReglaPassword(estimate)
  const frenos = createFrenos(store, now)
  const cuentas = createCuentas({ store, passwords, now, newId, regla, frenos, correoDebido })
  await registerServices(store.cuentas, secrets, { now: Date.now(), logger: silentLogger })
  await ensureFirstAdmin(cuentas, store.usuarios, { admin, logger: silentLogger })
  const app = createAuth({
    ...common(connect, store.storage),
    verifier: new TokenVerifier({
      fetchKeys: () => clavesDeAuth({ ring, issuer, auditoria: store.auditoria, now }),
    }),
    store,
    ring,
    issuer,
    passwords,
    estimate,
    background: new Background(silentLogger),
    correoDebido,
    direccionDe: () => null,
  })
  return { app, close: () => store.storage.close() }
}

export interface OneProcess {
  readonly clients: Clients
  /** Where the databases are. */
  readonly folder: string
  /** What pedidos does in the background, once. */
  tick(): Promise<void>
  stop(): Promise<void>
}

/** The four apps in this process, on real databases, calling each other without a network. */
export async function startInOneProcess(): Promise<OneProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'encargo-one-'))
  const { handles, network: fetcher, connect } = createNetwork()
  const secrets = { pedidos: randomSecret(), pagos: randomSecret() }
  const auth = await startAuth(connect, folder, secrets)
  const env = {
    DATA_DIR: folder,
    RATE_LIMIT: 'off',
    AUTH_URL: 'http://auth.test',
    PRODUCTOS_URL: 'http://productos.test',
    INVENTARIO_URL: 'http://inventario.test',
    PEDIDOS_ABIERTOS: '1000000',
    PEDIDOS_CLIENT_SECRET: secrets.pedidos,
  }
  const outside = testOutside({ fetch: fetcher })
  const productos = await openProductos(parseConfig(ProductosConfig, env), outside)
  const inventario = await openInventario(parseConfig(InventarioConfig, env), outside)
  const pedidos = await openPedidos(parseConfig(PedidosConfig, env), outside)
  const apps = { auth, productos, inventario, pedidos }
  for (const [name, { app }] of Object.entries(apps)) {
    handles.set(`${name}.test`, (request) => app.handle(request))
  }
  const options = { fetcher, parseDate: false } as const
  return {
    folder,
    tick: () => pedidos.saga.driver.tick(),
    clients: {
      auth: treaty<AuthApp>('http://auth.test', options),
      productos: treaty<ProductosApp>('http://productos.test', options),
      inventario: treaty<InventarioApp>('http://inventario.test', options),
      pedidos: treaty<PedidosApp>('http://pedidos.test', options),
    },
    async stop() {
      for (const { close } of [pedidos, inventario, productos, auth]) await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
