import { requireInstalled } from './lib/install.ts'

requireInstalled()
const { runMove } = await import('./move/command.ts')
process.exitCode = await runMove(process.argv.slice(2), process.env)
