import { ensureInstalled } from '../scripts/lib/install.ts'

await ensureInstalled()
const { benchTienda } = await import('./tienda/command.ts')
await benchTienda(process.argv.slice(2))
