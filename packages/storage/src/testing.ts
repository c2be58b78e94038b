import type { Engine } from './engine.ts'
import { statement } from './script.ts'

/** What a database holds or says, in SQL of a test's own. */
export const rows = <R = Record<string, unknown>>(engine: Engine, text: string) =>
  engine.ask(statement<R, []>(text).all())

/** How SQLite would go about a statement, step by step. */
export async function plan(engine: Engine, { sqlite }: { readonly sqlite: string }) {
  const explain = statement<{ detail: string }, []>(`EXPLAIN QUERY PLAN ${sqlite}`)
  // Whatever it explains, it is itself no write.
  const steps = await engine.ask(Object.assign(explain, { changes: false }).all())
  return steps.map(({ detail }) => detail)
}

/** Does to a database by hand what no store does: statements that end with their line, in one write. */
export const change = (engine: Engine, text: string): Promise<void> =>
  engine.write(function* () {
    for (const one of text.split(/;\s*\n/)) if (one.trim()) yield* statement<never, []>(one).run()
  })
