import { describe, expect, test } from 'bun:test'
import { backgroundCall, type CallContext } from '@encargo/service-kit/peer/call-context'
import { processTimer } from '@encargo/service-kit/async/timer'
import { machineClock } from '@encargo/service-kit/async/clock'
import { Batcher } from '../src/clients/batcher.ts'

const late = () => new Error('late')

function prepare(maxKeys = 3) {
  const calls: { keys: readonly string[]; answer: PromiseWithResolvers<void> }[] = []
  const turns: (() => void)[] = []
  const batcher = new Batcher<string, number>({
    maxKeys,
    tiempo: { clock: machineClock, timer: processTimer },
    schedule: (flush) => turns.push(flush),
    async load(keys) {
      const answer = Promise.withResolvers<void>()
      calls.push({ keys, answer })
      await answer.promise
      return new Map(keys.map((key) => [key, key.length]))
    },
  })
  const endTurn = () => {
    for (const next of turns.splice(0)) next()
  }
  /** Turns that bring nobody new, until nothing is left to be done at their end. */
  const quiet = () => {
    while (turns.length > 0) endTurn()
  }
  return { batcher, calls, endTurn, quiet }
}

describe('the batcher', () => {
  test('makes one call of the look-ups of one turn, each key once', async () => {
    const { batcher, calls, quiet } = prepare()
    const call = backgroundCall()
    const answers = [['a'], ['b', 'a'], ['b']].map((keys) => batcher.get(keys, call, late))
    expect(calls).toHaveLength(0)
    quiet()
    expect(calls.map(({ keys }) => keys)).toEqual([['a', 'b']])
    calls[0]?.answer.resolve()
    for (const answer of await Promise.all(answers)) expect(answer.get('a')).toBe(1)
  })

  test('asks nobody about nothing', async () => {
    const { batcher, calls, quiet } = prepare()
    const answer = batcher.get([], backgroundCall(), late)
    quiet()
    expect((await answer).size).toBe(0)
    expect(calls).toHaveLength(0)
  })

  test('waits while each turn brings more, and no longer than it must', async () => {
    const { batcher, calls, endTurn } = prepare(100)
    const call = backgroundCall()
    for (let turn = 0; turn < 3; turn++) {
      void batcher.get([`${turn}`], call, late)
      endTurn()
      expect(calls).toHaveLength(0)
    }
    endTurn()
    expect(calls.map(({ keys }) => keys)).toEqual([['0', '1', '2']])
    // Who never stops coming is not waited for for ever.
    for (let turn = 0; turn < 8; turn++) {
      void batcher.get([`${turn}`], call, late)
      endTurn()
    }
    expect(calls[1]?.keys).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
  })

  test('remembers nothing: what is asked for after a call began gets another call', async () => {
    const { batcher, calls, quiet } = prepare()
    const first = batcher.get(['a'], backgroundCall(), late)
    quiet()
    const second = batcher.get(['a'], backgroundCall(), late)
    quiet()
    expect(calls).toHaveLength(2)
    for (const { answer } of calls) answer.resolve()
    expect([(await first).get('a'), (await second).get('a')]).toEqual([1, 1])
  })

  test('never asks for more than fit in one call', async () => {
    const { batcher, calls, quiet } = prepare(3)
    const call = backgroundCall()
    const all = [['a', 'b'], ['c', 'd'], ['e']].map((keys) => batcher.get(keys, call, late))
    quiet()
    expect(calls.map(({ keys }) => keys)).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e'],
    ])
    for (const { answer } of calls) answer.resolve()
    expect((await Promise.all(all)).map((answer) => answer.size)).toEqual([2, 3, 3])
  })

  test('fails those who wait for a failed call, and nobody else', async () => {
    const { batcher, calls, quiet } = prepare()
    const lost = [
      batcher.get(['a'], backgroundCall(), late),
      batcher.get(['b'], backgroundCall(), late),
    ]
    quiet()
    const kept = batcher.get(['a'], backgroundCall(), late)
    quiet()
    calls[0]?.answer.reject(new Error('away'))
    calls[1]?.answer.resolve()
    const ends = await Promise.allSettled(lost)
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect((await kept).get('a')).toBe(1)
  })

  test('lets nobody wait beyond their own deadline, nor others fail by it', async () => {
    const { batcher, calls, quiet } = prepare()
    const patient = backgroundCall()
    const hasty: CallContext = { ...patient, deadlineAt: patient.deadlineAt - 100 }
    const desperate: CallContext = { ...patient, deadlineAt: performance.now() - 1 }
    const one = batcher.get(['a'], patient, late)
    const two = batcher.get(['a'], hasty, late)
    const three = batcher.get(['a'], desperate, late)
    quiet()
    expect(calls).toHaveLength(1)
    expect(three).rejects.toThrow('late')
    await three.catch(() => undefined)
    calls[0]?.answer.resolve()
    expect([(await one).get('a'), (await two).get('a')]).toEqual([1, 1])

    void batcher.get(['a'], desperate, late)
    void batcher.get(['a'], patient, late)
    quiet()
    // A call of its own, as this caller's time is too short for the others.
    expect(calls).toHaveLength(3)
  })
})
