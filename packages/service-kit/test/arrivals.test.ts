import { describe, expect, test } from 'bun:test'
import { Arrivals } from '../src/arrivals.ts'

function create(limits: { maxPerAddress: number; maxTotal: number }) {
  const gone: string[] = []
  const arrivals = new Arrivals(limits)
  return {
    arrivals,
    gone,
    add: (address: string, name: string) => arrivals.add(address, () => void gone.push(name)),
  }
}

describe('slow bodies on their way', () => {
  test('of one address are so many, and then the slowest gives way to the next', () => {
    const { add, gone, arrivals } = create({ maxPerAddress: 2, maxTotal: 100 })
    add('10.0.0.1', 'a')
    add('10.0.0.1', 'b')
    add('10.0.0.2', 'other')
    expect(gone).toEqual([])
    add('10.0.0.1', 'c')
    expect(gone).toEqual(['a'])
    expect(arrivals.size).toBe(3)
  })

  test('of a whole IPv6 network count together', () => {
    const { add, gone } = create({ maxPerAddress: 1, maxTotal: 100 })
    add('2001:db8::1', 'a')
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
