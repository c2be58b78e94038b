import { atMost } from '@encargo/service-kit/async/at-most'
import { type Answer, ask, type Client } from '@encargo/client'
import { Person, persist, wordingOf } from './caller.ts'
import type { Order, Product, Stock } from './ledger.ts'
import type { Mail } from './mails.ts'
import { card, coupons, mailSettings, method, tax } from './sale.ts'
import type { Someone } from './simulation/people.ts'
import { admin, type System } from './system.ts'

/** How long the healthy system may take for one request, with all the retries of its client. */
const healthyMs = 20_000

/** A request to a system in which everything runs. */
async function calmly<T, P extends { codigo: string; status: number }>(
  who: Person,
  send: (client: Client) => Promise<Answer<T, P>>,
): Promise<T> {
  const signal = AbortSignal.timeout(healthyMs)
  const request = async () => await send(await who.client())
  const answer = await persist(request, { signal, waitMs: () => 100 })
  if (answer?.ok) return answer.data
  const what = answer ? wordingOf(answer.problem) : 'with nothing'
  throw new Error(`a request to the healthy system was answered ${what}`)
}

/** Whoever asks in the end, when everything runs. */
export const patient = (who: Person): Pick<Someone, 'ask'> => ({
  async ask(send) {
    const request = async () => await send(await who.client())
    const signal = AbortSignal.timeout(healthyMs)
    return (await persist(request, { signal, waitMs: () => 100 })) ?? undefined
  },
})

export const staffOf = ({ origins }: System, onStrange: (what: string) => void) =>
  new Person(origins, admin, onStrange)

/** A small shop: few products and not much of each, few uses of its coupon, so that they are fought over. */
export async function openShop(
  staff: Person,
  { products, stock }: { products: number; stock: number },
): Promise<Product[]> {
  await calmly(staff, ({ productos }) => ask(productos.impuestos({ codigo: 'general' }).put(tax)))
  await calmly(staff, ({ pedidos }) => ask(pedidos['metodos-envio'].post(method)))
  await calmly(staff, ({ pedidos }) => ask(pedidos.ajustes.avisos.put(mailSettings)))
  await calmly(staff, ({ pagos }) => ask(pagos['metodos-pago']({ codigo: 'tarjeta' }).put(card)))
  for (const one of coupons) await calmly(staff, ({ pedidos }) => ask(pedidos.cupones.post(one)))
  const made = Array.from({ length: products }, async (_, index): Promise<Product> => {
    const product = { sku: `CAOS-${index}`, nombre: `Producto ${index}`, precio: 100 + index }
    const { id } = await calmly(staff, ({ productos }) => ask(productos.productos.post(product)))
    const body = { productoId: id, cantidad: stock }
    await calmly(staff, ({ inventario }) => ask(inventario.inventario.post(body)))
    return { id, initial: stock, received: 0, taken: 0, unknown: 0 }
  })
  return await Promise.all(made)
}

/** Every order there is, newest first. */
export async function allOrders(staff: Person): Promise<Order[]> {
  const orders: Order[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = { limite: 200, ...(cursor !== '' && { cursor }) }
    const page: { datos: Order[]; siguiente: string | null } = await calmly(staff, ({ pedidos }) =>
      ask(pedidos.pedidos.get({ query })),
    )
    orders.push(...page.datos)
    cursor = page.siguiente
  }
  return orders
}

/** Whether an order waits for its end, which it comes to by itself when its reservation runs out. */
export async function somePending(staff: Person): Promise<boolean> {
  const query = { estado: 'Pendiente', limite: 1 } as const
  const { datos } = await calmly(staff, ({ pedidos }) => ask(pedidos.pedidos.get({ query })))
  return datos.length > 0
}

/** Whether a mail waits to be sent. */
export async function someUnsent(staff: Person): Promise<boolean> {
  const query = { estado: 'por-enviar', limite: 1 } as const
  const { datos } = await calmly(staff, ({ pedidos }) => ask(pedidos.avisos.get({ query })))
  return datos.length > 0
}

/** How many orders are asked about side by side. */
const atOnce = 8

/** The mails about each order. */
export async function allMails(
  staff: Person,
  orders: readonly Order[],
): Promise<Map<string, readonly Mail[]>> {
  const mails = new Map<string, readonly Mail[]>()
  await atMost(atOnce, orders, async ({ id }) => {
    const one = calmly(staff, ({ pedidos }) => ask(pedidos.pedidos({ id }).avisos.get()))
    mails.set(id, (await one).datos)
  })
  return mails
}

export async function allStocks(
  staff: Person,
  products: readonly Product[],
): Promise<Map<string, Stock>> {
  const stocks = new Map<string, Stock>()
  for (const { id } of products) {
    const one = calmly(staff, ({ inventario }) =>
      ask(inventario.inventario({ productoId: id }).get()),
    )
    stocks.set(id, await one)
  }
  return stocks
}
