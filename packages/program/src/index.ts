import { join } from 'node:path'

/** Whether this is the one file that `bun run build` makes, which needs neither a checkout nor Bun. */
export const isExecutable = Bun.isStandaloneExecutable

/** The root of the workspace. In the executable every module lies at the root of what it holds. */
const root = isExecutable ? import.meta.dir : join(import.meta.dir, '..', '..', '..')

/**
 * Where a file is that the program brings along, by its path from the root of the workspace. The
 * executable holds those that `scripts/build/contents.ts` names, under the same paths.
 */
export const inProgram = (path: string): string => join(root, path)

/** How a command is typed here: `bun run audit`, or `encargo audit`. */
export const commandLine = (name: string): string =>
  `${isExecutable ? 'encargo' : 'bun run'} ${name}`
