import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { helpOption, runCommand, Sentence, UsageError } from '../lib/command-line.ts'
import { root } from '../lib/install.ts'
import { commit } from '../lib/version.ts'
import { compile } from './compile.ts'
import { gather } from './contents.ts'
import { fileNameOf, isTarget, type Target, targetNames } from './targets.ts'

const help = `Usage: bun run build [target...]

Makes the shop one executable file: dist/encargo for this machine, or dist/encargo-<target> for each
that is named of ${targetNames.join(', ')}.
For another machine Bun fetches its own runtime, once.`

const command = {
  help,
  options: helpOption,
  names: { most: targetNames.length, takes: 'build takes each target once' },
} as const

const dist = join(root, 'dist')

function targetsOf(names: readonly string[]): (Target | undefined)[] {
  if (names.length === 0) return [undefined]
  return [...new Set(names)].map((name) => {
    if (isTarget(name)) return name
    throw new UsageError(`There is no target "${name}"; there are ${targetNames.join(', ')}.`)
  })
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** What the bundler says comes as many errors in one. */
const told = (error: unknown): string =>
  error instanceof AggregateError ? error.errors.map(messageOf).join('; ') : messageOf(error)

/** Answers the exit code. One target that can't be built does not keep the others from it. */
export async function build(args: readonly string[]): Promise<number> {
  return await runCommand(args, command, async (_values, names, progress) => {
    const wanted = targetsOf(names)
    const revision = commit()
    mkdirSync(dist, { recursive: true })
    // On the same disk, so that a file bears its name only once it is whole.
    const folder = mkdtempSync(join(dist, '.build-'))
    const failed: string[] = []
    try {
      progress('building the pages', 0)
      const assets = await gather(join(folder, 'contents'))
      for (const [index, target] of wanted.entries()) {
        const name = fileNameOf(target)
        progress(`building ${name}`, index / wanted.length)
        const outfile = join(folder, name)
        const file = join(dist, name)
        try {
          await compile({ target, outfile, assets, commit: revision })
          renameSync(outfile, file)
          progress.clear()
          const size = (statSync(file).size / 1e6).toFixed(1)
          console.log(`${relative(root, file)}  ${size} MB`)
        } catch (error) {
          failed.push(`${name} could not be built: ${told(error)}`)
        }
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    if (failed.length > 0) throw new Sentence(failed.join('\n'))
  })
}
