import { describe, expect, test } from 'bun:test'
import { ServiceToken } from '../src/peer/service-token.ts'
import { createTestClock } from '../src/testing/service.ts'

/** An issuer that answers when the test says so, and counts how often it was asked. */
function issuer() {
  const waiting: PromiseWithResolvers<{ access_token: string; expires_in: number }>[] = []
  return {
    issue() {
      const answer = Promise.withResolvers<{ access_token: string; expires_in: number }>()
      waiting.push(answer)
      return answer.promise
    },
    asked: () => waiting.length,
    answer(token: string, seconds = 600) {
      waiting.at(-1)?.resolve({ access_token: token, expires_in: seconds })
    },
    fail(error: Error) {
      waiting.at(-1)?.reject(error)
    },
  }
}

function setUp() {
  const clock = createTestClock()
  const auth = issuer()
  return { auth, clock, token: new ServiceToken(auth.issue, clock.ms) }
}

describe("a service's own token", () => {
  test('is fetched once however many calls wait for it', async () => {
    const { auth, token } = setUp()
    expect(auth.asked()).toBe(0)
    const calls = [token.get(), token.get(), token.get()]
    auth.answer('a')
    expect(await Promise.all(calls)).toEqual(['a', 'a', 'a'])
    expect(await token.get()).toBe('a')
    expect(auth.asked()).toBe(1)
  })

  test('is renewed from the half of its life on, beside the calls that use it', async () => {
    const { auth, clock, token } = setUp()
    const first = token.get()
    auth.answer('a', 600)
    await first
    clock.advance(299_999)
    expect([await token.get(), auth.asked()]).toEqual(['a', 1])
    clock.advance(1)
    expect([await token.get(), await token.get(), auth.asked()]).toEqual(['a', 'a', 2])
    auth.answer('b', 600)
    await Bun.sleep(0)
    expect(await token.get()).toBe('b')
  })

  test('is used until shortly before its end when auth gives no newer one, and not beyond', async () => {
    const { auth, clock, token } = setUp()
    const first = token.get()
    auth.answer('a', 600)
    await first
    clock.advance(569_999)
    expect(await token.get()).toBe('a')
    auth.fail(new Error('auth is away'))
    await Bun.sleep(0)
    clock.advance(1)
    const late = token.get().catch((e: Error) => e.message)
    auth.fail(new Error('auth is still away'))
    expect(await late).toBe('auth is still away')
  })

  test('is asked for again after it was forgotten', async () => {
    const { auth, token } = setUp()
    const first = token.get()
    auth.answer('a')
    await first
    token.forget()
    const second = token.get()
    auth.answer('b')
    expect(await second).toBe('b')
  })

  test('stays when the one that was refused is an older one', async () => {
    const { auth, token } = setUp()
    const first = token.get()
    auth.answer('a')
    const old = await first
    token.forget(old)
    const second = token.get()
    auth.answer('b')
    await second
    token.forget(old)
    expect(await token.get()).toBe('b')
    expect(auth.asked()).toBe(2)
  })

  test('is asked for again after a failure, which everybody who waited hears of', async () => {
    const { auth, token } = setUp()
    const calls = [token.get(), token.get()].map((call) => call.catch((e: Error) => e.message))
    auth.fail(new Error('auth is away'))
    expect(await Promise.all(calls)).toEqual(['auth is away', 'auth is away'])
    const again = token.get()
    auth.answer('a')
    expect(await again).toBe('a')
  })
})
