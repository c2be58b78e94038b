import { createHash } from 'node:crypto'
import { copyFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build as buildClient } from '../../packages/client/build/build.ts'
import { build as buildCreate } from '../../packages/create-encargo/build/build.ts'
import { buildLauncher, buildPlatform } from '../../packages/launcher/build/build.ts'
import { packageOf, type PlatformName } from '../../packages/launcher/src/platform.ts'
import { version } from './manifest.ts'

/** A package as a registry takes it. */
export interface Tarball {
  readonly name: string
  /** In the folder of the release. */
  readonly file: string
}

/** As `npm pack` names what it makes. */
const fileOf = (name: string) => `${name.replace('@', '').replace('/', '-')}-${version}.tgz`

async function packed(
  name: string,
  release: string,
  build: (dist: string) => Promise<void>,
  level?: number,
) {
  const dist = join(release, '.build')
  await build(dist)
  const how = level === undefined ? [] : ['--gzip-level', String(level)]
  const child = Bun.spawn([process.execPath, 'pm', 'pack', ...how], {
    cwd: dist,
    stdout: 'ignore',
    stderr: 'pipe',
  })
  const errors = await new Response(child.stderr).text()
  if ((await child.exited) !== 0) throw new Error(`${name} could not be packed: ${errors}`)
  const file = readdirSync(dist).find((one) => one.endsWith('.tgz')) ?? ''
  renameSync(join(dist, file), join(release, fileOf(name)))
  rmSync(dist, { recursive: true })
  return { name, file: fileOf(name) }
}

export interface PackOptions {
  readonly release: string
  /** The executables that there are, by machine. */
  readonly executables: readonly (readonly [PlatformName, string])[]
  /** Of the largest, from 0 to 9, where time counts more than bytes. */
  readonly gzipLevel?: number
}

/**
 * Packs all that is published into the folder of the release, which is made anew. They come in the order
 * in which they are published: nothing names a package that is not there yet, and newcomers find the last
 * one last.
 */
export async function packAll({
  release,
  executables,
  gzipLevel,
}: PackOptions): Promise<Tarball[]> {
  rmSync(release, { recursive: true, force: true })
  const tarballs: Tarball[] = []
  for (const [name, executable] of executables) {
    const build = (dist: string) => buildPlatform(dist, name, executable)
    tarballs.push(await packed(packageOf(name), release, build, gzipLevel))
    // For whoever wants the file alone.
    copyFileSync(executable, join(release, basename(executable)))
  }
  tarballs.push(await packed('encargo', release, buildLauncher))
  tarballs.push(await packed('@encargo/client', release, buildClient))
  tarballs.push(await packed('create-encargo', release, buildCreate))
  return tarballs
}

/** A line for each file, as `sha256sum --check` reads it. */
export async function checksums(folder: string, files: readonly string[]): Promise<string> {
  const lines = files.map(async (file) => {
    const hash = createHash('sha256')
    for await (const chunk of Bun.file(join(folder, file)).stream()) hash.update(chunk)
    return `${hash.digest('hex')}  ${file}\n`
  })
  return (await Promise.all(lines)).join('')
}
