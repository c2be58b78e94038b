/** The machines that an executable can be named for, and what Bun calls them. */
export const targets = {
  'linux-x64': 'bun-linux-x64',
  'linux-arm64': 'bun-linux-arm64',
  'darwin-arm64': 'bun-darwin-arm64',
  'windows-x64': 'bun-windows-x64',
} as const satisfies Record<string, Bun.Build.CompileTarget>
export type Target = keyof typeof targets

export const targetNames = Object.keys(targets) as Target[]

export const isTarget = (name: string): name is Target => Object.hasOwn(targets, name)

/** The file's name in `dist`: this machine's has none of its own. */
export function fileNameOf(
  target: Target | undefined,
  platform: string = process.platform,
): string {
  const ending = (target ?? platform).startsWith('win') ? '.exe' : ''
  return `${target === undefined ? 'encargo' : `encargo-${target}`}${ending}`
}
