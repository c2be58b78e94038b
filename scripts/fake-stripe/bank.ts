import type { Books } from './books.ts'
import { type Charge, type Dispute, type Intent, type Refund, Refusal } from './objects.ts'

const currencyOf = ({ currency }: { readonly currency: string }) => currency.toUpperCase()

function newRefund(
  books: Books,
  { id, currency, payment_intent }: Charge,
  more: Pick<Refund, 'amount' | 'balance_transaction' | 'metadata'>,
): Refund {
  const made: Refund = {
    ...more,
    id: books.name('re'),
    object: 'refund',
    charge: id,
    created: books.now(),
    currency,
    payment_intent,
    reason: null,
    status: 'succeeded',
  }
  books.refunds.set(made.id, made)
  return made
}

function countRefund(books: Books, charge: Charge, amount: number): void {
  charge.amount_refunded += amount
  charge.refunded = charge.amount_refunded === charge.amount
  books.tell('charge.refunded', charge)
}

/** Money that was held goes back without ever having been taken: a refund with nothing in the books. */
function release(books: Books, charge: Charge, amount: number): void {
  newRefund(books, charge, { amount, balance_transaction: null, metadata: {} })
  countRefund(books, charge, amount)
}

/** Takes what is held. */
export function capture(books: Books, intent: Intent, amount: number): void {
  if (intent.status !== 'requires_capture') {
    const message = `This PaymentIntent could not be captured because it is ${intent.status}.`
    throw new Refusal(message, 'payment_intent_unexpected_state')
  }
  if (amount > intent.amount_capturable || amount <= 0) {
    throw new Refusal('The amount is more than can be captured.', 'amount_too_large')
  }
  const charge = books.charges.get(intent.latest_charge ?? '')
  const session = books.sessionOf(intent.id)
  if (charge === undefined || session === undefined) throw new Error('held by nobody')
  charge.captured = true
  charge.amount_captured = amount
  charge.balance_transaction = books.enter(amount, charge.currency)
  intent.status = 'succeeded'
  intent.amount_received = amount
  intent.amount_capturable = 0
  session.payment_status = 'paid'
  if (amount < charge.amount) release(books, charge, charge.amount - amount)
  books.tell('charge.captured', charge)
  books.tell('payment_intent.succeeded', intent)
}

/** Lets go of what is held. */
export function cancel(books: Books, intent: Intent): void {
  if (intent.status !== 'requires_capture') {
    const message = 'You cannot cancel this PaymentIntent: expire its Checkout Session instead.'
    throw new Refusal(message, 'payment_intent_unexpected_state')
  }
  const charge = books.charges.get(intent.latest_charge ?? '')
  books.cancel(intent, 'requested_by_customer')
  if (charge) release(books, charge, charge.amount)
}

export interface RefundParams {
  readonly intent: string
  readonly amount: number | undefined
  readonly metadata: Readonly<Record<string, string>>
}

export function refund(books: Books, { intent: id, amount, metadata }: RefundParams): Refund {
  const intent = books.intent(id)
  const charge = books.charges.get(intent.latest_charge ?? '')
  if (charge === undefined || !charge.paid || !charge.captured) {
    throw new Refusal('This PaymentIntent has no successful charge to refund.')
  }
  const disputes = [...books.disputes.values()].filter((one) => one.charge === charge.id)
  if (disputes.some(({ status }) => status !== 'won')) {
    throw new Refusal('The charge has been charged back.', 'charge_disputed')
  }
  const released = charge.amount - charge.amount_captured
  const left = charge.amount_captured - (charge.amount_refunded - released)
  if (left === 0) throw new Refusal('The charge was refunded already.', 'charge_already_refunded')
  const back = amount ?? left
  if (back <= 0 || back > left) {
    const message = `Refund amount (${back} ${currencyOf(charge)}) is greater than unrefunded amount`
    throw new Refusal(`${message} (${left} ${currencyOf(charge)}).`)
  }
  const balance_transaction = books.enter(-back, charge.currency)
  const made = newRefund(books, charge, { amount: back, balance_transaction, metadata })
  books.tell('refund.created', made)
  countRefund(books, charge, back)
  return made
}

function paid(books: Books, session: string): { intent: Intent; charge: Charge } {
  const found = books.paidOf(books.session(session))
  if (found) return found
  throw new Refusal('Nobody paid this session')
}

/** The shopper's bank sends the last refund back. */
export function failRefund(books: Books, session: string): void {
  const { charge } = paid(books, session)
  const last = [...books.refunds.values()].findLast((one) => one.charge === charge.id)
  if (last?.status !== 'succeeded') throw new Refusal('No refund of this session could fail')
  last.status = 'failed'
  last.failure_reason = 'lost_or_stolen_card'
  books.enter(last.amount, last.currency)
  charge.amount_refunded -= last.amount
  charge.refunded = false
  books.tell('refund.updated', last)
  books.tell('refund.failed', last)
}

/** The shopper complains to the bank, which takes the money until it has judged. */
export function dispute(books: Books, session: string): Dispute {
  const { intent, charge } = paid(books, session)
  const made: Dispute = {
    id: books.name('dp'),
    object: 'dispute',
    amount: charge.amount_captured,
    charge: charge.id,
    created: books.now(),
    currency: charge.currency,
    payment_intent: intent.id,
    reason: 'fraudulent',
    status: 'needs_response',
  }
  books.disputes.set(made.id, made)
  charge.disputed = true
  books.tell('charge.dispute.created', made)
  books.tell('charge.dispute.funds_withdrawn', made)
  return made
}

export function judge(books: Books, session: string, status: 'won' | 'lost'): void {
  const { charge } = paid(books, session)
  const open = [...books.disputes.values()].find(
    (one) => one.charge === charge.id && one.status === 'needs_response',
  )
  if (open === undefined) throw new Refusal('No dispute of this session is open')
  open.status = status
  books.tell('charge.dispute.closed', open)
  if (status === 'won') books.tell('charge.dispute.funds_reinstated', open)
}
