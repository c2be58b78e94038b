import {
  Breaker,
  createResilientFetch,
  LocalRefusalError,
  type BreakerSnapshot,
  type FetchMetrics,
  type State,
  type Verdict,
  type Window,
} from '../src/index.ts'

// What Eden takes as its `fetcher`, preconnect included.
const fetcher: typeof fetch = createResilientFetch({ target: 'inventario' })
fetcher.preconnect('http://127.0.0.1:8002')
export const response: Promise<Response> = fetcher(new URL('http://127.0.0.1:8002/livez'))

export const metrics: FetchMetrics = createResilientFetch({ target: 'auth' }).metrics()
export const state: State = metrics.state
export const refusals: Record<'breaker' | 'bulkhead' | 'deadline', number> = metrics.refused

// @ts-expect-error a target has a name
createResilientFetch({})
// @ts-expect-error milliseconds are numbers
createResilientFetch({ target: 'auth', deadlineMs: '5s' })

const breaker = new Breaker({ window: { type: 'consecutive', failures: 3 }, openMs: 1000 })
export const value: Promise<number> = breaker.run(() => 7)
export const judged = breaker.run(
  async () => ({ status: 503 }),
  (_, answer): Verdict => (answer && answer.status >= 500 ? 'failure' : 'success'),
)
// @ts-expect-error a verdict is one of three
breaker.acquire().settle('slow')
// @ts-expect-error the state is for reading
breaker.state = 'open'
// @ts-expect-error a rate belongs to a count or a time
export const rated: Window = { type: 'consecutive', failures: 3, failureRate: 0.5 }
// @ts-expect-error a time needs to say how many calls make a rate
export const timed: Window = { type: 'time', ms: 1000, failureRate: 0.5 }
// @ts-expect-error an open breaker has a wait
export const noWait: BreakerSnapshot = { state: 'open', attempt: 1 }

/** Every refusal says by whom; a switch over all of them needs no default. */
export function layerOf(error: LocalRefusalError): string {
  switch (error.by) {
    case 'breaker':
      return 'breaker'
    case 'bulkhead':
      return 'bulkhead'
    case 'deadline':
      return 'deadline'
  }
}
