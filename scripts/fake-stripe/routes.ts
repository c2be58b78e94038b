import { checkAmount } from './amounts.ts'
import * as bank from './bank.ts'
import type { Books } from './books.ts'
import { integer, type Params, text, texts } from './form.ts'
import { Refusal, type Session, unknown } from './objects.ts'

const halfHour = 1800
const day = 86_400

export interface Asked {
  readonly books: Books
  readonly id: string
  readonly params: Params
  /** Where the pages for shoppers are. */
  readonly origin: string
}

type Answer = (asked: Asked) => object

function required(params: Params, ...path: string[]): string {
  const value = text(params, ...path)
  if (value !== undefined && value !== '') return value
  throw new Refusal(`Missing required param: ${path.join('.')}.`, 'parameter_missing')
}

function metadataOf(params: Params, ...path: string[]): Record<string, string> {
  let at: string | Params | undefined = params
  for (const name of [...path, 'metadata']) at = typeof at === 'object' ? at[name] : undefined
  const pairs = Object.entries(typeof at === 'object' ? at : {})
  return Object.fromEntries(
    pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}

function createSession({ books, params, origin }: Asked): Session {
  if (required(params, 'mode') !== 'payment') throw new Refusal('Invalid mode')
  const price = ['line_items', '0', 'price_data'] as const
  const currency = required(params, ...price, 'currency')
  const unit = integer(params, ...price, 'unit_amount') ?? 0
  const amount = unit * (integer(params, 'line_items', '0', 'quantity') ?? 0)
  checkAmount(amount, currency)
  const now = books.now()
  const end = integer(params, 'expires_at') ?? now + day
  if (end < now + halfHour || end > now + day) {
    throw new Refusal('The `expires_at` timestamp must be 30 minutes to 24 hours away.')
  }
  const id = books.name('cs_test')
  const session: Session = {
    id,
    object: 'checkout.session',
    amount_total: amount,
    cancel_url: text(params, 'cancel_url') ?? null,
    client_reference_id: text(params, 'client_reference_id') ?? null,
    created: now,
    currency,
    customer_email: text(params, 'customer_email') ?? null,
    expires_at: end,
    livemode: false,
    locale: text(params, 'locale') ?? null,
    metadata: metadataOf(params),
    mode: 'payment',
    payment_intent: null,
    payment_status: 'unpaid',
    status: 'open',
    success_url: required(params, 'success_url'),
    url: `${origin}/c/pay/${id}`,
  }
  const manual = text(params, 'payment_intent_data', 'capture_method') === 'manual'
  books.offers.set(id, {
    name: required(params, ...price, 'product_data', 'name'),
    capture_method: manual ? 'manual' : 'automatic_async',
    metadata: metadataOf(params, 'payment_intent_data'),
  })
  books.sessions.set(id, session)
  return session
}

function expireSession({ books, id }: Asked): Session {
  const session = books.session(id)
  if (session.status !== 'open') {
    const message = `Only Checkout Sessions with a status of 'open' can be expired: ${session.status}`
    throw new Refusal(message)
  }
  books.expire(session)
  return session
}

function captureIntent({ books, id, params }: Asked): object {
  const intent = books.intent(id)
  bank.capture(books, intent, integer(params, 'amount_to_capture') ?? intent.amount_capturable)
  return intent
}

function cancelIntent({ books, id }: Asked): object {
  const intent = books.intent(id)
  bank.cancel(books, intent)
  return intent
}

const createRefund: Answer = ({ books, params }) =>
  bank.refund(books, {
    intent: required(params, 'payment_intent'),
    amount: integer(params, 'amount'),
    metadata: metadataOf(params),
  })

/** Newest first, as all lists are there. */
function page<T extends { readonly id: string }>(all: readonly T[], params: Params): object {
  const newest = all.toReversed()
  const after = text(params, 'starting_after')
  const from = after === undefined ? 0 : newest.findIndex(({ id }) => id === after) + 1
  const limit = Math.min(integer(params, 'limit') ?? 10, 100)
  const data = newest.slice(from, from + limit)
  return { object: 'list', data, has_more: from + limit < newest.length, url: '/v1' }
}

const ofIntent = <T extends { readonly payment_intent: string | null }>(
  all: Iterable<T>,
  params: Params,
): T[] => {
  const intent = text(params, 'payment_intent')
  return [...all].filter((one) => intent === undefined || one.payment_intent === intent)
}

const listEvents: Answer = ({ books, params }) => {
  const since = integer(params, 'created', 'gte') ?? 0
  const types = texts(params, 'types')
  const told = books.events.filter(
    ({ created, type }) => created >= since && (types.length === 0 || types.includes(type)),
  )
  return page(told, params)
}

const routes: readonly (readonly [pattern: RegExp, answer: Answer])[] = [
  [/^POST \/v1\/checkout\/sessions$/, createSession],
  [/^GET \/v1\/checkout\/sessions\/(\w+)$/, ({ books, id }) => books.session(id)],
  [
    /^GET \/v1\/checkout\/sessions$/,
    ({ books, params }) => page(ofIntent(books.sessions.values(), params), params),
  ],
  [/^POST \/v1\/checkout\/sessions\/(\w+)\/expire$/, expireSession],
  [/^GET \/v1\/payment_intents\/(\w+)$/, ({ books, id }) => books.intent(id)],
  [/^POST \/v1\/payment_intents\/(\w+)\/capture$/, captureIntent],
  [/^POST \/v1\/payment_intents\/(\w+)\/cancel$/, cancelIntent],
  [/^POST \/v1\/refunds$/, createRefund],
  [
    /^GET \/v1\/refunds$/,
    ({ books, params }) => page(ofIntent(books.refunds.values(), params), params),
  ],
  [
    /^GET \/v1\/disputes$/,
    ({ books, params }) => page(ofIntent(books.disputes.values(), params), params),
  ],
  [/^GET \/v1\/events$/, listEvents],
]

/** With what `expand[]` names in place of its name, as deep as that goes. */
function expanded(books: Books, object: object, paths: readonly string[]): object {
  const whole: Record<string, unknown> = { ...object }
  for (const field of new Set(paths.map((path) => path.split('.')[0] ?? ''))) {
    const id = whole[field]
    if (typeof id !== 'string') continue
    const found = books.intents.get(id) ?? books.charges.get(id) ?? books.entries.get(id)
    const deeper = paths.filter((path) => path.startsWith(`${field}.`))
    const below = deeper.map((path) => path.slice(field.length + 1))
    if (found) whole[field] = expanded(books, found, below)
  }
  return whole
}

/** What the API answers to `POST /v1/refunds` and the like. @throws Refusal */
export function answer(what: string, asked: Omit<Asked, 'id'>): object {
  for (const [pattern, make] of routes) {
    const match = pattern.exec(what)
    if (match === null) continue
    const object = make({ ...asked, id: match[1] ?? '' })
    return expanded(asked.books, object, texts(asked.params, 'expand'))
  }
  throw unknown('route', what)
}
