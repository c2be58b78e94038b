import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { bundleCommand, emptyFolder, finishFolder } from '../../../scripts/release/folder.ts'
import { commonFields } from '../../../scripts/release/manifest.ts'

const here = 'packages/create-encargo'

const published = () => ({
  name: 'create-encargo',
  ...commonFields(here),
  type: 'module',
  description: 'Makes an Encargo shop in a new folder: npm create encargo.',
  keywords: ['encargo', 'shop', 'orders', 'create'],
  engines: { node: '>=20' },
  bin: { 'create-encargo': 'bin/create-encargo.js' },
  files: ['bin', 'template', 'README.md', 'LICENSE'],
})

/** Makes the package in `dist`, ready to be packed there. */
export async function build(dist: string): Promise<void> {
  emptyFolder(dist)
  await bundleCommand(`${here}/src/main.ts`, join(dist, 'bin', 'create-encargo.js'))
  cpSync(join(import.meta.dir, '..', 'template'), join(dist, 'template'), { recursive: true })
  await finishFolder(dist, here, published())
}
