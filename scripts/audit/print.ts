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

/** The report as people read it: the table, then a line for each thing worth a line. */
export function printReport(report: AuditReport): string {
  const { dataDir, discrepancies, omitted, waiting, notices, ms, clean } = report
  const seconds = (ms / 1000).toFixed(1)
  const total = discrepancies.length + omitted
  const verdict = clean
    ? `Clean: everything that must hold does (${dataDir}, ${seconds} s).`
    : `${total} ${total === 1 ? 'discrepancy' : 'discrepancies'} (${dataDir}, ${seconds} s).`
  return [
    ...table(report),
    '',
    ...waiting.map(({ count, reason }) => `in flight  ${count} x ${reason}`),
    ...notices.map((notice) => `notice     ${notice}`),
    ...discrepancies.map(line),
    ...(omitted > 0 ? [`... and ${omitted.toLocaleString('en')} more`] : []),
    ...(waiting.length + notices.length + discrepancies.length > 0 ? [''] : []),
    verdict,
  ].join('\n')
}
