import { cpSync, mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backgroundCall } from '@encargo/service-kit/peer/call-context'
import { connectPeer } from '@encargo/service-kit/peer/peer-link'
import { ServiceToken } from '@encargo/service-kit/peer/service-token'
import { parseConfig } from '@encargo/service-kit/run/config'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { testOutside } from '@encargo/service-kit/testing/outside'
import {
  createTestClock,
  createTestTokens,
  testServiceOptions,
} from '@encargo/service-kit/testing/service'
import { openAuthStorage } from '../../apps/auth/src/store/sqlite/open.ts'
import { createAuthStore } from '../../apps/auth/src/store/store.ts'
import { createInstalacion as createInstalacionDeStock } from '../../apps/inventario/src/app/instalacion.ts'
import { createApp as createInventario } from '../../apps/inventario/src/http/app.ts'
import { openInventarioStorage } from '../../apps/inventario/src/store/sqlite/open.ts'
import { createInventarioStore } from '../../apps/inventario/src/store/store.ts'
import { createReservas } from '../../apps/pedidos/src/clients/inventario.ts'
import { PedidosConfig } from '../../apps/pedidos/src/config.ts'
import type { EstadoFinal } from '../../apps/pedidos/src/domain/pedido.ts'
import type { Catalogo, Clientes } from '../../apps/pedidos/src/ports/peers.ts'
import { cambiar } from '../../apps/pedidos/src/app/cambiar.ts'
import { componer } from '../../apps/pedidos/src/open.ts'
import { type Inicio, instalacionDe, leerInicio } from '../../apps/pedidos/src/store/inicio.ts'
import { openPedidosStorage } from '../../apps/pedidos/src/store/sqlite/open.ts'
import { createProductosStore } from '../../apps/productos/src/store/store.ts'
import { openProductosStorage } from '../../apps/productos/src/store/sqlite/open.ts'
import { fileOf, services } from './databases.ts'

const tokens = createTestTokens()
const operador = Bun.randomUUIDv7()

function openStores(dataDir: string) {
  const auth = openAuthStorage(fileOf(dataDir, 'auth'))
  const productos = openProductosStorage(fileOf(dataDir, 'productos'))
  const inventario = openInventarioStorage(fileOf(dataDir, 'inventario'))
  const pedidos = openPedidosStorage(fileOf(dataDir, 'pedidos'))
  return {
    auth: createAuthStore(auth),
    inventario,
    pedidos,
    catalogo: createProductosStore(productos),
    close: () => Promise.all([auth, productos, inventario, pedidos].map((one) => one.close())),
  }
}
type Stores = ReturnType<typeof openStores>

const clientesOf = ({ auth }: Stores): Clientes => ({
  async buscar(id) {
    const [found] = await auth.usuarios.porIds([id])
    return found && { id, activo: found.activo, confirmado: true }
  },
  hallar: async (q) => (await auth.usuarios.listar({ q, limite: 200 })).map(({ id }) => id),
  async borrados() {
    const rows = await auth.auditoria.eliminados({ despuesDe: 0, limite: 200 })
    return { ids: rows.map(({ id }) => id), siguiente: undefined }
  },
})

const catalogoOf = ({ catalogo }: Stores): Catalogo => ({
  async buscar(ids) {
    return new Map(
      (await catalogo.articulos(ids)).map((one) => [one.id, { ...one, moneda: 'USD' }]),
    )
  },
})

type Clock = ReturnType<typeof createTestClock>

/** inventario's app over its store, as pedidos' client meets it; `away` makes it unreachable. */
function inventarioOf({ inventario, pedidos }: Stores, inicio: Inicio, clock: Clock) {
  const store = createInventarioStore(inventario, () => Bun.randomUUIDv7())
  const app = createInventario({
    ...testServiceOptions(tokens.verifier),
    store,
    catalogo: { existe: async () => true, porIds: async () => [], porSkus: async () => [] },
    instalacion: createInstalacionDeStock(store),
    clock,
    plazoSegundos: 86_400,
  })
  const state = { away: false }
  const handle = async (input: string | URL | Request, init?: RequestInit) => {
    if (state.away) throw new TypeError('Unable to connect')
    const request = input instanceof Request ? input : new Request(String(input), init)
    return await app.handle(request)
  }
  const fetcher = Object.assign(handle, { preconnect: fetch.preconnect })
  const link = connectPeer('inventario', 'http://inventario.test', {
    logger: silentLogger,
    fetch: fetcher,
  })
  const token = new ServiceToken(async () => ({
    access_token: tokens.token({ scopes: ['inventario:reservar'] }),
    expires_in: 600,
  }))
  const reservas = createReservas(link, token, instalacionDe(pedidos, inicio), testOutside())
  return { store, state, link, reservas }
}

/**
 * The four databases of a shop in `dataDir`, written by the services' own stores, apps and use cases, in
 * one process and with a clock that moves when told. Drivers run when told.
 */
