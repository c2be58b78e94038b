import { requireInstalled } from './lib/install.ts'

requireInstalled()
const { explain } = await import('./explain/command.ts')
process.exitCode = await explain(process.argv.slice(2), process.env)
