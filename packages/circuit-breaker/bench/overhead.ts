import * as cockatiel from 'cockatiel'
import { do_not_optimize as use, measure } from 'mitata'
// @ts-expect-error opossum brings no types
import CircuitBreaker from 'opossum'
import { benchmark, commonHelp, commonOptions } from '../../../bench/harness.ts'
import { figure } from '../../../bench/table.ts'
import { wholeNumber } from '../../../scripts/lib/command-line.ts'
import { Breaker, type BreakerOptions } from '../src/index.ts'

const help = `Usage: bun run bench [rounds] [options]

What a breaker adds to a successful call: ours, cockatiel and opossum beside the bare call. The
subjects take turns for some rounds (30 unless told otherwise), and the best round of each counts, so
that a busy machine slows all of them down and not just one.

${commonHelp}`

const call = async () => 42

const rates = { minimumCalls: 20, failureRate: 0.5 }
const ours = (options: Omit<BreakerOptions, 'openMs'>) => {
  const breaker = new Breaker({ ...options, openMs: 1000 })
  return async () => use(await breaker.run(call))
}
const cockatiels = (breaker: cockatiel.IBreaker) => {
  const options = { breaker, halfOpenAfter: 1000 }
  const policy = cockatiel.circuitBreaker(cockatiel.handleAll, options)
  return async () => use(await policy.execute(call))
}
const opossum = new CircuitBreaker(call, { timeout: false, rollingCountTimeout: 10_000 })

const subjects: Record<string, () => Promise<void>> = {
  'bare async call': async () => use(await call()),
  'cockatiel, consecutive': cockatiels(new cockatiel.ConsecutiveBreaker(5)),
  'cockatiel, count of 100': cockatiels(new cockatiel.CountBreaker({ threshold: 0.5, size: 100 })),
  'cockatiel, 10 s': cockatiels(
    new cockatiel.SamplingBreaker({ threshold: 0.5, duration: 10_000, minimumRps: 2 }),
  ),
  'opossum, 10 s': async () => use(await opossum.fire()),
  'ours, consecutive': ours({ window: { type: 'consecutive', failures: 5 } }),
  'ours, count of 100': ours({ window: { type: 'count', size: 100, ...rates } }),
  'ours, 10 s': ours({ window: { type: 'time', ms: 10_000, ...rates } }),
  'ours, 10 s, slow calls too': ours({
    window: { type: 'time', ms: 10_000, ...rates, slowRate: 0.8 },
    slowMs: 1000,
  }),
}

async function overheads(rounds: number) {
  const best = new Map<string, number>()
  for (let round = 0; round < rounds; round++) {
    for (const [name, subject] of Object.entries(subjects)) {
      const { p50 } = await measure(subject, { min_cpu_time: 40e6 })
      best.set(name, Math.min(p50, best.get(name) ?? Infinity))
    }
  }
  opossum.shutdown()
  const bare = best.get('bare async call') ?? 0
  const all = [...best].map(([name, ns]) => ({ name, ns, overhead: ns - bare }))
  const published = all.filter(({ name }) => /^(cockatiel|opossum)/.test(name))
  const fastest = Math.min(...published.map(({ overhead }) => overhead))
  const table = {
    title: 'A good call, by the median of its best round; x: of the fastest published breaker',
    columns: ['subject', 'ns', 'overhead ns', 'x'],
    rows: all.map(({ name, ns, overhead }) => [
      name,
      figure(ns),
      figure(overhead),
      (overhead / fastest).toFixed(2),
    ]),
  }
  return { tables: [table], data: all, wrong: [] }
}

const exitCode = await benchmark(process.argv.slice(2), {
  help,
  options: commonOptions,
  names: { most: 1, takes: 'bench takes how many rounds' },
  choose: (values, [rounds = '30']) => ({
    ...values,
    rounds: wholeNumber('rounds', rounds, 1, 1_000),
  }),
  async *measure(_session, { rounds }) {
    yield ['overhead', await overheads(rounds)]
  },
})
process.exit(exitCode)
