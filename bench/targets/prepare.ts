import { type Client, unwrap } from '@encargo/client'
import { atMost } from '@encargo/service-kit/async/at-most'
import { as, patientClient } from '../../scripts/lib/client.ts'
import { prepareSale, type WishKind } from './sale.ts'
import { admin, type System } from './system.ts'
import type { Target } from './target.ts'

const password = 'compra-compra-compra'
/** Access tokens live ten minutes; a run may begin with one that is this old, in milliseconds. */
const goodForMs = 3 * 60_000

/** Somebody who is logged in, and stays so however long the run takes. */
export class Login {
  readonly #client: Client
  #tokens: ReturnType<typeof tokensOf>

  private constructor(client: Client, tokens: ReturnType<typeof tokensOf>) {
    this.#client = client
    this.#tokens = tokens
  }

  static async as(client: Client, who: { email: string; password: string }): Promise<Login> {
    const { email, password } = who
    return new Login(client, tokensOf(await unwrap(client.auth.login.post({ email, password }))))
  }

  /** The same person in the same shop after it was started again elsewhere. */
  at(client: Client): Login {
    return new Login(client, this.#tokens)
  }

  async token(): Promise<string> {
    if (performance.now() - this.#tokens.at > goodForMs) {
      const body = { grant_type: 'refresh_token', refresh_token: this.#tokens.refresh } as const
      this.#tokens = tokensOf(await unwrap(this.#client.auth.token.post(body)))
    }
    return this.#tokens.access
  }
}

interface Issued {
  readonly access_token: string
  /** Whoever logs in with a password gets one. */
  readonly refresh_token?: string
}

const tokensOf = ({ access_token: access, refresh_token: refresh = '' }: Issued) => ({
  access,
  refresh,
  at: performance.now(),
})

export const loginAdmin = (client: Client) => Login.as(client, admin)

/** Registers shoppers and logs them in; each password is hashed twice, which takes its time. */
export async function createShoppers(client: Client, count: number): Promise<Login[]> {
  const shoppers: Login[] = []
  await atMost(4, Array(count).keys(), async (number) => {
    const email = `comprador-${number}@encargo.example`
    const body = { email, password, nombre: `Comprador ${number}` }
    await unwrap(client.auth.register.post(body))
    shoppers.push(await Login.as(client, body))
  })
  return shoppers
}

/** Puts products on sale, `stock` units of each, and answers their ids. */
export async function createProducts(
  client: Client,
  count: number,
  stock: number,
): Promise<string[]> {
  const login = await loginAdmin(client)
  const ids: string[] = []
  await atMost(8, Array(count).keys(), async (number) => {
    const token = await login.token()
    const product = { sku: `BENCH-${number}`, nombre: `Producto ${number}`, precio: 1999 }
    const { id } = await unwrap(client.productos.productos.post(product, as(token)))
    const body = { productoId: id, cantidad: stock }
    await unwrap(client.inventario.inventario.post(body, as(token)))
    ids.push(id)
  })
  return ids
}

export interface Shop {
  /** Of each replica. */
  readonly shoppers: number
  readonly products: number
  readonly stock: number
  /** What each purchase is; products alone unless told otherwise. */
  readonly wish?: WishKind | undefined
}

/** Fills a running system with shoppers, products and stock through its own HTTP interface. */
export async function prepareSystem(system: System, shop: Shop): Promise<Target> {
  const client = patientClient(system.urls)
  const productIds = await createProducts(client, shop.products, shop.stock)
  const shoppers = await createShoppers(client, shop.shoppers * system.origins.length)
  const token = await (await loginAdmin(client)).token()
  const wish = await prepareSale(client, shop.wish ?? 'productos', token)
  return { ...systemTarget(system, productIds, shoppers), wish }
}

export function systemTarget(
  system: System,
  productIds: readonly string[],
  shoppers: readonly Login[],
): Target {
  return {
    name: 'system',
    origins: system.origins,
    processes: system.processes,
    productIds,
    tokens: () => Promise.all(shoppers.map((shopper) => shopper.token())),
    stop: system.stop,
  }
}
