import { chmodSync, cpSync } from 'node:fs'
import { join } from 'node:path'
import { bundleCommand, emptyFolder, finishFolder } from '../../../scripts/release/folder.ts'
import { commonFields, version } from '../../../scripts/release/manifest.ts'
import {
  executableIn,
  packageOf,
  type Platform,
  type PlatformName,
  platformNames,
  platforms,
} from '../src/platform.ts'

const here = 'packages/launcher'

const published = () => ({
  name: 'encargo',
  ...commonFields(here),
  type: 'module',
  description:
    'A shop that never oversells, in one process: catalogue, stock, orders, back office.',
  keywords: ['encargo', 'shop', 'ecommerce', 'orders', 'inventory'],
  engines: { node: '>=20' },
  bin: { encargo: 'bin/encargo.js' },
  files: ['bin', 'README.md', 'LICENSE'],
  optionalDependencies: Object.fromEntries(platformNames.map((name) => [packageOf(name), version])),
})

function publishedFor(name: PlatformName) {
  const { os, cpu, libc }: Platform = platforms[name]
  return {
    name: packageOf(name),
    ...commonFields(here),
    description: `The executable of encargo for ${name}.`,
    os: [os],
    cpu: [cpu],
    ...(libc === undefined ? {} : { libc: [libc] }),
    files: ['bin', 'README.md', 'LICENSE'],
    // It is run, and cannot be from within an archive.
    preferUnplugged: true,
  }
}

/** Makes the package `encargo` in `dist`, ready to be packed there. */
export async function buildLauncher(dist: string): Promise<void> {
  emptyFolder(dist)
  await bundleCommand(`${here}/src/main.ts`, join(dist, 'bin', 'encargo.js'))
  await finishFolder(dist, here, published())
}

/** Makes the package of one machine in `dist`, around its executable. */
export async function buildPlatform(
  dist: string,
  name: PlatformName,
  executable: string,
): Promise<void> {
  emptyFolder(dist)
  const inside = join(dist, executableIn(name))
  cpSync(executable, inside)
  chmodSync(inside, 0o755)
  await finishFolder(dist, here, publishedFor(name))
}
