import rootPackage from '../../package.json'
import { root } from './install.ts'

/** Written into the executable when it is built. */
declare const ENCARGO_COMMIT: string | undefined

export const { version } = rootPackage

/** What the executable says of the licences in it. */
export const licencesFile = 'LICENCES.md'

/** The commit that this is, where it is known. */
export function commit(): string {
  if (typeof ENCARGO_COMMIT === 'string') return ENCARGO_COMMIT
  const git = Bun.which('git')
  if (!git) return 'unknown'
  const { stdout, exitCode } = Bun.spawnSync([git, 'rev-parse', 'HEAD'], { cwd: root })
  return exitCode === 0 ? stdout.toString().trim() : 'unknown'
}
