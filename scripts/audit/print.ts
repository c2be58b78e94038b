import type { AuditReport, Discrepancy } from './report.ts'

const columns = ['checked', 'in flight', 'wrong'] as const

function table({ invariants }: AuditReport): string[] {
  const rows = invariants.map(({ title, checked, inFlight, wrong }) => [
    title,
    ...[checked, inFlight, wrong].map((count) => count.toLocaleString('en')),
  ])
  const all = [['', ...columns], ...rows]
  const widths = all.reduce<number[]>(
    (widest, row) => row.map((cell, index) => Math.max(widest[index] ?? 0, cell.length)),
    [],
  )
  return all.map((row) =>
    row
      .map((cell, index) =>
        index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0),
      )
      .join('   '),
  )
}

function line({ subject, what, remedy }: Discrepancy): string {
  return `WRONG      ${subject}: ${what}.${remedy === null ? '' : ` Remedy: ${remedy}.`}`
}

/** What came of it, in one line. */
export function verdictOf({ dataDir, discrepancies, omitted, ms, clean }: AuditReport): string {
  const where = `(${dataDir}, ${(ms / 1000).toFixed(1)} s)`
  if (clean) return `Clean: everything that must hold does ${where}.`
  const total = discrepancies.length + omitted
  return `${total} ${total === 1 ? 'discrepancy' : 'discrepancies'} ${where}.`
}

/** The report as people read it: the table, then a line for each thing worth a line. */
export function printReport(report: AuditReport): string {
  const { discrepancies, omitted, waiting, notices } = report
  return [
    ...table(report),
    '',
    ...waiting.map(({ count, reason }) => `in flight  ${count} x ${reason}`),
    ...notices.map((notice) => `notice     ${notice}`),
    ...discrepancies.map(line),
    ...(omitted > 0 ? [`... and ${omitted.toLocaleString('en')} more`] : []),
    ...(waiting.length + notices.length + discrepancies.length > 0 ? [''] : []),
    verdictOf(report),
  ].join('\n')
}
