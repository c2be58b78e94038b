// Stripe's objects as far as a shop meets them, under the names of its API. Moments are seconds.

export interface Session {
  readonly id: string
  readonly object: 'checkout.session'
  readonly amount_total: number
  readonly cancel_url: string | null
  readonly client_reference_id: string | null
  readonly created: number
  readonly currency: string
  readonly customer_email: string | null
  readonly expires_at: number
  readonly livemode: false
  readonly locale: string | null
  readonly metadata: Readonly<Record<string, string>>
  readonly mode: 'payment'
  payment_intent: string | null
  payment_status: 'paid' | 'unpaid'
  status: 'open' | 'complete' | 'expired'
  readonly success_url: string
  url: string | null
}

/** What a session keeps to itself. */
export interface Offer {
  readonly name: string
  readonly capture_method: 'automatic_async' | 'manual'
  readonly metadata: Readonly<Record<string, string>>
}

export interface PaymentError {
  readonly type: 'card_error' | 'invalid_request_error'
  readonly code: string
  readonly decline_code?: string
  readonly message: string
}

export interface Intent {
  readonly id: string
  readonly object: 'payment_intent'
  readonly amount: number
  amount_capturable: number
  amount_received: number
  canceled_at: number | null
  cancellation_reason: string | null
  readonly capture_method: 'automatic_async' | 'manual'
  readonly created: number
  readonly currency: string
  last_payment_error: PaymentError | null
  latest_charge: string | null
  readonly livemode: false
  readonly metadata: Readonly<Record<string, string>>
  next_action: Readonly<Record<string, unknown>> | null
  status:
    | 'requires_payment_method'
    | 'requires_action'
    | 'processing'
    | 'requires_capture'
    | 'canceled'
    | 'succeeded'
}

export interface Charge {
  readonly id: string
  readonly object: 'charge'
  readonly amount: number
  amount_captured: number
  amount_refunded: number
  balance_transaction: string | null
  captured: boolean
  readonly created: number
  readonly currency: string
  disputed: boolean
  readonly failure_code: string | null
  readonly livemode: false
  readonly metadata: Readonly<Record<string, string>>
  readonly paid: boolean
  readonly payment_intent: string
  refunded: boolean
  readonly status: 'succeeded' | 'failed'
}

export interface Refund {
  readonly id: string
  readonly object: 'refund'
  readonly amount: number
  readonly balance_transaction: string | null
  readonly charge: string
  readonly created: number
  readonly currency: string
  failure_reason?: string
  readonly metadata: Readonly<Record<string, string>>
  readonly payment_intent: string
  readonly reason: null
  status: 'pending' | 'succeeded' | 'failed'
}

export interface Dispute {
  readonly id: string
  readonly object: 'dispute'
  readonly amount: number
  readonly charge: string
  readonly created: number
  readonly currency: string
  readonly payment_intent: string
  readonly reason: 'fraudulent'
  status: 'warning_needs_response' | 'needs_response' | 'won' | 'lost'
}

export interface Entry {
  readonly id: string
  readonly object: 'balance_transaction'
  readonly amount: number
  readonly created: number
  readonly currency: string
}

export interface Event {
  readonly id: string
  readonly object: 'event'
  readonly api_version: string
  readonly created: number
  readonly data: { readonly object: { readonly id: string } }
  readonly livemode: false
  readonly type: string
}

/** What the API answers a request that it refuses. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string | undefined
  readonly type: string

  constructor(message: string, code?: string, status = 400, type = 'invalid_request_error') {
    super(message)
    this.status = status
    this.code = code
    this.type = type
  }
}

export const unknown = (what: string, id: string) =>
  new Refusal(`No such ${what}: '${id}'`, 'resource_missing', 404)
