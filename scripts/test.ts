import { ensureInstalled } from './lib/install.ts'

await ensureInstalled()
const { test } = await import('./lib/test.ts')
await test(process.argv.slice(2))
