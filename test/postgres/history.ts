import { ensureInstalled } from '../../scripts/lib/install.ts'

// bun test/postgres/history.ts [service ...] [--seed N] [--operations N]

await ensureInstalled()
const { runHistory } = await import('./history/run.ts')
await runHistory(process.argv.slice(2))
process.exit(0)
