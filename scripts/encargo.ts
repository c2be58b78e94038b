import { requireInstalled } from './lib/install.ts'

// The executable has all of it within.
if (!Bun.isStandaloneExecutable) requireInstalled()
const { runEncargo } = await import('./encargo/command.ts')
process.exitCode = await runEncargo(process.argv.slice(2))
