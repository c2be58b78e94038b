import { join } from 'node:path'
import { root } from '../lib/install.ts'
import { type Target, targets } from './targets.ts'

export interface CompileOptions {
  /** This machine unless named. */
  readonly target: Target | undefined
  readonly outfile: string
  /** Files that are read at run time, and folders of them. */
  readonly assets: readonly string[]
  readonly commit: string
}

export const entrypoint = 'scripts/encargo.ts'

/**
 * Bundles the commands, and all that they run, with Bun itself into one file.
 * @throws AggregateError with what the bundler says, also of a runtime that it can't fetch
 */
export async function compile({ target, outfile, assets, commit }: CompileOptions): Promise<void> {
  await Bun.build({
    entrypoints: [join(root, entrypoint)],
    root,
    target: 'bun',
    format: 'esm',
    // A fifth less time to start for 6 MB; Bun for Windows weighs those more as it is.
    bytecode: target !== 'windows-x64',
    // No further: Elysia reads the text of functions, and people read stacks.
    minify: { whitespace: false, syntax: true, identifiers: false },
    // So that a stack names the sources; 2 MB.
    sourcemap: 'linked',
    // The compiler of styles; the pages come built.
    external: ['bun-plugin-tailwind'],
    define: { 'process.env.NODE_ENV': '"production"', ENCARGO_COMMIT: JSON.stringify(commit) },
    compile: {
      outfile,
      assets: [...assets],
      ...(target !== undefined && { target: targets[target] }),
      // What it does must not depend on what lies in the folder where it is started.
      autoloadDotenv: false,
      autoloadBunfig: false,
      autoloadTsconfig: false,
      autoloadPackageJson: false,
    },
  })
}
