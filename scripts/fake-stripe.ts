import { requireInstalled } from './lib/install.ts'

requireInstalled()
const { fakeStripe } = await import('./fake-stripe/command.ts')
process.exitCode = await fakeStripe(process.argv.slice(2))
