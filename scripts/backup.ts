import { ensureInstalled } from './lib/install.ts'

await ensureInstalled()
const { runBackup } = await import('./backup/command.ts')
process.exitCode = await runBackup(process.argv.slice(2), process.env)
