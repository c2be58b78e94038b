import { ensureInstalled } from './lib/install.ts'

await ensureInstalled()
const { release } = await import('./release/command.ts')
process.exitCode = await release(process.argv.slice(2), process.env)
