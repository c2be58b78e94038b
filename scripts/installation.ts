import { requireInstalled } from './lib/install.ts'

requireInstalled()
const { runInstallation } = await import('./installation/command.ts')
process.exitCode = await runInstallation(process.argv.slice(2), process.env)
