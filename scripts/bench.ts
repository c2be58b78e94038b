import { ensureInstalled } from './lib/install.ts'

await ensureInstalled()
const { bench } = await import('../bench/run.ts')
process.exit(await bench(process.argv.slice(2)))
