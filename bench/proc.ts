import { readFileSync } from 'node:fs'

const ticksPerSecond = 100

/** Resident memory in bytes (`VmRSS`), or null where the system has no /proc or the process is gone. */
export function residentBytes(pid: number): number | null {
  const text = read(`/proc/${pid}/status`)
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1]
  return kib === undefined ? null : Number(kib) * 1024
}

/** Seconds of CPU that all threads of a process have used, user and system; null as above. */
export function cpuSeconds(pid: number): number | null {
  // The second field, the command, may hold spaces and parentheses: count from its end (proc(5)).
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? []
  const [user, system] = [fields[11], fields[12]]
  if (user === undefined || system === undefined) return null
  return (Number(user) + Number(system)) / ticksPerSecond
}

/** The processes that a process has begun and that have not ended. */
export const childrenOf = (pid: number): number[] =>
  read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number)

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
