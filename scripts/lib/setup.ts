import { join } from 'node:path'
import { namesOrEnd } from './command-line.ts'
import { fail, root } from './install.ts'

const help = `Usage: bun run setup

Makes a checkout ready for \`bun run start\`: installs what the lockfile says, and builds the pages of
tienda. Run it once, and again after each upgrade, as the owner of the checkout; what runs the
services needs to read it only.`

export async function setup(args: readonly string[]): Promise<void> {
  namesOrEnd(args, help, false)
  // A process of its own: in this one the bundler remembers that nothing was installed.
  const build = Bun.spawn([process.execPath, join(root, 'apps', 'tienda', 'construir.ts')], {
    cwd: root,
    stdin: 'ignore',
    stdout: 'inherit',
    stderr: 'inherit',
  })
  if ((await build.exited) !== 0)
    fail('The pages of tienda could not be built; the lines above say why.')
  console.log('Ready: dependencies are installed and the pages are built. Next: bun run start')
}
