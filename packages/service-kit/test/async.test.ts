import { describe, expect, test } from 'bun:test'
import { BoundedMap } from '../src/async/bounded-map.ts'
import { atMost } from '../src/async/at-most.ts'
import { backOffMs } from '../src/async/back-off.ts'
import { loop } from '../src/async/loop.ts'
import { SingleFlight } from '../src/async/single-flight.ts'

/** A timer that comes when the test says so. */
function handTimer() {
  const due: { work: () => void; ms: number }[] = []
  return {
    pauses: () => due.map(({ ms }) => ms),
    timer(work: () => void, ms: number) {
      const one = { work, ms }
      due.push(one)
      return () => void due.splice(due.indexOf(one), due.includes(one) ? 1 : 0)
    },
    /** The next in line comes, and what it began has ended. */
    async comes() {
      due.shift()?.work()
      for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    },
  }
}

function never(error: unknown): void {
  throw error
}

const fails = () => Promise.reject(new Error('no'))

const wait = (failures: number, random: number) =>
  backOffMs({ baseMs: 100, topMs: 1_000 }, failures, () => random)

describe('a loop', () => {
  test('begins at once, pauses after each round, and longer or shorter where a round says so', async () => {
    const { timer, pauses, comes } = handTimer()
    const asked = [undefined, 70]
    const { stop } = loop({ timer, everyMs: 500 }, async () => asked.shift(), never)
    expect(pauses()).toEqual([0])
    await comes()
    expect(pauses()).toEqual([500])
    await comes()
    expect(pauses()).toEqual([70])
    await stop()
    expect(pauses()).toEqual([])
  })

  test('tells of a round that failed, and goes on', async () => {
    const { timer, pauses, comes } = handTimer()
    const told: unknown[] = []
    loop({ timer, everyMs: 500 }, fails, (error) => told.push(error))
    await comes()
    expect(told).toEqual([new Error('no')])
    expect(pauses()).toEqual([500])
  })

  test('has one round at a time, tells it when nobody wants the rest, and waits for its end', async () => {
    const { timer, pauses } = handTimer()
    const { promise, resolve } = Promise.withResolvers<void>()
    const seen: boolean[] = []
    let rounds = 0
    const work = async (wanted: () => boolean) => {
      rounds++
      await promise
      seen.push(wanted())
    }
    const { round, stop } = loop({ timer, everyMs: 500 }, work, never)
    const both = Promise.all([round(), round()])
    const stopped = stop()
    resolve()
    await stopped
    expect(seen).toEqual([false])
    await both
    expect(rounds).toBe(1)
    expect(pauses()).toEqual([])
  })

  test('that is woken has a round more for all who woke it meanwhile, and then pauses anew', async () => {
    const { timer, pauses } = handTimer()
    const ends: (() => void)[] = []
    const work = () => new Promise<number>((resolve) => ends.push(() => resolve(70)))
    const { wake, stop } = loop({ timer, everyMs: 500, firstMs: Infinity }, work, never)
    expect(pauses()).toEqual([])
    const woken = Promise.all([wake(), wake(), wake()])
    expect([ends.length, pauses()]).toEqual([1, []])
    ends[0]?.()
    while (ends.length < 2) await Promise.resolve()
    ends[1]?.()
    await woken
    expect([ends.length, pauses()]).toEqual([2, [70]])
    await stop()
    await wake()
    expect([ends.length, pauses()]).toEqual([2, []])
  })
})

describe('a single flight', () => {
  test('is shared by who asks meanwhile, for one key, and not by who asks later', async () => {
    const flight = new SingleFlight<string, number>()
    let times = 0
    const work = () => Promise.resolve(++times)
    expect(await Promise.all([flight.run('a', work), flight.run('a', work)])).toEqual([1, 1])
    expect(await Promise.all([flight.run('a', work), flight.run('b', work)])).toEqual([2, 3])
  })

  test('that fails, fails for all of them and is over', async () => {
    const flight = new SingleFlight<string, number>()
    const both = await Promise.allSettled([flight.run('a', fails), flight.run('a', fails)])
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await flight.run('a', () => Promise.resolve(1))).toBe(1)
  })
})

describe('many pieces of work', () => {
  test('are done so many at a time, in their order', async () => {
    let running = 0
    let most = 0
    const begun: number[] = []
    await atMost(3, [1, 2, 3, 4, 5, 6, 7], async (item) => {
      begun.push(item)
      most = Math.max(most, ++running)
      await Promise.resolve()
      running--
    })
    expect(begun).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(most).toBe(3)
  })

  test('stop at the first that fails, when the others under way have ended', async () => {
    const done: number[] = []
    const work = async (item: number) => {
      if (item === 2) throw new Error('no')
      await Promise.resolve()
      done.push(item)
    }
    expect(atMost(2, [1, 2, 3, 4], work)).rejects.toThrow('no')
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    expect(done).toEqual([1])
  })
})

test('a wait doubles with each failure, up to the top, and at least half of it is waited', () => {
  expect([0, 1, 2, 3, 4, 400].map((failures) => wait(failures, 1))).toEqual([
    100, 200, 400, 800, 1_000, 1_000,
  ])
  expect(wait(2, 0)).toBe(200)
})

test('a bounded map forgets what was set longest ago', () => {
  const kept = new BoundedMap<string, number>(2)
  for (const [at, name] of ['a', 'b', 'a', 'c'].entries()) kept.set(name, at)
  expect([...kept]).toEqual([
    ['a', 2],
    ['c', 3],
  ])
})
