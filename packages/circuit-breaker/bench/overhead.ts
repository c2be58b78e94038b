/**
 * What a successful call through a breaker costs beside the bare call: ours, cockatiel, opossum.
 * Run with `bun run bench`.
 */
import * as cockatiel from 'cockatiel'
import { bench, do_not_optimize, run, summary } from 'mitata'
// @ts-expect-error opossum brings no types
import CircuitBreaker from 'opossum'
import { Breaker } from '../src/index.ts'

const call = async () => 42
const never = { openMs: 1000 }
const ours = {
  consecutive: new Breaker({ window: { type: 'consecutive', failures: 5 }, ...never }),
  count: new Breaker({ window: { type: 'count', size: 100, failureRate: 0.5 }, ...never }),
  time: new Breaker({
    window: { type: 'time', ms: 10_000, minimumCalls: 20, failureRate: 0.5 },
    ...never,
  }),
  'time and slow': new Breaker({
    window: { type: 'time', ms: 10_000, minimumCalls: 20, failureRate: 0.5, slowRate: 0.8 },
    slowMs: 1000,
    ...never,
  }),
}
const theirs = (breaker: cockatiel.IBreaker) =>
  cockatiel.circuitBreaker(cockatiel.handleAll, { breaker, halfOpenAfter: 1000 })
const cockatiels = {
  consecutive: theirs(new cockatiel.ConsecutiveBreaker(5)),
  count: theirs(new cockatiel.CountBreaker({ threshold: 0.5, size: 100 })),
  time: theirs(new cockatiel.SamplingBreaker({ threshold: 0.5, duration: 10_000, minimumRps: 2 })),
}
const opossum = new CircuitBreaker(call, { timeout: false, rollingCountTimeout: 10_000 })

summary(() => {
  bench('bare async call', async () => do_not_optimize(await call())).baseline()
  for (const [name, breaker] of Object.entries(ours)) {
    bench(`ours, ${name}`, async () => do_not_optimize(await breaker.run(call)))
  }
  for (const [name, policy] of Object.entries(cockatiels)) {
    bench(`cockatiel, ${name}`, async () => do_not_optimize(await policy.execute(call)))
  }
  bench('opossum, time', async () => do_not_optimize(await opossum.fire()))
})
await run()
opossum.shutdown()
