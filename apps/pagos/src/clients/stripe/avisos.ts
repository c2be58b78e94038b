import type { Evento } from './formas.ts'

/**
 * The events that are acted upon, and so the ones to choose where notices are set up there. How a session
 * ended is told by the session; the rest is told by what happened to its payment.
 */
export const eventosDeInteres = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'charge.captured',
  'charge.expired',
  'charge.refunded',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
] as const

const deInteres = new Set<string>(eventosDeInteres)

/** The session or the payment that it is about; undefined where it is about nothing that matters. */
export function asuntoDe({ type, data: { object } }: Evento): string | undefined {
  if (!deInteres.has(type)) return undefined
  if (/^(?:checkout\.session|payment_intent)\./.test(type)) return object.id
  const pago = object.payment_intent
  return typeof pago === 'object' ? pago?.id : pago
}
