import { ensureInstalled } from './lib/install.ts'

await ensureInstalled()
const { setup } = await import('./lib/setup.ts')
await setup(process.argv.slice(2))
