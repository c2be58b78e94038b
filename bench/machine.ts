import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { arch, cpus, platform, totalmem } from 'node:os'
import { join } from 'node:path'
import { median } from './stats.ts'

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

export function describeMachine(folder: string): Machine {
  const all = cpus()
  return {
    cores: all.length,
    cpu: all[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    bun: Bun.version,
    filesystem: filesystemOf(folder),
    fsyncMs: measureFsync(folder),
  }
}

/** The type of the mount that holds `folder`: the longest mount point that is a prefix of it. */
function filesystemOf(folder: string): string {
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

/** What one durable write costs in `folder`: the median of 200 appends of 4 KiB, in milliseconds. */
function measureFsync(folder: string): number {
  const descriptor = openSync(join(folder, 'fsync-probe'), 'w')
  const page = Buffer.alloc(4096, 1)
  try {
    const times = Array.from({ length: 200 }, () => {
      const startedAt = performance.now()
      writeSync(descriptor, page)
      fdatasyncSync(descriptor)
      return performance.now() - startedAt
    })
    return median(times)
  } finally {
    closeSync(descriptor)
  }
}
