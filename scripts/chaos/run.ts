import { shownUrl } from '@encargo/storage'
import type { Books } from '../fake-stripe/books.ts'
import type { AuditReport } from '../audit/audit.ts'
import { keepStock, type Scene, shop } from './actors.ts'
import { Person } from './caller.ts'
import { checkLedger, type Ledger, newLedger, type Order } from './ledger.ts'
import { checkMails, type Post, postOf } from './mails.ts'
import { type Deeds, startMischief } from './mischief.ts'
import { allMails, allOrders, allStocks, openShop, patient, staffOf } from './opening.ts'
import { clearUp } from './paying.ts'
import { createChance } from './random.ts'
import { type Plan, scheduleOf } from './schedule.ts'
import { type Books as People, type Settled, settle } from './settle.ts'
import { allHeld } from './simulation/books.ts'
import { compare as compareMoney } from './simulation/compare.ts'
import { startSystem, type System } from './system.ts'
import { shown } from '../lib/shop.ts'

export interface ChaosOptions extends Plan {
  /** Whose server keeps the databases, or `own` for one of this run's; files, unless given. */
  readonly databaseUrl?: string | undefined
  readonly shoppers?: number
  readonly signal: AbortSignal
  /** Says what is being done, and how much of it, from 0 to 1. */
  readonly progress?: (what: string, done: number) => void
}

export interface ChaosReport {
  readonly seed: number
  readonly seconds: number
  readonly ms: number
  readonly deeds: Deeds
  readonly purchases: {
    readonly wanted: number
    readonly made: number
    readonly refused: number
    /** Requests that were repeated, and requests that no answer came to. */
    readonly retries: number
    readonly unanswered: number
  }
  readonly orders: {
    readonly Completado: number
    readonly Cancelado: number
    readonly Pendiente: number
  }
  readonly mails: Post
  /** What a payment provider was asked for and has, in minor units. */
  readonly money: { readonly charges: number; readonly taken: number; readonly back: number }
  /** How long the system took to come to rest by itself, in milliseconds. */
  readonly settledMs: number
  readonly audit: Pick<AuditReport, 'clean' | 'invariants' | 'discrepancies'>
  /** Everything that is wrong; empty when nothing was lost and nothing was done twice. */
  readonly discrepancies: readonly string[]
  /** What the services logged as errors. */
  readonly errors: readonly string[]
  /** Where the data is, when it was kept: a folder, or a server. */
  readonly keptIn: string | null
}

/** How long clients and drivers may take to finish what is left; a circuit may stay open for 36 s. */
const restMs = 90_000

const progressMs = 200

/** Reservations run out while the system is killed, too. */
const ttlFor = (seconds: number) => Math.min(8, Math.max(2, Math.round(seconds / 5)))

function kindOf({ database }: System): Plan['database'] {
  if (database) return database.own ? 'own' : 'given'
  return undefined
}

async function whileMischief(
  options: ChaosOptions,
  system: System,
  ledger: Ledger,
): Promise<{ deeds: Deeds; staff: Person }> {
  const { seed, signal, seconds, shoppers = 8 } = options
  const chance = createChance(seed).fork()
  const onStrange = (what: string) => void ledger.surprises.push(what)
  const staff = staffOf(system, onStrange)
  ledger.products.push(...(await openShop(staff, { products: 10, stock: 150 })))
  const names = Array.from({ length: shoppers }, (_, index) => `clienta-${index}`)
  const people = await Promise.all(
    names.map((name) => Person.register(system.origins, name, onStrange)),
  )
  const closing = new AbortController()
  const over = new AbortController()
  const scene: Scene = {
    ledger,
    staff,
    bank: system.bank,
    closing: AbortSignal.any([closing.signal, signal]),
    over: AbortSignal.any([over.signal, signal]),
  }
  const actors = [
    ...people.map((who) => shop(scene, who, chance.fork())),
    ...['una', 'otra'].map((name) => keepStock(scene, name, chance.fork())),
  ]
  const working = actors.map((one) =>
    one.catch((error: unknown) => void ledger.surprises.push(`a client failed: ${String(error)}`)),
  )
  const plan = { ...options, database: kindOf(system) }
  const { deeds, done } = startMischief(scheduleOf(plan), system, { signal, onTrouble: onStrange })
  const began = performance.now()
  const ticking = setInterval(() => {
    const share = (performance.now() - began) / (seconds * 1000)
    const { purchases } = ledger
    options.progress?.(`${purchases.length} purchases, ${deeds.kills} kills`, Math.min(1, share))
  }, progressMs)
  try {
    await done
    signal.throwIfAborted()
    closing.abort()
    await system.heal()
    const late = setTimeout(() => over.abort(), restMs)
    await Promise.all(working)
    await clearUp(scene, chance.fork())
    await system.bank.settle()
    clearTimeout(late)
    if (over.signal.aborted) ledger.surprises.push('a client got no answer from the healed system')
  } finally {
    clearInterval(ticking)
    closing.abort()
    over.abort()
  }
  return { deeds, staff }
}

