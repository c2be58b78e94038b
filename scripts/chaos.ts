import { ensureInstalled } from './lib/install.ts'

await ensureInstalled()
const { chaosCommand } = await import('./chaos/command.ts')
process.exit(await chaosCommand(process.argv.slice(2), process.env))
