import { describe, expect, test } from 'bun:test'
import { Arrivals } from '../src/arrivals.ts'

function create(limits: { maxPerAddress: number; maxTotal: number }) {
  let now = 0
  const gone: string[] = []
  const arrivals = new Arrivals({ ...limits, slowMs: 1_000, now: () => now })
  return {
    arrivals,
    gone,
    pass: (ms: number) => (now += ms),
    add: (address: string, name: string) => arrivals.add(address, () => void gone.push(name)),
  }
}

describe('bodies on their way', () => {
  test('of one address are so many, and then the slowest gives way to the next', () => {
    const { add, gone, pass, arrivals } = create({ maxPerAddress: 2, maxTotal: 100 })
    add('10.0.0.1', 'a')
    pass(1_000)
    add('10.0.0.1', 'b')
    add('10.0.0.2', 'other')
    expect(gone).toEqual([])
    add('10.0.0.1', 'c')
    expect(gone).toEqual(['a'])
    expect(arrivals.size).toBe(3)
  })

  test('that came just now are no slow ones: a busy office loses none', () => {
    const { add, gone, pass } = create({ maxPerAddress: 2, maxTotal: 100 })
    for (const name of ['a', 'b', 'c', 'd']) add('10.0.0.1', name)
    pass(999)
    add('10.0.0.1', 'e')
    expect(gone).toEqual([])
  })

  test('of a whole IPv6 network count together', () => {
    const { add, gone, pass } = create({ maxPerAddress: 1, maxTotal: 100 })
    add('2001:db8::1', 'a')
    pass(2_000)
    add('2001:db8::2', 'b')
    expect(gone).toEqual(['a'])
  })

  test('are so many in all, and then the address that has most of them gives way', () => {
    const { add, gone } = create({ maxPerAddress: 3, maxTotal: 4 })
    add('10.0.0.2', 'honest')
    for (const name of ['a', 'b', 'c']) add('10.0.0.1', name)
    add('10.0.0.3', 'late')
    expect(gone).toEqual(['a'])
  })

  test('that ended are forgotten, also twice', () => {
    const { add, arrivals } = create({ maxPerAddress: 3, maxTotal: 4 })
    const end = add('10.0.0.1', 'a')
    add('10.0.0.1', 'b')
    end()
    end()
    expect(arrivals.size).toBe(1)
  })
})
