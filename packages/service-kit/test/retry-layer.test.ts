import { describe, expect, test } from 'bun:test'
import { createResilientFetch } from '@encargo/circuit-breaker'
import { callHeaders, createCallContext } from '../src/peer/call-context.ts'

/** A peer that always fails, and the calls that it saw. */
function failingPeer() {
  const seen: Headers[] = []
  const answer = (_input: unknown, init?: RequestInit) => {
    seen.push(new Headers(init?.headers))
    return Promise.resolve(new Response('', { status: 503 }))
  }
  const fetcher = createResilientFetch({
    target: 'peer',
    backOffMs: 0,
    fetch: Object.assign(answer, { preconnect: fetch.preconnect }),
  })
  return { seen, fetcher }
}

describe('retries in a chain of calls', () => {
  test('are made by the first layer only: what is retried above is called once below', async () => {
    const above = failingPeer()
    await above.fetcher('http://peer/', { headers: callHeaders(createCallContext(new Headers())) })
    expect(above.seen.length).toBe(3)

    const below = failingPeer()
    const [arrived] = above.seen
    if (!arrived) throw new Error('no call arrived')
    await below.fetcher('http://peer/', { headers: callHeaders(createCallContext(arrived)) })
    expect(below.seen.length).toBe(1)
  })
})
