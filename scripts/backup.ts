import { requireInstalled } from './lib/install.ts'

requireInstalled()
const { runBackup } = await import('./backup/command.ts')
process.exitCode = await runBackup(process.argv.slice(2), process.env)