/** Where the data is if it is kept; a server of this run's own ends with it. */
function keptPlace({ database, place }: System): string | null {
  if (database?.own) return null
  return database ? shownUrl(database.place) : shown(place)
}

function moneyOf(books: Books): ChaosReport['money'] {
  const held = allHeld(books)
  const sum = (de: 'captured' | 'refunded') => held.reduce((hasta, one) => hasta + one[de], 0)
  return { charges: books.sessions.size, taken: sum('captured'), back: sum('refunded') }
}

async function compare(system: System, { staff, ledger }: People, settled: Settled) {
  const orders = await allOrders(staff)
  const mails = await allMails(staff, orders)
  const { received } = system.mails
  const stocks = await allStocks(staff, ledger.products)
  const { audit, waits, ms } = settled
  const waiting =
    waits === null ? [] : [`after ${Math.round(ms / 1000)} s this still waits: ${waits}`]
  const audited = audit.discrepancies.map(({ subject, what }) => `audit: ${subject}: ${what}`)
  const paying = ledger.purchases.flatMap(({ told, more, charges = [], ended }) =>
    more?.pago === undefined
      ? []
      : [...told].map((id) => ({ id, charges: [...charges], ended: ended ?? undefined })),
  )
  const { books } = system.bank.stripe
  const money = { staff: patient(staff), orders: paying, receipts: new Map(), books }
  const wrong = [
    ...(await compareMoney(money)),
    ...checkLedger(ledger, orders, stocks),
    ...checkMails(ledger, orders, mails, received),
  ]
  return {
    orders,
    mails: postOf(mails, received),
    money: moneyOf(books),
    discrepancies: [...waiting, ...audited, ...wrong],
  }
}

function purchasesOf({ purchases, retries, unanswered }: Ledger): ChaosReport['purchases'] {
  return {
    wanted: purchases.length,
    made: purchases.filter(({ told }) => told.size > 0).length,
    refused: purchases.filter(({ refused }) => refused).length,
    retries,
    unanswered,
  }
}

function countOrders(orders: readonly Order[]): ChaosReport['orders'] {
  const count = (estado: Order['estado']) => orders.filter((one) => one.estado === estado).length
  return {
    Completado: count('Completado'),
    Cancelado: count('Cancelado'),
    Pendiente: count('Pendiente'),
  }
}

async function runIn(system: System, options: ChaosOptions, ledger: Ledger) {
  const { seed, seconds, signal } = options
  const { deeds, staff } = await whileMischief(options, system, ledger)
  options.progress?.('waiting until nothing is left to be done', 0)
  const books = { staff, ledger }
  const settled = await settle(system, books, { atMostMs: restMs, signal })
  signal.throwIfAborted()
  const { orders, mails, money, discrepancies } = await compare(system, books, settled)
  const { clean, invariants, discrepancies: audited } = settled.audit
  return {
    seed,
    seconds,
    deeds,
    purchases: purchasesOf(ledger),
    orders: countOrders(orders),
    mails,
    money,
    settledMs: settled.ms,
    audit: { clean, invariants, discrepancies: audited },
    discrepancies,
    errors: system.errors,
  }
}

/**
 * Lets shoppers and staff work with real processes, one or four, or several replicas of each, that are
 * killed, stopped and cut off as the seed says, and their database with them, heals everything, and compares
 * what is there with what the clients were told.
 *
 * @throws Error when it could not be brought to its end, with where the data is
 */
export async function chaos(options: ChaosOptions): Promise<ChaosReport> {
  const began = performance.now()
  const ledger = newLedger()
  const onTrouble = (what: string) => void ledger.surprises.push(what)
  const { seconds, together = false, replicas = 1, databaseUrl } = options
  const system = await startSystem({
    seed: options.seed,
    ttlSeconds: ttlFor(seconds),
    together,
    replicas,
    databaseUrl,
    onTrouble,
  })
  let keep = true
  try {
    const report = await runIn(system, options, ledger)
    keep = report.discrepancies.length > 0
    const ms = Math.round(performance.now() - began)
    return { ...report, ms, keptIn: keep ? keptPlace(system) : null }
  } catch (error) {
    const keptIn = keptPlace(system)
    const surprises = ledger.surprises.slice(0, 5).join('; ')
    throw new Error(
      `${String(error)} (${surprises}). ${keptIn === null ? '' : `The data is kept in ${keptIn}`}`,
      {
        cause: error,
      },
    )
  } finally {
    await system.end(keep && !options.signal.aborted)
  }
}
