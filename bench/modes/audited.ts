import { verdictOf } from '../../scripts/audit/print.ts'
import type { AuditReport } from '../../scripts/audit/report.ts'
import { auditShop } from '../../scripts/audit/shop.ts'
import type { Session } from '../session.ts'
import type { Place } from '../targets/place.ts'

export interface Audited {
  /** What came of it, for people. */
  readonly line: string
  /** Each discrepancy that is told, a sentence; empty when everything holds. */
  readonly wrong: readonly string[]
  readonly report: AuditReport
}

/**
 * Holds the databases that were measured to every invariant, as `bun run audit` does: a figure of a
 * system that got something wrong is worth nothing. Their services should be stopped.
 */
export async function audited(
  session: Pick<Session, 'say'>,
  { folder, servers }: Pick<Place, 'folder' | 'servers'>,
): Promise<Audited> {
  session.say(`auditing ${folder}`)
  const report = await auditShop({ dataDir: folder, servers })
  const told = report.discrepancies.map(({ subject, what }) => `the audit: ${subject}: ${what}`)
  // Whatever it is that makes it unclean, the command must end with exit code 1.
  const wrong = report.clean || told.length > 0 ? told : [`the audit: ${verdictOf(report)}`]
  return { line: `Audit: ${verdictOf(report)}`, wrong, report }
}
