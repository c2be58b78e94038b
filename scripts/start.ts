import { requireInstalled } from './lib/install.ts'

requireInstalled()
const { start } = await import('./lib/start.ts')
await start(process.argv.slice(2))
