import { runShop } from './run.ts'

if (import.meta.main) await runShop(process.argv.slice(2), process.env)
