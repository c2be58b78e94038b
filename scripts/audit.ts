import { ensureInstalled } from './lib/install.ts'

await ensureInstalled()
const { audit } = await import('./audit/command.ts')
process.exitCode = await audit(process.argv.slice(2), process.env)
