import { ensureInstalled } from '../scripts/lib/install.ts'

await ensureInstalled()
const { benchTienda } = await import('./tienda/run.ts')
process.exit(await benchTienda(process.argv.slice(2)))
