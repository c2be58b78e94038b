import { expect, test } from 'bun:test'
import { recoveredMs, Restarts, waitsMs } from './restarts.ts'

test('who dies is started again at once, then after longer and longer waits, then no more', () => {
  const restarts = new Restarts()
  const waits = waitsMs.map(() => restarts.afterDeath(0))
  expect(waits).toEqual(
    waitsMs.map((inMs, at) => ({ kind: 'restart', inMs, restart: at + 1, of: waitsMs.length })),
  )
  expect(waitsMs).toEqual(waitsMs.toSorted((a, b) => a - b))
  expect(waitsMs[0]).toBeLessThan(1_000)
  expect(restarts.afterDeath(0)).toEqual({ kind: 'give-up', deaths: waitsMs.length + 1 })
})

test('who was up for a minute begins anew, and who was up for less does not', () => {
  const restarts = new Restarts()
  restarts.afterDeath(0)
  expect(restarts.afterDeath(recoveredMs - 1)).toMatchObject({ restart: 2 })
  expect(restarts.afterDeath(recoveredMs)).toMatchObject({ restart: 1 })
})
