import { ask } from '@encargo/client'
import { wordingOf } from '../caller.ts'
import type { Chance } from '../random.ts'
import { type Asked, type Bought, type Deed, key, noted, some, type Street } from './street.ts'

export const buy: Deed = async (street, chance) => {
  const { people, products, known } = street
  const who = chance.pick(people)
  const metodo = chance.pick([
    'tarjeta',
    'tarjeta',
    'tarjeta',
    'efectivo',
    'transferencia',
    'entrega',
    undefined,
  ] as const)
  const line = { productoId: chance.pick(products), cantidad: chance.between(1, 3) }
  const headers = { 'idempotency-key': key(chance) }
  const body = { lineas: [line], ...(metodo ? { pago: { metodo } } : {}) }
  const made = noted(
    street,
    'a purchase',
    await who.ask(({ pedidos }) => ask(pedidos.pedidos.post(body, { headers }))),
  )
  if (!made) return
  const order: Bought = { id: made.id, who, metodo, charges: [], ended: undefined, forced: false }
  known.orders.push(order)
  if (chance.happens(0.8)) await charge(street, order, chance)
  return 'compra'
}

/** For how long a request may be repeated with its key. */
const keptMs = 20 * 60 * 60_000

async function charge(street: Street, order: Bought, chance: Chance): Promise<void> {
  const { staff } = street
  const now = street.world.clock.ms()
  const last = order.charges.at(-1)
  const again = last && now - last.at < keptMs && chance.happens(0.2) ? last : undefined
  const other = chance.happens(0.25)
    ? chance.pick(['tarjeta', 'efectivo', 'transferencia'] as const)
    : undefined
  const asked: Asked = again ?? {
    key: key(chance),
    metodo: other ?? order.metodo ?? 'tarjeta',
    ids: new Set(),
    at: now,
  }
  if (!again) order.charges.push(asked)
  const { metodo } = asked
  const who = metodo === 'efectivo' || chance.happens(0.1) ? staff : order.who
  const headers = { 'idempotency-key': asked.key }
  const made = await who.ask(({ pagos }) =>
    ask(pagos.cobros.post({ pedidoId: order.id, metodo }, { headers })),
  )
  if (!again && made && !made.ok && made.problem.codigo === 'no-encontrado') {
    street.known.surprises.push(
      `charging an order that is there was answered ${wordingOf(made.problem)}`,
    )
  }
  const cobro = noted(street, 'a charge', made)
  if (cobro) asked.ids.add(`${who === staff ? 'staff' : 'own'} ${cobro.id}`)
}

export const pay: Deed = async (street, chance) => {
  const order = some(street.known.orders, chance)
  if (!order || (order.ended === 'Cancelado' && chance.happens(0.5))) return
  await charge(street, order, chance)
  return 'cobro'
}

/** At the provider's own page: what can't be done there any more is not done. */
