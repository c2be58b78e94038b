import { globSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/install.ts'

/** What `pattern` names, from the root; something always. */
export function found(pattern: string): string[] {
  const paths = globSync(pattern, { cwd: root })
  if (paths.length === 0)
    throw new Error(`there is nothing to bring along that is called ${pattern}`)
  return paths
}

/** What is started by the path of its source, and so is a program of its own. */
export const workers = (): string[] =>
  ['apps/*/src/**/*-worker.ts', 'packages/*/src/**/*-worker.ts'].flatMap(found)

/**
 * Puts each in one file under the name of its source in `folder`. As bytecode their word lists would weigh
 * twice as much.
 */
export async function bundleWorkers(folder: string): Promise<void> {
  await Bun.build({
    entrypoints: workers().map((path) => join(root, path)),
    root,
    outdir: folder,
    naming: '[dir]/[name].ts',
    target: 'bun',
    minify: { whitespace: true, syntax: true, identifiers: false },
  })
}
