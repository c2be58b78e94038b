import type { Generator } from '../load/generator.ts'
import type { KeyKind, LoadResult, Pace } from '../load/job.ts'
import { childrenOf, cpuSeconds, residentBytes } from '../proc.ts'
import { median } from '../stats.ts'
import type { Measured, Target } from '../targets/target.ts'

export interface LoadOptions {
  readonly lines: number
  readonly keys: KeyKind
}

/** One run of load against one target. */
export interface Round extends LoadResult {
  /** 201 answers a second, or 200 to quotes. */
  readonly perSecond: number
  /** CPU seconds of each process while it ran. */
  readonly cpuSeconds: Readonly<Record<string, number | null>>
  /** Resident memory of each process right after it, in bytes. */
  readonly residentBytes: Readonly<Record<string, number | null>>
}

/** Children that end meanwhile are no longer counted: connections stay for as long as there is load. */
function cpuOf({ pid, withChildren }: Measured): number | null {
  const own = cpuSeconds(pid)
  if (own === null || !withChildren) return own
  return childrenOf(pid).reduce((sum, child) => sum + (cpuSeconds(child) ?? 0), own)
}

export async function measure(
  generator: Generator,
  target: Target,
  pace: Pace,
  options: LoadOptions,
): Promise<Round> {
  const tokens = await target.tokens()
  const { origins, productIds, processes, wish } = target
  const before = processes.map(cpuOf)
  const result = await generator.run({ ...options, origins, tokens, productIds, wish, pace })
  const used = processes.map((process, at) => {
    const [from, to] = [before[at] ?? null, cpuOf(process)]
    return [process.name, from === null || to === null ? null : to - from] as const
  })
  return {
    ...result,
    perSecond: (result.accepted.count / result.elapsedMs) * 1000,
    cpuSeconds: Object.fromEntries(used),
    residentBytes: Object.fromEntries(processes.map(({ name, pid }) => [name, residentBytes(pid)])),
  }
}

/** The medians of several rounds. */
export interface Figures {
  readonly rounds: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** The worst of all rounds. */
  readonly maxMs: number
  /** Answers other than 201, by status, of all rounds. */
  readonly refusals: Readonly<Record<string, number>>
  /** CPU milliseconds of each process for one purchase. */
  readonly cpuMsPerPurchase: Readonly<Record<string, number | null>>
  readonly residentBytes: Readonly<Record<string, number | null>>
  /** Of one core. */
  readonly generatorShare: number
}

export function summarize(rounds: readonly Round[]): Figures {
  const of = (value: (round: Round) => number) => median(rounds.map(value))
  const names = Object.keys(rounds[0]?.cpuSeconds ?? {})
  const byProcess = (value: (round: Round, name: string) => number) =>
    Object.fromEntries(
      names.map((name) => {
        const middle = of((round) => value(round, name))
        return [name, Number.isNaN(middle) ? null : middle]
      }),
    )
  const refusals: Record<string, number> = {}
  for (const round of rounds) {
    for (const [status, count] of Object.entries(round.statuses)) {
      if (status !== '201' && status !== '200') refusals[status] = (refusals[status] ?? 0) + count
    }
  }
  return {
    rounds: rounds.length,
    perSecond: of((round) => round.perSecond),
    p50Ms: of((round) => round.accepted.p50 ?? Number.NaN),
    p99Ms: of((round) => round.accepted.p99 ?? Number.NaN),
    maxMs: Math.max(...rounds.map((round) => round.accepted.max ?? Number.NaN)),
    refusals,
    cpuMsPerPurchase: byProcess(
      (round, name) => ((round.cpuSeconds[name] ?? Number.NaN) * 1000) / round.accepted.count,
    ),
    residentBytes: byProcess((round, name) => round.residentBytes[name] ?? Number.NaN),
    generatorShare: of((round) => (round.generatorCpuSeconds * 1000) / round.elapsedMs),
  }
}

/** `503: 12, 409: 3`, or nothing. */
export function refusalText(refusals: Readonly<Record<string, number>>): string {
  return Object.entries(refusals)
    .map(([status, count]) => `${status === '0' ? 'broken' : status}: ${count}`)
    .join(', ')
}
