import { describe, expect, test } from 'bun:test'
import { median, percentile, spread } from './stats.ts'

const upTo = (count: number) => Array.from({ length: count }, (_, at) => count - at)

describe('median', () => {
  test('is the value in the middle of an odd number, whatever their order', () => {
    expect(median([100, 9, 20])).toBe(20)
  })

  test('is the mean of the two in the middle of an even number', () => {
    expect(median([1, 2, 10, 100])).toBe(6)
  })

  test('of one value is that value, and of nothing is not a number', () => {
    expect(median([7])).toBe(7)
    expect(median([])).toBeNaN()
  })
})

describe('percentile', () => {
  test('is the nearest rank: 99 of 100 values do not exceed the 99th percentile', () => {
    expect(percentile(upTo(100), 0.99)).toBe(99)
    expect(percentile(upTo(1000), 0.999)).toBe(999)
  })

  test('of few values is one of them, never something between', () => {
    expect(percentile([1, 1000], 0.5)).toBe(1)
    expect(percentile([1, 1000], 0.51)).toBe(1000)
    expect(percentile([5], 0)).toBe(5)
  })
})

describe('spread', () => {
  test('gives count, percentiles and the greatest value, and leaves its input as it was', () => {
    const values = upTo(200)
    expect(spread(values)).toEqual({ count: 200, p50: 100, p90: 180, p99: 198, max: 200 })
    expect(values[0]).toBe(200)
  })

  test('of nothing says so with nulls, which JSON keeps', () => {
    expect(spread([])).toEqual({ count: 0, p50: null, p90: null, p99: null, max: null })
  })
})
