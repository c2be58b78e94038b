import { ensureInstalled } from './lib/install.ts'

await ensureInstalled()
const { build } = await import('./build/command.ts')
process.exitCode = await build(process.argv.slice(2))
