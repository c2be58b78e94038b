import { describe, expect, test } from 'bun:test'
import { newKey } from '../src/index.ts'

const digits = (keys: string[], at: number) => new Set(keys.map((key) => key[at])).size

describe('a new key', () => {
  test('is a UUID of version 7 that tells the moment, and no two of one moment are alike', () => {
    const moment = Date.UTC(2026, 10, 22, 12)
    const keys = Array.from({ length: 2_000 }, () => newKey(moment))
    expect(new Set(keys).size).toBe(2_000)
    for (const key of keys) {
      expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(Number.parseInt(key.replace('-', '').slice(0, 12), 16)).toBe(moment)
    }
    const before = Date.now()
    const now = Number.parseInt(newKey().replace('-', '').slice(0, 12), 16)
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(Date.now())
  })

  test('has every other bit at random', () => {
    const keys = Array.from({ length: 2_000 }, () => newKey(0))
    const fixed = [14, 18, 23]
    for (let at = 14; at < 36; at++) {
      expect([at, digits(keys, at)]).toEqual([at, fixed.includes(at) ? 1 : at === 19 ? 4 : 16])
    }
  })
})
