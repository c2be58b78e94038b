import { checkCatalogue } from './checks/catalogue.ts'
import { checkCharges } from './checks/charges.ts'
import { checkCredits } from './checks/credits.ts'
import { checkFiles, checkIds } from './checks/files.ts'
import { checkKept } from './checks/kept.ts'
import { checkKeys } from './checks/keys.ts'
import { checkLedger } from './checks/ledger.ts'
import { checkMoments } from './checks/moments.ts'
import { checkMoney, checkPaid } from './checks/money.ts'
import { checkOrders } from './checks/orders.ts'
import { checkMails } from './checks/mails.ts'
import { checkOwed } from './checks/owed.ts'
import { checkPairs, checkReservations } from './checks/pairs.ts'
import { checkPeople } from './checks/people.ts'
import { checkRules } from './checks/rules.ts'
import { checkSale } from './checks/sale.ts'
import { checkSales } from './checks/sales.ts'
import { checkSearch } from './checks/search.ts'
import { checkShape } from './checks/shape.ts'
import { checkStock } from './checks/stock.ts'
import { checkSummary } from './checks/summary.ts'
import { checkRefunds, checkTold } from './checks/told.ts'
import type { Context, Suspect } from './context.ts'
import { cannotRead, codeOf, readAll } from './databases.ts'
import type { AuditReport, InvariantId } from './report.ts'
import { settle } from './settle.ts'
import { clockOf, type Sides, sidesOf } from './sides.ts'
import { Tally } from './tally.ts'

export type { AuditReport, Discrepancy, InvariantResult, Waiting } from './report.ts'
export { CannotAudit } from './report.ts'

export interface AuditOptions {
  /** Milliseconds since the epoch. */
  readonly now?: () => number
  readonly wait?: (ms: number) => Promise<void>
  /** Says what is being looked at, and how much of it is done, from 0 to 1. */
  readonly progress?: (what: string, done: number) => void
  /** How many lines to keep of each invariant that does not hold. */
  readonly linesEach?: number
  /** What is looked at again where both did not agree, unless it is the folder itself. */
  readonly sides?: () => Promise<Sides>
  /** What else is checked, at the end. */
  readonly also?: (tally: Tally) => Promise<void>
}

/** In the order in which they run; a damaged file ends the check that meets it, not the audit. */
const checks: readonly [InvariantId, (context: Context, dataDir: string) => void][] = [
  ['files', checkShape],
  ['files', checkRules],
  ['limits', checkStock],
  ['ledger', checkLedger],
  ['sales', checkSales],
  ['totals', checkOrders],
  ['totals', checkSale],
  ['summary', checkSummary],
  ['orders', checkPairs],
  ['reservations', checkReservations],
  ['owed', checkOwed],
  ['owed', checkMails],
  ['credits', checkCredits],
  ['charges', checkCharges],
  ['told', checkTold],
  ['money', checkMoney],
  ['refunds', checkRefunds],
  ['paid', checkPaid],
  ['catalogue', checkCatalogue],
  ['people', checkPeople],
  ['search', checkSearch],
  ['kept', checkKept],
  ['moments', checkMoments],
  ['once', checkIds],
  ['once', checkKeys],
]

function runChecks(context: Context, dataDir: string): void {
  checkFiles(context, dataDir)
  for (const [invariant, check] of checks) {
    try {
      check(context, dataDir)
    } catch (error) {
      if (codeOf(error) !== 'SQLITE_CORRUPT') throw error
      context.tally.wrong(invariant, 'all of it', 'a damaged file kept this from being checked')
    }
  }
}

/**
 * Reads the databases in `dataDir`, while the services run or not, and proves what must always
 * hold. Never writes. What is merely in flight is told apart from what is wrong.
 *
 * @throws CannotAudit with one sentence when they can't be read
 */
export async function auditData(dataDir: string, options: AuditOptions = {}): Promise<AuditReport> {
  const { now = Date.now, wait = Bun.sleep, progress = () => {}, linesEach = 20 } = options
  const startedAt = now()
  const began = performance.now()
  const tally = new Tally(linesEach)
  const suspects = new Map<string, Suspect>()
  try {
    readAll(dataDir, (client) => {
      const clock = clockOf(dataDir, startedAt)
      runChecks({ client, tally, suspects, clock, progress }, dataDir)
    })
    const sides = options.sides ?? (() => sidesOf(dataDir, now))
    await settle([...suspects.values()], tally, { sides, wait, progress })
    await options.also?.(tally)
  } catch (error) {
    throw cannotRead(dataDir, error)
  }
  const { results, discrepancies } = tally
  const wrong = results.reduce((sum, one) => sum + one.wrong, 0)
  return {
    dataDir,
    at: new Date(startedAt).toISOString(),
    ms: Math.round(performance.now() - began),
    clean: wrong === 0,
    invariants: results,
    discrepancies,
    omitted: wrong - discrepancies.length,
    waiting: tally.waiting,
    notices: tally.notices,
  }
}
