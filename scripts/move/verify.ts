import { firstDifference, type Mark } from '@encargo/storage/copy'
import { auditData } from '../audit/audit.ts'
import { printReport } from '../audit/print.ts'
import { fileOf, services } from '../audit/databases.ts'
import { Sentence } from '../lib/command-line.ts'
import type { Servers } from '../lib/shop.ts'
import { withCopy } from './out.ts'
import { copied } from './services.ts'

type Show = (what: string, done: number) => void

/** @throws Sentence unless the audit of a shop that stands still is clean */
export async function refuseUnclean(dataDir: string, of: string, progress: Show): Promise<void> {
  const report = await auditData(dataDir, { progress, wait: () => Promise.resolve() })
  if (report.clean) return
  throw new Sentence(`The audit of ${of} is not clean, so it is not moved:\n${printReport(report)}`)
}

/**
 * Reads back what the schemas hold and compares each row with those of the folder.
 * @throws Sentence where they differ
 */
export async function verify(
  folder: string,
  servers: Servers,
  mark: Mark,
  progress: Show = () => {},
  also: (copy: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await withCopy(servers, { mark, progress }, async (copy) => {
    for (const service of services) {
      progress(`comparing ${service}`, 0)
      const [one, other] = [fileOf(folder, service), fileOf(copy, service)]
      const table = firstDifference(one, other, copied[service].ignored)
      if (table === undefined) continue
      throw new Sentence(`${service}: the rows of ${table} are not the same on both sides.`)
    }
    await also(copy)
  })
}

/** The same, and audits it. */
export const verifyClean = (folder: string, servers: Servers, mark: Mark, progress: Show) =>
  verify(folder, servers, mark, progress, (copy) =>
    refuseUnclean(copy, 'what the server has', progress),
  )
