import { Type } from '@sinclair/typebox'
import { type Ask, ask, Order, persist, read } from './caller.ts'
import type { Product, Stock } from './ledger.ts'
import { Session } from './session.ts'
import { admin, type System } from './system.ts'

const Created = Type.Object({ id: Type.String() })
const Existencia = Type.Object({ fisico: Type.Integer(), reservado: Type.Integer() })
const Page = Type.Object({
  datos: Type.Array(Order),
  siguiente: Type.Union([Type.String(), Type.Null()]),
})

/** How long the healthy system may take for one request, with all the retries of its client. */
const healthyMs = 20_000

/** A request to a system in which everything runs. */
async function calmly(session: Session, request: Omit<Ask, 'token'>): Promise<unknown> {
  const send = async () => await ask({ ...request, token: await session.token() })
  const signal = AbortSignal.timeout(healthyMs)
  const answer = await persist(send, { signal, waitMs: () => 100, onRetry: () => {} })
  if (answer && answer.status < 300) return answer.body
  const status = answer ? `${answer.status} ${answer.codigo ?? ''}` : 'nothing'
  throw new Error(`${request.method} ${request.url} was answered ${status}`)
}

const answered = (body: unknown) => ({ status: 200, codigo: null, body })

export const staffOf = ({ origins }: System) => new Session(origins.auth, admin)

/** A small shop: few products and not much of each, so that they are fought over. */
export async function openShop(
  { origins }: System,
  staff: Session,
  { products, stock }: { products: number; stock: number },
): Promise<Product[]> {
  const made = Array.from({ length: products }, async (_, index): Promise<Product> => {
    const product = await calmly(staff, {
      method: 'POST',
      url: `${origins.productos}/productos`,
      body: { sku: `CAOS-${index}`, nombre: `Producto ${index}`, precio: 100 + index },
    })
    const { id } = read(Created, answered(product))
    const body = { productoId: id, cantidad: stock }
    await calmly(staff, { method: 'POST', url: `${origins.inventario}/inventario`, body })
    return { id, initial: stock, received: 0, taken: 0, unknown: 0 }
  })
  return await Promise.all(made)
}

/** Every order there is, newest first. */
export async function allOrders({ origins }: System, staff: Session): Promise<Order[]> {
  const orders: Order[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const rest = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const url = `${origins.pedidos}/pedidos?limite=200${rest}`
    const page: Page = read(Page, answered(await calmly(staff, { method: 'GET', url })))
    orders.push(...page.datos)
    cursor = page.siguiente
  }
  return orders
}

type Page = (typeof Page)['static']

/** Whether an order waits for its end, which it comes to by itself when its reservation runs out. */
export async function somePending({ origins }: System, staff: Session): Promise<boolean> {
  const url = `${origins.pedidos}/pedidos?estado=Pendiente&limite=1`
  return read(Page, answered(await calmly(staff, { method: 'GET', url }))).datos.length > 0
}

export async function allStocks(
  { origins }: System,
  staff: Session,
  products: readonly Product[],
): Promise<Map<string, Stock>> {
  const stocks = new Map<string, Stock>()
  for (const { id } of products) {
    const url = `${origins.inventario}/inventario/${id}`
    stocks.set(id, read(Existencia, answered(await calmly(staff, { method: 'GET', url }))))
  }
  return stocks
}
