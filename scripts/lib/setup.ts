import { namesOrEnd } from './command-line.ts'
import { guardarConstruccion } from '../../apps/tienda/src/server/guardada.ts'

const help = `Usage: bun run setup

Makes a checkout ready for \`bun run start\`: installs what the lockfile says, and builds the pages of
tienda. Run it once, and again after each upgrade, as the owner of the checkout; what runs the
services needs to read it only.`

export async function setup(args: readonly string[]): Promise<void> {
  namesOrEnd(args, help, false)
  await guardarConstruccion()
  console.log('Ready: dependencies are installed and the pages are built. Next: bun run start')
}
