import { root } from '../lib/install.ts'

function gitCommit(): string {
  const git = Bun.which('git')
  if (!git) return 'unknown'
  const { stdout, exitCode } = Bun.spawnSync([git, 'rev-parse', 'HEAD'], { cwd: root })
  return exitCode === 0 ? stdout.toString().trim() : 'unknown'
}

/** The commit that this is, where it is known. */
export const version = gitCommit()
