import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dir, '..', '..')

/** An empty folder for a package; what was in it is gone. */
export function emptyFolder(dist: string): void {
  rmSync(dist, { recursive: true, force: true })
  mkdirSync(dist, { recursive: true })
}

/** What stands in every package beside its code. `from` is where its sources are, from the root. */
export async function finishFolder(dist: string, from: string, manifest: object): Promise<void> {
  copyFileSync(join(root, from, 'README.md'), join(dist, 'README.md'))
  copyFileSync(join(root, 'LICENSE'), join(dist, 'LICENSE'))
  await Bun.write(join(dist, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

/** One file of JavaScript that Node runs as a command. */
export async function bundleCommand(source: string, outfile: string): Promise<void> {
  await Bun.build({
    entrypoints: [join(root, source)],
    target: 'node',
    format: 'esm',
    // Before the code, also before what the bundler puts there.
    banner: '#!/usr/bin/env node',
    outdir: join(outfile, '..'),
    naming: outfile.slice(join(outfile, '..').length + 1),
  })
}
