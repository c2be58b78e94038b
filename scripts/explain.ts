import { ensureInstalled } from './lib/install.ts'

await ensureInstalled()
const { explain } = await import('./explain/command.ts')
process.exitCode = await explain(process.argv.slice(2), process.env)
