import { ensureInstalled } from './lib/install.ts'

await ensureInstalled()
const { start } = await import('./lib/start.ts')
await start(process.argv.slice(2))
