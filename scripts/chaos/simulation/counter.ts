import { ask } from '@encargo/client'
import type { Chance } from '../random.ts'
import { type Deed, key, noted, some, type Street } from './street.ts'

export const cancel: Deed = async (street, chance) => {
  const order = some(street.known.orders, chance)
  if (!order) return
  const who = chance.happens(0.6) ? order.who : street.staff
  const answer = await who.ask(({ pedidos }) =>
    ask(pedidos.pedidos({ id: order.id }).patch({ estado: 'Cancelado' })),
  )
  if (!noted(street, 'cancelling', answer)) return
  order.ended = 'Cancelado'
  return 'cancelar'
}

export const complete: Deed = async (street, chance) => {
  const order = some(street.known.orders, chance)
  if (!order) return
  const forced = chance.happens(0.1)
  const body = {
    estado: 'Completado',
    ...(forced ? { forzar: true, motivo: 'lo pidió' } : {}),
  } as const
  if (forced) order.forced = true
  const answer = await street.staff.ask(({ pedidos }) =>
    ask(pedidos.pedidos({ id: order.id }).patch(body)),
  )
  if (!noted(street, 'completing', answer)) return
  order.ended = 'Completado'
  return 'completar'
}

export const makeSure: Deed = async (street, chance) => {
  const order = some(street.known.orders, chance)
  if (!order) return
  const answer = await street.staff.ask(({ pedidos }) =>
    ask(pedidos.pedidos({ id: order.id }).asegurar.post()),
  )
  return noted(street, 'making sure', answer) && 'asegurar'
}

export const credit: Deed = async (street, chance) => {
  const order = some(street.known.orders, chance)
  if (!order) return
  const headers = { 'idempotency-key': key(chance) }
  const body = {
    importe: chance.between(1, 120),
    motivo: 'Llegó con un golpe',
    causa: 'cortesia',
  } as const
  const answer = await street.staff.ask(({ pedidos }) =>
    ask(pedidos.pedidos({ id: order.id }).abonos.post(body, { headers })),
  )
  return noted(street, 'crediting', answer) && 'abonar'
}

export const annul: Deed = async (street, chance) => {
  const order = some(street.known.orders, chance)
  if (order?.ended !== 'Completado') return
  const answer = await street.staff.ask(({ pedidos }) =>
    ask(pedidos.pedidos({ id: order.id }).anulacion.post({ motivo: 'un error' })),
  )
  return noted(street, 'voiding', answer) && 'anular'
}

const someCharge = ({ known }: Street, chance: Chance) => {
  const order = some(known.orders, chance)
  const asked = order && some(order.charges, chance)
  const [id] = asked?.ids ?? []
  return order && asked && id !== undefined
    ? { order, asked, id: id.slice(id.indexOf(' ') + 1) }
    : undefined
}

/** Staff has money in hand, a part of it now and then. */
export const receive: Deed = async (street, chance) => {
  const one = someCharge(street, chance)
  if (!one || one.asked.metodo === 'tarjeta') return
  const { id } = one
  const seen = await street.staff.ask(({ pagos }) => ask(pagos.cobros({ id }).get()))
  const cobro = noted(street, 'a look at a charge', seen)
  if (!cobro) return
  const importe = chance.happens(0.2) ? chance.between(1, cobro.importe) : cobro.importe
  const referencia = `recibo-${key(chance)}`
  const headers = { 'idempotency-key': key(chance) }
  const answer = await street.staff.ask(({ pagos }) =>
    ask(pagos.cobros({ id }).capturas.post({ importe, referencia }, { headers })),
  )
  if (!noted(street, 'a receipt', answer)) return
  street.known.receipts.set(referencia, id)
  return 'recibir'
}

export const look: Deed = async (street, chance) => {
  const one = someCharge(street, chance)
  if (!one) return
  const answer = await street.staff.ask(({ pagos }) =>
    ask(pagos.cobros({ id: one.id }).consultar.post({})),
  )
  return noted(street, 'a question', answer) && 'consultar'
}

export const close: Deed = async (street, chance) => {
  const one = someCharge(street, chance)
  if (!one) return
  const answer = await street.staff.ask(({ pagos }) =>
    ask(pagos.cobros({ id: one.id }).cerrar.post({})),
  )
  return noted(street, 'closing', answer) && 'cerrar'
}

/** What such a receipt is called by. */
export const handed = 'devuelto-'

/** What a provider would not give back, or what is by hand, somebody has given back. */
export const giveBack: Deed = async (street, chance) => {
  const estado = chance.pick(['fallido', 'enviado'] as const)
  const list = await street.staff.ask(({ pagos }) =>
    ask(pagos.reembolsos.get({ query: { estado } })),
  )
  const page = noted(street, 'the refunds', list)
  const one = page && some(page.datos, chance)
  if (!one || (estado === 'enviado' && one.proveedor !== 'manual')) return
  const body = { estado: 'hecho', referencia: `${handed}${one.id}` } as const
  const answer = await street.staff.ask(({ pagos }) =>
    ask(pagos.reembolsos({ id: one.id }).patch(body)),
  )
  return noted(street, 'giving back', answer) && 'devolver'
}

/** More of what is fought over. */
export const restock: Deed = async (street, chance) => {
  const [productoId] = street.products
  const headers = { 'idempotency-key': key(chance) }
  const body = { tipo: 'ENTRADA', cantidad: chance.between(1, 8) } as const
  const answer = await street.staff.ask(({ inventario }) =>
    ask(inventario.inventario({ productoId }).patch(body, { headers })),
  )
  return noted(street, 'goods that came in', answer) && 'surtir'
}
