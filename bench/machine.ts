import { readFileSync } from 'node:fs'
import { arch, cpus, platform, totalmem } from 'node:os'

/** What a figure depends on, in general terms: no names of hosts or people. */
export interface Machine {
  readonly cores: number
  readonly cpu: string
  readonly memoryGiB: number
  readonly system: string
  readonly bun: string
  /** Of the folder with the databases; an fsync costs nothing in a `tmpfs`. */
  readonly filesystem: string
  /** Median of 200 appends of 4 KiB, each with its fdatasync, in milliseconds. */
  readonly fsyncMs: number
}

export function describeMachine(folder: string, fsyncMs: number): Machine {
  const all = cpus()
  return {
    cores: all.length,
    cpu: all[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    bun: Bun.version,
    filesystem: filesystemOf(folder),
    fsyncMs,
  }
}

/** The type of the mount that holds `folder`: the longest mount point that is a prefix of it. */
export function filesystemOf(folder: string): string {
  let best = { point: '', type: 'unknown' }
  for (const line of readMounts().split('\n')) {
    const [, point = '', type = 'unknown'] = line.split(' ')
    const inside = folder === point || folder.startsWith(point.endsWith('/') ? point : `${point}/`)
    if (point !== '' && inside && point.length >= best.point.length) best = { point, type }
  }
  return best.type
}

function readMounts(): string {
  try {
    return readFileSync('/proc/mounts', 'utf8')
  } catch {
    return ''
  }
}
