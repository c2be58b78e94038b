import { ensureInstalled } from './lib/install.ts'

await ensureInstalled()
const { tool } = await import('./lib/tool.ts')
process.exitCode = await tool(process.argv.slice(2))
