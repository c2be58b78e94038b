import { Sentence } from '../lib/command-line.ts'

/** What is proved, in the order in which it is printed. */
export const invariants = {
  files: 'Each file is whole and keeps its own rules',
  limits: '0 <= reservado <= fisico',
  ledger: 'fisico is the sum of its ledger, line by line',
  reserved: 'reservado is the sum of the active reservations',
  sales: 'What was confirmed has left the stock once, and nothing else',
  orders: 'Each order agrees with its reservation',
  reservations: 'Each reservation has its order',
  credits: 'What was voided is owed back whole, and its units are back or will be',
  owed: 'What is owed has its reason, and what is not done is owed',
  goods: 'An order and its reservation name the same goods',
  charges: 'A charge is the sum of its movements, each of which happened once',
  notices: 'What a provider told is known, and no notice is forgotten',
  told: 'pedidos knows of each charge what pagos has told',
  money: 'An ended order has the money that it is owed, or somebody is told',
  refunds: 'What goes back is asked for by one order, once',
  paid: 'Nothing leaves before its money, unless somebody lets it',
  totals: "An order's total is the sum of its lines and its shipping, and its tax follows from it",
  coupons: 'A coupon was used by the orders that have it, and never too often',
  history: "An order's history ends in its state",
  summary: 'The dashboard adds up to the history of orders',
  catalogue: 'Prices, sort keys, pictures and taxes follow from the products',
  people: 'Whoever did something is known, and somebody can administer',
  search: 'What is searched says what the rows say',
  kept: 'What is only ever added to has lost nothing',
  moments: 'Nothing is dated in the future',
  once: 'Nothing was done twice: ids, keys and their orders',
} as const
export type InvariantId = keyof typeof invariants

/** One thing that is wrong. */
export interface Discrepancy {
  readonly invariant: InvariantId
  /** What it is about: `order 17 (id)`, `product id`, `inventario.db`. */
  readonly subject: string
  readonly what: string
  /** What puts it right, where something does. */
  readonly remedy: string | null
}

/** What the system is at, or will do by itself, and how often that was met. */
export interface Waiting {
  readonly invariant: InvariantId
  readonly reason: string
  readonly count: number
}

export interface InvariantResult {
  readonly id: InvariantId
  readonly title: string
  readonly checked: number
  readonly inFlight: number
  readonly wrong: number
}

export interface AuditReport {
  readonly dataDir: string
  /** When the audit began, ISO 8601. */
  readonly at: string
  readonly ms: number
  readonly clean: boolean
  readonly invariants: readonly InvariantResult[]
  /** At most `linesEach` of each invariant; `omitted` counts the others. */
  readonly discrepancies: readonly Discrepancy[]
  readonly omitted: number
  readonly waiting: readonly Waiting[]
  /** Worth knowing, and not wrong. */
  readonly notices: readonly string[]
}

/** The audit could not be made. */
export class CannotAudit extends Sentence {
  override readonly name = 'CannotAudit'
}
