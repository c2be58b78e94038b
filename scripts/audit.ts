import { requireInstalled } from './lib/install.ts'

requireInstalled()
const { audit } = await import('./audit/command.ts')
process.exitCode = await audit(process.argv.slice(2), process.env)
