import type { Charge, Dispute, Entry, Event, Intent, Offer, Refund, Session } from './objects.ts'
import { unknown } from './objects.ts'

/** All that one account holds, in memory. */
export class Books {
  readonly sessions = new Map<string, Session>()
  readonly offers = new Map<string, Offer>()
  readonly intents = new Map<string, Intent>()
  readonly charges = new Map<string, Charge>()
  readonly refunds = new Map<string, Refund>()
  readonly disputes = new Map<string, Dispute>()
  readonly entries = new Map<string, Entry>()
  readonly events: Event[] = []
  readonly #nowMs: () => number
  readonly #onEvent: (event: Event) => void
  /** Of this run: a name of one never comes again in another. */
  readonly #run = Bun.randomUUIDv7().replaceAll('-', '').slice(-12)
  #made = 0

  constructor(nowMs: () => number, onEvent: (event: Event) => void) {
    this.#nowMs = nowMs
    this.#onEvent = onEvent
  }

  /** Seconds since the epoch. */
  now(): number {
    return Math.floor(this.#nowMs() / 1000)
  }

  name(prefix: string): string {
    this.#made += 1
    return `${prefix}_${this.#run}${String(this.#made).padStart(12, '0')}`
  }

  tell(type: string, object: { readonly id: string }): void {
    const event: Event = {
      id: this.name('evt'),
      object: 'event',
      api_version: '2026-10-28.endive',
      created: this.now(),
      data: { object: structuredClone(object) },
      livemode: false,
      type,
    }
    this.events.push(event)
    this.#onEvent(event)
  }

  enter(amount: number, currency: string): string {
    const id = this.name('txn')
    const created = this.now()
    this.entries.set(id, { id, object: 'balance_transaction', amount, created, currency })
    return id
  }

  /** By any of its names; what its time has run out for has run out. */
  session(id: string): Session {
    const session = this.sessions.get(id)
    if (session === undefined) throw unknown('checkout.session', id)
    if (session.status === 'open' && session.expires_at <= this.now()) this.expire(session)
    return session
  }

  intent(id: string): Intent {
    const intent = this.intents.get(id)
    if (intent === undefined) throw unknown('payment_intent', id)
    return intent
  }

  sessionOf(intent: string): Session | undefined {
    return [...this.sessions.values()].find((one) => one.payment_intent === intent)
  }

  /** The attempt of a session that was paid. */
  paidOf(session: Session): { intent: Intent; charge: Charge } | undefined {
    const intent = this.intents.get(session.payment_intent ?? '')
    const charge = this.charges.get(intent?.latest_charge ?? '')
    return intent && charge?.paid ? { intent, charge } : undefined
  }

  expire(session: Session): void {
    session.status = 'expired'
    session.url = null
    const intent = this.intents.get(session.payment_intent ?? '')
    if (intent) this.cancel(intent, 'automatic')
    this.tell('checkout.session.expired', session)
  }

  cancel(intent: Intent, reason: string): void {
    intent.status = 'canceled'
    intent.canceled_at = this.now()
    intent.cancellation_reason = reason
    intent.amount_capturable = 0
    intent.next_action = null
    this.tell('payment_intent.canceled', intent)
  }
}
