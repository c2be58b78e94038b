import { connectionTo } from './postgres.ts'

/** How PostgreSQL would go about statements on a connection of a service, whatever their parameters. */
export function planner(url: string, schema: string) {
  const sql = connectionTo(url, schema)
  return {
    run: (text: string) => sql.unsafe(text),
    /** The steps of a plan, without what they are said to cost. */
    async plan({ postgres }: { readonly postgres: string }): Promise<string[]> {
      const parameters = Math.max(
        0,
        ...[...postgres.matchAll(/\$(\d+)/g)].map(([, n]) => Number(n)),
      )
      const nulls = Array.from({ length: parameters }, () => 'NULL').join(', ')
      await sql.unsafe(`PREPARE looked AS ${postgres}`)
      const lines: { 'QUERY PLAN': string }[] = await sql.unsafe(
        `EXPLAIN (COSTS OFF) EXECUTE looked${nulls && `(${nulls})`}`,
      )
      await sql.unsafe('DEALLOCATE looked')
      return lines.map((line) => line['QUERY PLAN'].trim())
    },
    close: () => sql.close(),
  }
}