export async function openShop(dataDir: string, clock: Clock = createTestClock(Date.now())) {
  const stores = openStores(dataDir)
  const inicio = await stores.pedidos.read(leerInicio)
  const inventario = inventarioOf(stores, inicio, clock)
  const { casos, store } = componer(
    parseConfig(PedidosConfig, { RATE_LIMIT: 'off', PEDIDOS_ABIERTOS: '1000000' }),
    testOutside({ clock, random: () => 0.5 }),
    stores.pedidos,
    inicio,
    {
      clientes: clientesOf(stores),
      catalogo: catalogoOf(stores),
      reservas: inventario.reservas,
      fetchKeys: () => Promise.resolve(tokens.jwks),
      peers: [],
    },
    () => undefined,
  )

  async function cliente(): Promise<string> {
    const id = Bun.randomUUIDv7()
    const datos = { email: `${id}@correo.example`, nombre: 'Ana', cedula: null, telefono: null }
    const confirmado = { emailConfirmadoEn: clock.ms() }
    const nuevo = { id, ...datos, ...confirmado, rol: 'cliente', passwordHash: 'none' } as const
    await stores.auth.usuarios.crear({ nuevo, now: clock.ms() })
    return id
  }

  /** Whoever sets prices and moves stock here is the shop's admin. */
  async function abrirPersonal(): Promise<void> {
    const [known] = await stores.auth.usuarios.porIds([operador])
    if (known) return
    const datos = { email: 'ada@encargo.example', nombre: 'Ada', cedula: null, telefono: null }
    const persona = { id: operador, ...datos, emailConfirmadoEn: clock.ms() }
    const nuevo = { ...persona, rol: 'admin', passwordHash: 'none' } as const
    await stores.auth.usuarios.crear({ nuevo, now: clock.ms() })
  }

  async function producto(cantidad: number, precio = 500): Promise<string> {
    await abrirPersonal()
    const id = Bun.randomUUIDv7()
    const rest = { descripcion: '', categoria: null, imagenUrl: null, atributos: {}, activo: true }
    const datos = { sku: `SKU-${id}`, nombre: 'Café de altura', precio, ...rest }
    await stores.catalogo.crear(id, datos, { usuarioId: operador, ahora: clock.ms() })
    await inventario.store.crear({
      productoId: id,
      cantidad,
      umbralMinimo: 0,
      usuarioId: operador,
      ahora: clock.ms(),
    })
    return id
  }

  async function comprar(
    compradorId: string,
    lineas: readonly { productoId: string; cantidad: number }[],
    { clave, completar = false }: { clave?: string; completar?: boolean } = {},
  ) {
    const solicitud = {
      compradorId,
      clienteId: compradorId,
      lineas,
      notas: null,
      direccionEnvio: null,
      completar,
      delPersonal: false,
    }
    const key =
      clave === undefined ? undefined : { usuarioId: compradorId, clave, huella: 'huella' }
    const compra = await casos.comprador.comprar(solicitud, key, backgroundCall())
    if (compra.tipo !== 'creado') throw new Error(`not bought: ${JSON.stringify(compra)}`)
    return compra.pedido
  }

  /** @throws Error when it did not come to that end now */
  async function terminar(id: string, estado: EstadoFinal): Promise<void> {
    const peticion = { id, estado, actor: operador, motivo: null, ve: () => true }
    const todo = { ...peticion, admite: () => true }
    const cambio = await cambiar(casos.deps, casos.cumplidor, todo, backgroundCall())
    if (cambio.tipo !== 'hecho') throw new Error(`not ended: ${JSON.stringify(cambio)}`)
  }

  return {
    dataDir,
    clock,
    stores,
    casos,
    inventario,
    operador,
    cliente,
    producto,
    comprar,
    terminar,
    /** One round of both services' drivers. */
    async tick() {
      await inventario.store.expirarVencidas(clock.ms(), 1_000)
      await casos.driver.tick()
    },
    /** Brings what pedidos derives from its orders up to them: lists, the index, the summary. */
    async follow() {
      for (const seguidor of store.seguidores) await seguidor.alDia({ maxMs: Infinity })
    },
    async close() {
      await casos.stop()
      await stores.close()
    },
  }
}
export type Shop = Awaited<ReturnType<typeof openShop>>

/** A folder that is there until `remove`. */
export function temporaryFolder(name: string) {
  const folder = mkdtempSync(join(tmpdir(), `encargo-${name}-`))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A shop that has seen everything that may happen to an order. Answers what is in it, closed. */
export async function fillShop(dataDir: string, clock?: Clock) {
  const shop = await openShop(dataDir, clock)
  const [ana, luis] = [await shop.cliente(), await shop.cliente()]
  const [cafe, taza] = [await shop.producto(100), await shop.producto(20, 1_250)]
  const dos = [
    { productoId: cafe, cantidad: 2 },
    { productoId: taza, cantidad: 1 },
  ]
  const pendiente = await shop.comprar(ana, dos, { clave: 'uno' })
  const completado = await shop.comprar(luis, dos)
  await shop.terminar(completado.id, 'Completado')
  const otro = await shop.comprar(ana, [{ productoId: cafe, cantidad: 5 }], { clave: 'dos' })
  await shop.terminar(otro.id, 'Completado')
  const cancelado = await shop.comprar(luis, dos)
  await shop.terminar(cancelado.id, 'Cancelado')
  await shop.inventario.store.cambiar({
    productoId: cafe,
    cambio: { tipo: 'movimiento', movida: { tipo: 'SALIDA', cantidad: 3, motivo: 'rotura' } },
    usuarioId: operador,
    ahora: shop.clock.ms(),
    admite: () => true,
    clave: { clave: 'k', huella: 'h' },
  })
  await shop.follow()
  await shop.close()
  return { clock: shop.clock, ana, luis, cafe, taza, pendiente, completado, otro, cancelado }
}
export type Filled = Awaited<ReturnType<typeof fillShop>>

/** A copy of a closed shop, for a test to spoil. */
export function copyShop(from: string, to: string): void {
  for (const service of services) cpSync(fileOf(from, service), fileOf(to, service))
}

/** Makes both services seem to have been at work until `ms`, since the epoch. */
export function aliveUntil(dataDir: string, ms: number): void {
  for (const service of services) utimesSync(fileOf(dataDir, service), ms / 1000, ms / 1000)
}
