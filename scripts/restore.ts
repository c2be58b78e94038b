import { ensureInstalled } from './lib/install.ts'

await ensureInstalled()
const { runRestore } = await import('./backup/command.ts')
process.exitCode = await runRestore(process.argv.slice(2), process.env)
