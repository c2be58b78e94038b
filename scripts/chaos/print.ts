import { invariants } from '../audit/report.ts'
import type { ChaosReport } from './run.ts'

const shown = 30

/** The report as people read it. */
export function printReport(report: ChaosReport): string {
  const { deeds, purchases, orders, mails, money, audit, discrepancies, errors } = report
  const acts = Object.entries(deeds.database).map(([what, times]) => `${times} ${what}`)
  const annoyed = Object.values(deeds.mail).reduce((sum, times) => sum + times, 0)
  const bothered = Object.values(deeds.bank).reduce((sum, times) => sum + times, 0)
  const checked = audit.invariants.map(
    ({ id, checked, wrong }) =>
      `  ${wrong === 0 ? 'ok  ' : 'FAIL'}  ${invariants[id]} (${checked})`,
  )
  const rest = discrepancies.length > shown ? [`  and ${discrepancies.length - shown} more`] : []
  return [
    `seed ${report.seed}, ${report.seconds} s of it, ${Math.round(report.ms / 1000)} s in all`,
    `  done to it:  ${deeds.kills} kills, ${deeds.stops} stops, ${deeds.cuts} cuts, ${annoyed} bad moments of its mail server, ${bothered} of its payment provider`,
    ...(acts.length > 0 ? [`  to its database: ${acts.join(', ')}`] : []),
    `  by clients:  ${purchases.wanted} purchases wanted, ${purchases.made} made, ${purchases.refused} refused;`,
    `               ${purchases.retries} requests repeated, ${purchases.unanswered} purchases without an answer at first`,
    `  orders:      ${orders.Completado} Completado, ${orders.Cancelado} Cancelado, ${orders.Pendiente} Pendiente`,
    `  mails:       ${mails.sent} taken, ${mails.repeated} of them more than once, ${mails.refused} refused for good, ${mails.omitted} of no use any more`,
    `  money:       ${money.charges} charges by card, ${money.taken} taken, ${money.back} given back`,
    `  at rest:     ${(report.settledMs / 1000).toFixed(1)} s after the last client was done`,
    ...checked,
    ...(errors.length > 0
      ? [`  logged as errors: ${errors.length}, such as`, `    ${errors[0]}`]
      : []),
    discrepancies.length === 0
      ? 'Nothing was lost, nothing was sold that was not there, nothing was done twice.'
      : `${discrepancies.length} discrepancies:`,
    ...discrepancies.slice(0, shown).map((one) => `  ${one}`),
    ...rest,
  ].join('\n')
}
