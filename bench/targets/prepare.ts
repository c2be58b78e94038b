import { Type } from '@sinclair/typebox'
import type { ServiceName } from '@encargo/service-kit/run/config'
import { forEachBounded } from '../../scripts/demo/pool.ts'
import { createHttp, type Http } from '../../scripts/demo/request.ts'
import { admin, type System } from './system.ts'
import type { Target } from './target.ts'

const Id = Type.Object({ id: Type.String() })
const Tokens = Type.Object({ access_token: Type.String(), refresh_token: Type.String() })
const password = 'compra-compra-compra'
/** Access tokens live ten minutes; a run may begin with one that is this old, in milliseconds. */
const goodForMs = 3 * 60_000

export type Clients = Readonly<Record<ServiceName, Http>>

const to = (base: string) => createHttp({ base, fetch, sleep: Bun.sleep })

export function connect(urls: Readonly<Record<ServiceName, string>>): Clients {
  return {
    auth: to(urls.auth),
    productos: to(urls.productos),
    inventario: to(urls.inventario),
    pedidos: to(urls.pedidos),
  }
}

/** Somebody who is logged in, and stays so however long the run takes. */
export class Login {
  readonly #auth: Http
  #tokens: { access: string; refresh: string; at: number }

  private constructor(auth: Http, access: string, refresh: string) {
    this.#auth = auth
    this.#tokens = { access, refresh, at: performance.now() }
  }

  static async as(auth: Http, body: { email: string; password: string }): Promise<Login> {
    const { access_token, refresh_token } = await auth.call('POST', '/login', Tokens, {
      body: { email: body.email, password: body.password },
    })
    return new Login(auth, access_token, refresh_token)
  }

  /** The same person at the same auth after it was started again elsewhere. */
  at(url: string): Login {
    const moved = new Login(to(url), '', '')
    moved.#tokens = this.#tokens
    return moved
  }

  async token(): Promise<string> {
    if (performance.now() - this.#tokens.at > goodForMs) {
      const body = { grant_type: 'refresh_token', refresh_token: this.#tokens.refresh }
      const issued = await this.#auth.call('POST', '/token', Tokens, { body })
      const { access_token: access, refresh_token: refresh } = issued
      this.#tokens = { access, refresh, at: performance.now() }
    }
    return this.#tokens.access
  }
}

export const loginAdmin = (clients: Clients) => Login.as(clients.auth, admin)

/** Registers shoppers and logs them in; each password is hashed twice, which takes its time. */
export async function createShoppers(clients: Clients, count: number): Promise<Login[]> {
  const shoppers: Login[] = []
  const numbers = Array.from({ length: count }, (_, at) => at)
  await forEachBounded(numbers, 4, async (number) => {
    const email = `comprador-${number}@encargo.example`
    const body = { email, password, nombre: `Comprador ${number}` }
    await clients.auth.call('POST', '/register', Type.Unknown(), { body })
    shoppers.push(await Login.as(clients.auth, { email, password }))
  })
  return shoppers
}

/** Puts products on sale, `stock` units of each, and answers their ids. */
export async function createProducts(
  clients: Clients,
  count: number,
  stock: number,
): Promise<string[]> {
  const login = await loginAdmin(clients)
  const ids: string[] = []
  const numbers = Array.from({ length: count }, (_, at) => at)
  await forEachBounded(numbers, 8, async (number) => {
    const token = await login.token()
    const product = { sku: `BENCH-${number}`, nombre: `Producto ${number}`, precio: 1999 }
    const { id } = await clients.productos.call('POST', '/productos', Id, { token, body: product })
    const body = { productoId: id, cantidad: stock }
    await clients.inventario.call('POST', '/inventario', Type.Unknown(), { token, body })
    ids.push(id)
  })
  return ids
}

export interface Shop {
  readonly shoppers: number
  readonly products: number
  readonly stock: number
}

/** Fills a running system with shoppers, products and stock through its own HTTP interface. */
export async function prepareSystem(system: System, shop: Shop): Promise<Target> {
  const clients = connect(system.urls)
  const productIds = await createProducts(clients, shop.products, shop.stock)
  const shoppers = await createShoppers(clients, shop.shoppers)
  return systemTarget(system, productIds, shoppers)
}

export function systemTarget(
  system: System,
  productIds: readonly string[],
  shoppers: readonly Login[],
): Target {
  return {
    name: 'system',
    origin: system.urls.pedidos,
    processes: system.processes,
    productIds,
    tokens: () => Promise.all(shoppers.map((shopper) => shopper.token())),
    stop: system.stop,
  }
}
