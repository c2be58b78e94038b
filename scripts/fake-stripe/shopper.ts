import type { Books } from './books.ts'
import { type Charge, type Intent, type PaymentError, Refusal, type Session } from './objects.ts'

const voucherSeconds = 3 * 86_400

function openSession(books: Books, id: string): Session {
  const session = books.session(id)
  if (session.status === 'open') return session
  throw new Refusal(`This session is ${session.status}`, 'session_not_open')
}

function intentOf(books: Books, session: Session): Intent {
  const known = books.intents.get(session.payment_intent ?? '')
  if (known) return known
  const offer = books.offers.get(session.id)
  const intent: Intent = {
    id: books.name('pi'),
    object: 'payment_intent',
    amount: session.amount_total,
    amount_capturable: 0,
    amount_received: 0,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: offer?.capture_method ?? 'automatic_async',
    created: books.now(),
    currency: session.currency,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    metadata: offer?.metadata ?? {},
    next_action: null,
    status: 'requires_payment_method',
  }
  books.intents.set(intent.id, intent)
  session.payment_intent = intent.id
  return intent
}

function charge(books: Books, intent: Intent, error: PaymentError | null): Charge {
  const { amount, currency, metadata } = intent
  const captured = error === null && intent.capture_method !== 'manual'
  const made: Charge = {
    id: books.name('ch'),
    object: 'charge',
    amount,
    amount_captured: captured ? amount : 0,
    amount_refunded: 0,
    balance_transaction: captured ? books.enter(amount, currency) : null,
    captured,
    created: books.now(),
    currency,
    disputed: false,
    failure_code: error?.code ?? null,
    livemode: false,
    metadata,
    paid: error === null,
    payment_intent: intent.id,
    refunded: false,
    status: error === null ? 'succeeded' : 'failed',
  }
  books.charges.set(made.id, made)
  intent.latest_charge = made.id
  intent.last_payment_error = error
  return made
}

function succeed(books: Books, session: Session, intent: Intent): void {
  const made = charge(books, intent, null)
  intent.next_action = null
  session.status = 'complete'
  session.url = null
  if (made.captured) {
    intent.status = 'succeeded'
    intent.amount_received = intent.amount
    session.payment_status = 'paid'
    books.tell('payment_intent.succeeded', intent)
  } else {
    intent.status = 'requires_capture'
    intent.amount_capturable = intent.amount
    books.tell('payment_intent.amount_capturable_updated', intent)
  }
  books.tell('charge.succeeded', made)
}

/** With a card, at once. */
export function pay(books: Books, id: string): void {
  const session = openSession(books, id)
  succeed(books, session, intentOf(books, session))
  books.tell('checkout.session.completed', session)
}

/** With a card that its bank declines. */
export function decline(books: Books, id: string, decline_code = 'insufficient_funds'): void {
  const intent = intentOf(books, openSession(books, id))
  const message = 'Your card was declined.'
  const made = charge(books, intent, {
    type: 'card_error',
    code: 'card_declined',
    decline_code,
    message,
  })
  books.tell('charge.failed', made)
  books.tell('payment_intent.payment_failed', intent)
}

/** To be paid at a shop, for days. */
export function printVoucher(books: Books, id: string): void {
  const session = openSession(books, id)
  const intent = intentOf(books, session)
  intent.status = 'requires_action'
  intent.next_action = {
    type: 'oxxo_display_details',
    oxxo_display_details: {
      expires_after: books.now() + voucherSeconds,
      hosted_voucher_url: session.url,
      number: String(books.now()).padStart(14, '0'),
    },
  }
  session.status = 'complete'
  books.tell('payment_intent.requires_action', intent)
  books.tell('checkout.session.completed', session)
}

function printed(books: Books, id: string): { session: Session; intent: Intent } {
  const session = books.session(id)
  const intent = books.intents.get(session.payment_intent ?? '')
  if (intent?.status === 'requires_action') return { session, intent }
  throw new Refusal('No voucher of this session waits to be paid', 'no_voucher')
}

export function payVoucher(books: Books, id: string): void {
  const { session, intent } = printed(books, id)
  succeed(books, session, intent)
  books.tell('checkout.session.async_payment_succeeded', session)
}

export function lapseVoucher(books: Books, id: string): void {
  const { session, intent } = printed(books, id)
  intent.status = 'requires_payment_method'
  intent.next_action = null
  intent.last_payment_error = {
    type: 'invalid_request_error',
    code: 'payment_intent_payment_attempt_expired',
    message: 'The voucher was not paid in time.',
  }
  session.url = null
  books.tell('payment_intent.payment_failed', intent)
  books.tell('checkout.session.async_payment_failed', session)
}
