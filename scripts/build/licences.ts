import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import rootPackage from '../../package.json'
import { root } from '../lib/install.ts'
import { foldersNeeded } from '../lib/lockfile.ts'

/** The packages whose code goes into a bundle, as folders from the root of the workspace. */
async function foldersBundled(entrypoints: readonly string[]): Promise<string[]> {
  const { metafile } = await Bun.build({
    entrypoints: entrypoints.map((path) => join(root, path)),
    target: 'bun',
    external: ['bun-plugin-tailwind'],
    metafile: true,
  })
  const inputs = Object.keys(metafile?.inputs ?? {}).map((path) => relative(root, resolve(path)))
  return inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [])
}

const isNotice = (name: string) => /^(?:licen[cs]e|copying|notice)/i.test(name)

/** What a package asks those who pass its code on to pass on as well. */
function noticesOf(folder: string): string {
  const at = join(root, folder)
  const described: Readonly<Record<string, unknown>> = JSON.parse(
    readFileSync(join(at, 'package.json'), 'utf8'),
  )
  const { name, version, license = 'unknown' } = described
  const texts = readdirSync(at)
    .filter(isNotice)
    .map((file) => readFileSync(join(at, file), 'utf8').trim())
  return [`## ${name} ${version} (${license})`, ...texts].join('\n\n')
}

const aboutBun = `## Bun ${rootPackage.packageManager.replace('bun@', '')} (MIT)

It runs all of this, and has parts under other licences, among them JavaScriptCore (LGPL 2). Which they are, and how
to exchange it: https://bun.com/docs/project/license`

/** The licences of what the executable holds beside its own code: what is bundled, and what pages need. */
export async function licences(entrypoints: readonly string[]): Promise<string> {
  const own = readFileSync(join(root, 'LICENSE'), 'utf8').trim()
  const folders = new Set([...(await foldersBundled(entrypoints)), ...foldersNeeded(root)])
  return [`# Encargo\n\n${own}`, aboutBun, ...[...folders].sort().map(noticesOf), ''].join('\n\n')
}
