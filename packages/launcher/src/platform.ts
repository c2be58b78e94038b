/** A machine that there is an executable for, in the words that npm installs by. */
export interface Platform {
  readonly os: string
  readonly cpu: string
  /** On Linux: which C library the executable needs. */
  readonly libc?: 'glibc'
}

/** By the name that the build has for them. */
export const platforms = {
  'linux-x64': { os: 'linux', cpu: 'x64', libc: 'glibc' },
  'linux-arm64': { os: 'linux', cpu: 'arm64', libc: 'glibc' },
  'darwin-arm64': { os: 'darwin', cpu: 'arm64' },
  'windows-x64': { os: 'win32', cpu: 'x64' },
} as const satisfies Readonly<Record<string, Platform>>
export type PlatformName = keyof typeof platforms

export const platformNames = Object.keys(platforms) as PlatformName[]

/** The package that holds nothing but the executable for one machine. */
export const packageOf = (name: PlatformName) => `@encargo/encargo-${name}`

/** Where the executable lies in its package. */
export const executableIn = (name: PlatformName) =>
  platforms[name].os === 'win32' ? 'bin/encargo.exe' : 'bin/encargo'

/** Which of them this machine is, as Node names it; undefined where there is no executable for it. */
export const platformFor = (os: string, cpu: string) =>
  platformNames.find((name) => platforms[name].os === os && platforms[name].cpu === cpu)
