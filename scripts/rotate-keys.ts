import { requireInstalled } from './lib/install.ts'

requireInstalled()
const { rotateKeys } = await import('./accounts/rotate-keys.ts')
process.exitCode = await rotateKeys(process.argv.slice(2), process.env)
