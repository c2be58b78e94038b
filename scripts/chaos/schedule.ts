import type { UnitName } from '../lib/services.ts'
import { type Chance, createChance } from './random.ts'
import type { LinkMode } from './link.ts'

/** The ways that can be cut: from one service to another, and from the clients to a service. */
export const linkNames = [
  'pedidos-inventario',
  'pedidos-productos',
  'pedidos-auth',
  'pedidos-pagos',
  'pagos-pedidos',
  'inventario-productos',
  'inventario-auth',
  'productos-auth',
  'clients-pedidos',
  'clients-inventario',
] as const
export type LinkName = (typeof linkNames)[number]
const clientLinks = ['clients-pedidos', 'clients-inventario'] as const satisfies readonly LinkName[]

/** Something bad that happens at `atMs` of the run, for so long; who is killed stays dead meanwhile. */
export type Mischief = { readonly atMs: number; readonly forMs: number } & (
  | { readonly kind: 'kill' | 'stop'; readonly unit: UnitName; readonly replica: number }
  | { readonly kind: 'cut'; readonly link: LinkName; readonly mode: LinkMode }
  | { readonly kind: 'database'; readonly act: DatabaseAct }
  | { readonly kind: 'mail'; readonly act: MailAct }
  | { readonly kind: 'bank'; readonly act: BankAct }
)

const bankActs = [
  /** Late, lost, too busy, failing, a page, or sent elsewhere, each question for itself. */
  'moody',
  'away',
  /** What it tells comes twice; or later, the newest first. */
  'twice',
  'held',
] as const
/** What a payment provider does for a while. */
export type BankAct = (typeof bankActs)[number]

const mailActs = [
  /** Nobody listens. */
  'away',
  /** It takes connections, and says nothing. */
  'silent',
  /** It greets when the time is over. */
  'late',
  /** It takes no message now. */
  'busy',
  /** It has the message, and is gone before it says so. */
  'dies',
] as const
/** What a mail server does for a while. */
export type MailAct = (typeof mailActs)[number]

/** What is done to the database server, or to the way to it. */
export type DatabaseAct =
  /** So many of its connections are ended, from 0 to 1. */
  | { readonly kind: 'terminate'; readonly share: number }
  | { readonly kind: 'sever'; readonly mode: LinkMode }
  /** It takes no writes. */
  | { readonly kind: 'read-only' }
  /** It is stopped, and started when the time is over; `immediate` is a crash. */
  | { readonly kind: 'restart'; readonly mode: 'fast' | 'immediate' }
  /** It is gone for good, and when the time is over its standby takes its place. */
  | { readonly kind: 'fail-over' }

export interface Plan {
  readonly seed: number
  readonly seconds: number
  /** Whether all of it is one process; then between services nothing can be cut. */
  readonly together?: boolean
  /** How many times a process is killed; default three in four seconds, of one process that is all once. */
  readonly kills?: number | undefined
  /** How many processes each service has, default one. */
  readonly replicas?: number
  /** Whose database server the services are on, somebody's or one of this run's own; default files. */
  readonly database?: 'given' | 'own' | undefined
}

/** Who dies, in proportion: most of what can go wrong is between those that hold money and stock. */
const targets = [
  'pedidos',
  'pedidos',
  'pedidos',
  'pedidos',
  'inventario',
  'inventario',
  'inventario',
  'inventario',
  'pagos',
  'pagos',
  'pagos',
  'productos',
  'auth',
] as const satisfies readonly UnitName[]

const firstMs = 250

function modeOf(chance: Chance): LinkMode {
  const kind = chance.pick(['refuse', 'drop', 'mute', 'mute', 'delay'] as const)
  return kind === 'delay' ? { kind, ms: chance.between(20, 600) } : { kind }
}

type Act = (chance: Chance) => DatabaseAct
const acts: readonly Act[] = [
  (chance) => ({ kind: 'terminate', share: chance.pick([0.2, 0.5, 1]) }),
  (chance) => ({ kind: 'sever', mode: modeOf(chance) }),
  () => ({ kind: 'read-only' }),
]
/** The server of somebody else can't be stopped. */
const ownActs: readonly Act[] = [
  ...acts,
  () => ({ kind: 'restart', mode: 'fast' }),
  () => ({ kind: 'restart', mode: 'immediate' }),
]

