import { ensureInstalled } from './lib/install.ts'

await ensureInstalled()
const { bench } = await import('../bench/run.ts')
await bench(process.argv.slice(2))
