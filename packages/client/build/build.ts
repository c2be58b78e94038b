import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyFolder, finishFolder } from '../../../scripts/release/folder.ts'
import { commonFields } from '../../../scripts/release/manifest.ts'
import { contractDeclarations } from './declarations.ts'

const here = join(import.meta.dir, '..')

/** The compiler's declarations of the sources, and of the contract written out, below `outDir`. */
async function emitDeclarations(outDir: string): Promise<void> {
  const tsc = Bun.resolveSync('typescript/package.json', here).replace('package.json', 'bin/tsc')
  const project = join(import.meta.dir, 'tsconfig.json')
  const child = Bun.spawn([process.execPath, tsc, '-p', project, '--outDir', outDir], {
    stdout: 'pipe',
    stderr: 'inherit',
  })
  const output = await new Response(child.stdout).text()
  if ((await child.exited) !== 0) throw new Error(`the compiler refused:\n${output}`)
}

/** In the package a module's neighbour is JavaScript to whoever looks for its types. */
const asPublished = (text: string) => text.replaceAll(/(from '\.\/[^']+)\.ts'/g, "$1.js'")

/** The package's declarations, by the names of their files. */
async function declare(): Promise<ReadonlyMap<string, string>> {
  const work = mkdtempSync(join(tmpdir(), 'encargo-client-'))
  try {
    await emitDeclarations(work)
    const emitted = join(work, 'packages/client')
    const read = (...path: string[]) => Bun.file(join(emitted, ...path)).text()
    const files = new Map<string, string>()
    for (const name of readdirSync(join(emitted, 'src')))
      files.set(name, asPublished(await read('src', name)))
    return files.set(
      'contract.d.ts',
      contractDeclarations(await read('build/contract.source.d.ts')),
    )
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Once in a process: the compiler needs seconds, and tests of several files make the package. */
let declared: ReturnType<typeof declare> | undefined

async function writeDeclarations(dist: string): Promise<void> {
  for (const [name, text] of await (declared ??= declare())) await Bun.write(join(dist, name), text)
}

async function bundle(dist: string): Promise<void> {
  const built = await Bun.build({
    entrypoints: [join(here, 'src/index.ts')],
    outdir: dist,
    target: 'browser',
    format: 'esm',
  })
  if (!built.success) throw new Error(built.logs.join('\n'))
}

/** The manifest of what is published: one file of JavaScript, its types, nothing to install. */
const published = () => ({
  name: '@encargo/client',
  ...commonFields('packages/client'),
  type: 'module',
  description: 'Typed client of the Encargo services, for browsers, workers, Bun and Node.',
  keywords: ['encargo', 'orders', 'shop', 'client', 'typescript'],
  sideEffects: false,
  engines: { node: '>=20' },
  exports: {
    '.': { types: './index.d.ts', default: './index.js' },
    './package.json': './package.json',
  },
  files: ['*.js', '*.d.ts', 'README.md', 'LICENSE'],
})

/** Makes the package in `dist`, ready for `bun pm pack` or `bun publish` there. */
export async function build(dist: string): Promise<void> {
  emptyFolder(dist)
  await Promise.all([bundle(dist), writeDeclarations(dist)])
  await finishFolder(dist, 'packages/client', published())
}

if (import.meta.main) {
  const dist = join(here, 'dist')
  await build(dist)
  console.log(`Built ${dist}. Pack it with: cd ${dist} && npm pack`)
}
