import { describe, expect, test } from 'bun:test'
import { Shares } from '../src/async/shares.ts'

describe('shares', () => {
  test('are bounded for each name and in all, and free again once released', () => {
    const shares = new Shares({ each: 2, total: 3 })
    const [first] = [shares.take('ana'), shares.take('ana'), shares.take('luis')]
    expect(shares.take('ana').result).toBe('own-full')
    expect(shares.take('luis').result).toBe('all-full')
    if (first?.result !== 'taken') throw new Error('the first was refused')
    first.release()
    first.release()
    expect([shares.held, shares.heldBy('ana'), shares.heldBy('eva')]).toEqual([2, 1, 0])
    expect(shares.take('luis').result).toBe('taken')
  })
})
