import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { Environment } from '@encargo/service-kit/run/config'
import {
  platformFor,
  type PlatformName,
  platformNames,
} from '../../packages/launcher/src/platform.ts'
import { fileNameOf } from '../build/targets.ts'
import { helpOption, runCommand, Sentence, UsageError } from '../lib/command-line.ts'
import { root } from '../lib/install.ts'
import { version } from './manifest.ts'
import { checksums, packAll } from './packages.ts'
import { publishAll } from './publish.ts'
import { objections } from './ready.ts'
import { tryRelease } from './try.ts'

const help = `Usage: bun run release check TAG | pack [target...] | publish | try

What docs/release.md says, step by step.

  check TAG         whether TAG, package.json and CHANGELOG.md speak of one version
  pack [target...]  all packages, around the executables that \`bun run build\` made of
                    ${platformNames.join(', ')}
                    (all of them unless named), into dist/release with their checksums
  publish           publishes in order what the registry has not yet; only where they were built for it
  try               from \`npm create encargo\` to the first purchase, with what is packed, from a registry
                    of its own on this machine, second by second`

const folder = join(root, 'dist', 'release')
const orderFile = join(folder, 'order.json')
const Order = Type.Array(Type.Object({ name: Type.String(), file: Type.String() }))

/** What `pack` left, in the order of publishing. */
async function order(): Promise<Static<typeof Order>> {
  const file = Bun.file(orderFile)
  if (await file.exists()) return Value.Parse(Order, await file.json())
  throw new Sentence('Nothing is packed: bun run release pack does that.')
}

function check([tag = '']: readonly string[]): void {
  const found = objections(tag, version, readFileSync(join(root, 'CHANGELOG.md'), 'utf8'))
  if (found.length > 0) throw new Sentence(found.join('\n'))
  console.log(`${tag} can be given out.`)
}

const isPlatform = (name: string): name is PlatformName =>
  platformNames.some((known) => known === name)

/** The executable of a machine, as `bun run build` made it. */
function executableOf(platform: PlatformName): readonly [PlatformName, string] {
  const path = join(root, 'dist', fileNameOf(platform))
  if (existsSync(path)) return [platform, path]
  throw new Sentence(`${path} is missing: bun run build ${platform} makes it.`)
}

async function pack(names: readonly string[]): Promise<void> {
  const platforms = (names.length > 0 ? names : platformNames).map((name) => {
    if (isPlatform(name)) return name
    throw new UsageError(`There is no target "${name}"; there are ${platformNames.join(', ')}.`)
  })
  const tarballs = await packAll({ release: folder, executables: platforms.map(executableOf) })
  await Bun.write(orderFile, `${JSON.stringify(tarballs, null, 2)}\n`)
  const files = readdirSync(folder).toSorted()
  await Bun.write(join(folder, 'SHA256SUMS'), await checksums(folder, files))
  for (const { name, file } of tarballs) {
    console.log(`${name.padEnd(32)}${(Bun.file(join(folder, file)).size / 1e6).toFixed(2)} MB`)
  }
}

async function publish(env: Environment): Promise<void> {
  if (!env['GITHUB_ACTIONS']) {
    throw new Sentence(
      'Packages are published by .github/workflows/release.yml, which signs where they come from.',
    )
  }
  await publishAll(await order(), { release: folder, env, report: console.log, provenance: true })
}

async function tryIt(): Promise<void> {
  const here = platformFor(process.platform, process.arch)
  if (here === undefined) throw new Sentence('There is no executable for this machine to try.')
  await tryRelease({ tarballs: await order(), release: folder, report: console.log })
}

/** Answers the exit code. */
export async function release(args: readonly string[], env: Environment): Promise<number> {
  const names = { most: Number.POSITIVE_INFINITY, takes: '' }
  const command = { help, options: helpOption, names } as const
  return await runCommand(args, command, async (_values, [step = '', ...rest]) => {
    switch (step) {
      case 'check':
        return check(rest)
      case 'pack':
        return await pack(rest)
      case 'publish':
        return await publish(env)
      case 'try':
        return await tryIt()
      default:
        throw new UsageError(`There is no step "${step}"; --help says which there are.`)
    }
  })
}
