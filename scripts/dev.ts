import { ensureInstalled } from './lib/install.ts'

await ensureInstalled()
const { dev } = await import('./lib/dev.ts')
await dev(process.argv.slice(2))
