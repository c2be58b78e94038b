import { describe, expect, test } from 'bun:test'
import { createChance } from './random.ts'
import { scheduleOf } from './schedule.ts'

describe('the schedule', () => {
  test('is the same for the same seed and another for another', () => {
    const plan = { seed: 7, seconds: 60, kills: 100 }
    expect(scheduleOf(plan)).toEqual(scheduleOf(plan))
    expect(scheduleOf({ ...plan, seed: 8 })).not.toEqual(scheduleOf(plan))
  })

  test('kills as often as it is asked to, in the order of time and within it', () => {
    const all = scheduleOf({ seed: 3, seconds: 20, kills: 50 })
    const moments = all.map(({ atMs }) => atMs)
    expect(all.filter(({ kind }) => kind === 'kill')).toHaveLength(50)
    expect(moments).toEqual(moments.toSorted((a, b) => a - b))
    expect(Math.min(...moments)).toBeGreaterThanOrEqual(250)
    expect(Math.max(...moments)).toBeLessThanOrEqual(20_000)
  })

  test('knows one process and the ways to it where all are in one', () => {
    const all = scheduleOf({ seed: 11, seconds: 60, together: true })
    const met = all.flatMap((one) => {
      if (one.kind === 'database' || one.kind === 'mail' || one.kind === 'bank') return []
      return one.kind === 'cut' ? one.link : one.unit
    })
    expect([...new Set(met)].toSorted()).toEqual([
      'clients-inventario',
      'clients-pedidos',
      'encargo',
    ])
  })

  test('meets every service and does everything that it can', () => {
    const all = scheduleOf({ seed: 11, seconds: 600 })
    const services = all.flatMap((one) => (one.kind === 'kill' ? [one.unit] : []))
    const modes = all.flatMap((one) => (one.kind === 'cut' ? [one.mode.kind] : []))
    expect([...new Set(services)].toSorted()).toEqual([
      'auth',
      'inventario',
      'pagos',
      'pedidos',
      'productos',
    ])
    expect([...new Set(modes)].toSorted()).toEqual(['delay', 'drop', 'mute', 'refuse'])
    expect(all.some(({ kind }) => kind === 'stop')).toBe(true)
  })

  test('harms each replica, and what it may of a database server', () => {
    const plan = { seed: 11, seconds: 600, replicas: 2 }
    const actsOf = (database: 'given' | 'own' | undefined) =>
      scheduleOf({ ...plan, database }).flatMap((one) =>
        one.kind === 'database' ? one.act.kind : [],
      )
    const killed = scheduleOf(plan).flatMap((one) => (one.kind === 'kill' ? one.replica : []))
    expect(new Set(killed)).toEqual(new Set([0, 1]))
    expect(actsOf(undefined)).toEqual([])
    expect(new Set(actsOf('given'))).toEqual(new Set(['terminate', 'sever', 'read-only']))
    const own = actsOf('own')
    expect(new Set(own)).toEqual(
      new Set(['terminate', 'sever', 'read-only', 'restart', 'fail-over']),
    )
    expect(own.filter((kind) => kind === 'fail-over')).toHaveLength(1)
  })

  test('has a mail server misbehave in every way, and early enough', () => {
    for (const seconds of [5, 600]) {
      const all = scheduleOf({ seed: 11, seconds }).filter(({ kind }) => kind === 'mail')
      const acts = all.flatMap((one) => (one.kind === 'mail' ? one.act : []))
      expect(new Set(acts)).toEqual(new Set(['away', 'silent', 'late', 'busy', 'dies']))
      expect(Math.max(...all.map(({ atMs }) => atMs))).toBeLessThanOrEqual(seconds * 1000 - 3_000)
      expect(Math.max(...all.map(({ forMs }) => forMs))).toBeLessThanOrEqual(
        Math.min(2_500, seconds * 100),
      )
    }
  })

  test('does the same beside a database server as beside files, and more', () => {
    const plan = { seed: 7, seconds: 60 }
    const beside = scheduleOf({ ...plan, database: 'own' })
    expect(beside.filter(({ kind }) => kind !== 'database')).toEqual(scheduleOf(plan))
  })
})

function drawAfter(others: number): number {
  const chance = createChance(5)
  const first = chance.fork()
  for (let times = 0; times < others; times++) first.next()
  return chance.fork().next()
}

test('chance forks do not disturb each other', () => {
  expect(drawAfter(0)).toBe(drawAfter(10))
})
