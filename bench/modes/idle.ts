import type { BenchOptions } from '../args.ts'
import { residentBytes } from '../proc.ts'
import type { Session } from '../session.ts'
import { median } from '../stats.ts'
import { figure, mebibytes, type Table } from '../table.ts'
import { beginSystem } from './begin.ts'
import type { Section } from '../harness.ts'

const starts = 5
const restMs = 5_000
/** What the project promises of each service, and of all of it, tienda too, in one process. */
const limits = {
  system: { readyMs: 2_000, residentMiB: 120 },
  juntos: { readyMs: 1_500, residentMiB: 200 },
} as const

interface Start {
  readonly readyMs: number
  readonly residentBytes: number
}

/** Starts the system, four services side by side or all as one process, lets it rest, and looks. */
export async function idle(session: Session, { form }: BenchOptions): Promise<Section> {
  const seen = new Map<string, Start[]>()
  for (let round = 1; round <= starts; round++) {
    // The first start makes keys and tables and is one of the five: a newcomer's looks like that.
    const system = await beginSystem(session, {
      form,
      tienda: true,
      folder: session.path('idle'),
    })
    await Bun.sleep(restMs)
    for (const { name, pid } of system.processes) {
      const start = {
        readyMs: system.readyMs[name] ?? Number.NaN,
        residentBytes: residentBytes(pid) ?? Number.NaN,
      }
      seen.set(name, [...(seen.get(name) ?? []), start])
    }
    await system.stop()
    session.say(`start ${round} of ${starts} done`)
  }
  const processes = [...seen].map(([name, all]) => ({
    name,
    readyMs: median(all.map((one) => one.readyMs)),
    worstReadyMs: Math.max(...all.map((one) => one.readyMs)),
    residentBytes: median(all.map((one) => one.residentBytes)),
  }))
  const { readyMs, residentMiB } = limits[form]
  const wrong = processes
    .filter((one) => !(one.readyMs <= readyMs && one.residentBytes <= residentMiB * 2 ** 20))
    .map((one) => `${one.name}: over ${readyMs / 1000} s to ready or ${residentMiB} MiB at rest`)
  return { tables: [idleTable(processes)], data: processes, wrong }
}

interface Idle {
  readonly name: string
  readonly readyMs: number
  readonly worstReadyMs: number
  readonly residentBytes: number
}

const idleTable = (processes: readonly Idle[]): Table => ({
  title: `At rest: medians of ${starts} starts, memory after ${restMs / 1000} s`,
  columns: ['process', 'ready ms', 'worst ms', 'resident MiB'],
  rows: processes.map((one) => [
    one.name,
    figure(one.readyMs),
    figure(one.worstReadyMs),
    mebibytes(one.residentBytes),
  ]),
  notes: ['From spawning until all of the process is "ready"; several start side by side.'],
})
