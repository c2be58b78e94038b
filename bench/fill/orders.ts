import type { EstadoReserva } from '../../apps/inventario/src/domain/reserva.ts'
import type { Estado } from '../../apps/pedidos/src/domain/pedido.ts'

export interface Product {
  readonly id: string
  readonly sku: string
  readonly nombre: string
  readonly precio: number
}

export interface StoredOrder {
  readonly numero: number
  readonly id: string
  readonly clienteId: string
  readonly estado: Estado
  readonly reserva: EstadoReserva
  readonly lineas: readonly { readonly producto: Product; readonly cantidad: number }[]
  /** Milliseconds since the epoch, as the other two. */
  readonly creadoEn: number
  readonly terminadoEn: number | null
  readonly expiraEn: number
}

export interface History {
  readonly count: number
  readonly products: readonly Product[]
  /** The first one has made one order in ten, the others share the rest. */
  readonly customers: readonly string[]
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Between two orders; 30 s unless told otherwise. */
  readonly apartMs?: number
}

const usuallyApartMs = 30_000
const ttlMs = 24 * 3600 * 1000
const longestPending = 1_000

/**
 * The past of a shop, oldest first: an order every 30 s. One in a hundred, the newest and never
 * more than a thousand, is Pendiente, as a shop has few open orders however many it has had; of the
 * others one in ten was cancelled. Ids are random, as those of orders with an idempotency key are.
 */
export function* history(past: History): Generator<StoredOrder> {
  const { count, products, customers, now, apartMs = usuallyApartMs } = past
  const pending = Math.min(longestPending, Math.ceil(count / 100))
  for (let numero = 1; numero <= count; numero++) {
    const creadoEn = now - (count - numero + 1) * apartMs
    const open = numero > count - pending
    const cancelled = !open && numero % 10 === 3
    const customer = numero % 10 === 0 ? 0 : 1 + (numero % Math.max(1, customers.length - 1))
    const line = (step: number) => {
      const producto = products[(numero * step) % products.length]
      if (!producto) throw new TypeError('there are no products')
      return { producto, cantidad: 1 + (numero % 3) }
    }
    const first = line(7)
    const second = line(11)
    yield {
      numero,
      id: crypto.randomUUID(),
      clienteId: customers[customer] ?? '',
      estado: open ? 'Pendiente' : cancelled ? 'Cancelado' : 'Completado',
      reserva: open ? 'activa' : cancelled ? 'liberada' : 'confirmada',
      lineas: first.producto === second.producto ? [first] : [first, second],
      creadoEn,
      terminadoEn: open ? null : creadoEn + apartMs / 2,
      expiraEn: creadoEn + ttlMs,
    }
  }
}
