import { type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import type { BenchOptions } from '../args.ts'
import { residentBytes } from '../proc.ts'
import type { Session } from '../session.ts'
import { median } from '../stats.ts'
import { figure, mebibytes, type Table } from '../table.ts'
import { beginSystem } from './begin.ts'
import type { Section } from '../harness.ts'

const starts = 5
const restMs = 5_000
/** What the project promises of each service. */
const limits = { readyMs: 2_000, residentBytes: 120 * 2 ** 20 } as const

interface Start {
  readonly readyMs: number
  readonly residentBytes: number
}

/** Starts the four services side by side, as `bun run start` does, lets them rest, and looks. */
export async function idle(session: Session, _options: BenchOptions): Promise<Section> {
  const seen = new Map<ServiceName, Start[]>(serviceNames.map((name) => [name, []]))
  for (let round = 1; round <= starts; round++) {
    // The first start makes keys and tables and is one of the five: a newcomer's looks like that.
    const system = await beginSystem(session, { folder: session.path('idle') })
    await Bun.sleep(restMs)
    for (const { name, pid } of system.processes) {
      const service = serviceNames.find((one) => one === name)
      if (!service) continue
      const resident = residentBytes(pid) ?? Number.NaN
      seen.get(service)?.push({ readyMs: system.readyMs[service], residentBytes: resident })
    }
    await system.stop()
    session.say(`start ${round} of ${starts} done`)
  }
  const services = [...seen].map(([name, all]) => ({
    name,
    readyMs: median(all.map((one) => one.readyMs)),
    worstReadyMs: Math.max(...all.map((one) => one.readyMs)),
    residentBytes: median(all.map((one) => one.residentBytes)),
  }))
  const wrong = services
    .filter((one) => one.readyMs > limits.readyMs || one.residentBytes > limits.residentBytes)
    .map((one) => `${one.name}: ready or memory over its limit (2 s, 120 MiB)`)
  return { tables: [idleTable(services)], data: services, wrong }
}

interface Idle {
  readonly name: string
  readonly readyMs: number
  readonly worstReadyMs: number
  readonly residentBytes: number
}

const idleTable = (services: readonly Idle[]): Table => ({
  title: `At rest: medians of ${starts} starts, memory after ${restMs / 1000} s`,
  columns: ['service', 'ready ms', 'worst ms', 'resident MiB'],
  rows: services.map((one) => [
    one.name,
    figure(one.readyMs),
    figure(one.worstReadyMs),
    mebibytes(one.residentBytes),
  ]),
  notes: ['From spawning to "ready", the four starting side by side.'],
})