/** A server of one's own fails over in the end. */
function databaseMischief({ seconds, database }: Plan, chance: Chance): Mischief[] {
  if (database === undefined) return []
  const own = database === 'own'
  const within = (low: number, high: number) =>
    chance.between(Math.round(seconds * 1000 * low), Math.round(seconds * 1000 * high))
  // Each once before any comes again.
  const known = own ? ownActs : acts
  const rounds = Math.max(1, Math.round(seconds / 4 / known.length))
  const some = Array.from({ length: rounds }, () => known)
    .flat()
    .map((act): Mischief => ({
      kind: 'database',
      atMs: within(0.05, 0.8),
      forMs: chance.between(100, 2000),
      act: act(chance),
    }))
  const end: Mischief = {
    kind: 'database',
    atMs: within(0.85, 0.95),
    forMs: chance.between(100, 1500),
    act: { kind: 'fail-over' },
  }
  return own ? [...some, end] : some
}

/** How long before the end a mail server is left alone: whoever met nobody leaves it alone for longer. */
const quietMs = 3_000

/** Each once before any comes again. */
function bankMischief({ seconds }: Plan, chance: Chance): Mischief[] {
  const rounds = Math.max(1, Math.round(seconds / 4 / bankActs.length))
  return Array.from({ length: rounds }, () => bankActs)
    .flat()
    .map((act) => ({
      kind: 'bank',
      atMs: chance.between(firstMs, Math.max(firstMs, seconds * 900)),
      forMs: chance.between(100, Math.min(3_000, seconds * 150)),
      act,
    }))
}

/** Each once before any comes again. */
function mailMischief({ seconds }: Plan, chance: Chance): Mischief[] {
  const rounds = Math.max(1, Math.round(seconds / 4 / mailActs.length))
  const longestMs = Math.min(2_500, seconds * 100)
  const lastMs = Math.max(firstMs, seconds * 1000 - quietMs)
  return Array.from({ length: rounds }, () => mailActs)
    .flat()
    .map((act) => ({
      kind: 'mail',
      atMs: chance.between(firstMs, lastMs),
      forMs: chance.between(100, longestMs),
      act,
    }))
}

/** What will happen and when: the same for the same plan. */
export function scheduleOf(plan: Plan): Mischief[] {
  const { seed, seconds, together = false, replicas = 1 } = plan
  const { kills = Math.round(seconds * (together ? 0.25 : 0.75)) } = plan
  const chance = createChance(seed)
  // Of its own, so that a seed does the same to one replica of each beside files as it ever did.
  const more = createChance(seed ^ 0x5eed)
  const ofMoney = createChance(seed ^ 0xba4c)
  const ofMails = createChance(seed ^ 0xa11)
  const units = together ? (['encargo'] as const) : targets
  const links = together ? clientLinks : linkNames
  const moment = () => chance.between(firstMs, Math.max(firstMs, seconds * 1000))
  const many = (count: number, make: () => Mischief) => Array.from({ length: count }, make)
  return [
    ...many(kills, () => ({
      kind: 'kill',
      atMs: moment(),
      unit: chance.pick(units),
      replica: more.between(0, replicas - 1),
      forMs: chance.happens(0.8) ? 0 : chance.between(50, 1500),
    })),
    ...many(Math.round(seconds / 6), () => ({
      kind: 'stop',
      atMs: moment(),
      unit: chance.pick(units),
      replica: more.between(0, replicas - 1),
      forMs: chance.between(100, 3000),
    })),
    ...many(Math.round(seconds / 3), () => ({
      kind: 'cut',
      atMs: moment(),
      link: chance.pick(links),
      mode: modeOf(chance),
      forMs: chance.between(100, 2500),
    })),
    ...databaseMischief(plan, more),
    ...mailMischief(plan, ofMails),
    ...bankMischief(plan, ofMoney),
  ].toSorted((a, b) => a.atMs - b.atMs)
}
