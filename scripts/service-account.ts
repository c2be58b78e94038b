import { requireInstalled } from './lib/install.ts'

requireInstalled()
const { serviceAccount } = await import('./accounts/service-account.ts')
process.exitCode = await serviceAccount(process.argv.slice(2), process.env)
