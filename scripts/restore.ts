import { requireInstalled } from './lib/install.ts'

requireInstalled()
const { runRestore } = await import('./backup/command.ts')
process.exitCode = await runRestore(process.argv.slice(2), process.env)
