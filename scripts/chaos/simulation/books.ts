import type { Books } from '../../fake-stripe/books.ts'

/** What a provider holds of a charge, by its own books. */
export interface Held {
  readonly cobroId: string
  readonly sessions: number
  readonly captured: number
  readonly refunded: number
  readonly disputed: number
  /** Refunds that went through under the same name more than once. */
  readonly twice: number
}

const sum = (all: readonly number[]) => all.reduce((hasta, one) => hasta + one, 0)

function heldOf(books: Books, sessions: readonly { readonly payment_intent: string | null }[]) {
  const intents = new Set(
    sessions.flatMap(({ payment_intent: one }) => (one === null ? [] : [one])),
  )
  const charges = [...books.charges.values()].filter(
    (one) => intents.has(one.payment_intent) && one.paid && one.captured,
  )
  const mine = new Set(charges.map(({ id }) => id))
  const refunds = [...books.refunds.values()].filter(
    (one) => mine.has(one.charge) && one.balance_transaction !== null && one.status !== 'failed',
  )
  const disputes = [...books.disputes.values()].filter(
    (one) => mine.has(one.charge) && one.status !== 'won',
  )
  const names = refunds.map(({ metadata }) => metadata['clave'])
  return {
    captured: sum(charges.map((one) => one.amount_captured)),
    refunded: sum(refunds.map(({ amount }) => amount)),
    disputed: sum(disputes.map(({ amount }) => amount)),
    twice: names.length - new Set(names).size,
  }
}

/** By charge. */
export function allHeld(books: Books): Held[] {
  const sessions = Map.groupBy(books.sessions.values(), (one) => one.client_reference_id ?? '')
  return [...sessions].map(([cobroId, some]) => ({
    cobroId,
    sessions: some.length,
    ...heldOf(books, some),
  }))
}
