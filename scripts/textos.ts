import { requireInstalled } from './lib/install.ts'

requireInstalled()
const { textos } = await import('./textos/command.ts')
process.exitCode = await textos(process.argv.slice(2))
