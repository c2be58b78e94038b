import { describe, expect, test } from 'bun:test'
import { epochMs, monoMs } from '../src/async/clock.ts'
import { silentLogger } from '../src/run/logger.ts'
import { believedClock, ClockDoubtError } from '../src/run/wall-clock.ts'

const second = 1_000
const day = 24 * 60 * 60 * second
const start = Date.UTC(2026, 0, 15, 12)

/** A clock over one that can be put forward, and one that only goes on. */
function clockAt(record: { readonly newest?: number } = { newest: start }) {
  const state = { wall: start, monotonic: 0 }
  const doubts: string[] = []
  const due: (() => void)[] = []
  const { clock, healthy, stop } = believedClock(
    {
      clock: { epochMs: () => epochMs(state.wall), monoMs: () => monoMs(state.monotonic) },
      timer(work) {
        due.push(work)
        return () => due.splice(0)
      },
      logger: { ...silentLogger, error: (message) => doubts.push(message) },
    },
    record.newest,
    { CLOCK_MAX_AHEAD_DAYS: 400 },
  )
  const pass = (ms: number) => {
    state.wall += ms
    state.monotonic += ms
  }
  const seen = () => {
    try {
      return clock.epochMs() - start
    } catch (error) {
      if (error instanceof ClockDoubtError) return 'doubted'
      throw error
    }
  }
  return { health: healthy(() => ({ ok: true })), state, doubts, due, pass, seen, stop }
}

describe('the clock', () => {
  test('is believed while it goes on as time does, however long nobody asks', () => {
    const { pass, seen } = clockAt()
    expect(seen()).toBe(0)
    pass(399 * day)
    expect(seen()).toBe(399 * day)
  })

  test('is doubted for as long as it is ten years ahead for some seconds, and told of once', () => {
    const { health, state, doubts, pass, seen } = clockAt()
    state.wall += 3_650 * day
    for (let asked = 0; asked < 100; asked++) {
      expect(seen()).toBe('doubted')
      pass(second)
    }
    expect(health()).toEqual({ ok: false, reason: 'clock' })
    expect(doubts).toHaveLength(1)
    state.wall -= 3_650 * day
    expect(seen()).toBe(100 * second)
    expect(health()).toEqual({ ok: true })
  })

  test('is believed after a jump that lasts, as after a suspension, and follows small steps at once', () => {
    const { state, pass, seen } = clockAt()
    state.wall += 3 * day
    expect(seen()).toBe('doubted')
    pass(59 * second)
    expect(seen()).toBe('doubted')
    pass(second)
    expect(seen()).toBe(3 * day + 60 * second)
    state.wall += 4 * 60 * second
    expect(seen()).toBe(3 * day + 300 * second)
  })

  test('is doubted from when it jumped, also where nobody asks until the jump has lasted', () => {
    const { state, doubts, due, pass, seen, stop } = clockAt()
    const quarters = (count: number) => {
      for (let quarter = 0; quarter < count; quarter++) {
        pass(15 * second)
        due.shift()?.()
      }
    }
    quarters(2)
    state.wall += day
    quarters(5)
    expect(doubts).toHaveLength(1)
    expect(seen()).toBe(day + 105 * second)
    stop()
    expect(due).toEqual([])
  })

  test('begins to count anew when it jumps again', () => {
    const { state, pass, seen } = clockAt()
    state.wall += day
    expect(seen()).toBe('doubted')
    pass(50 * second)
    state.wall += day
    expect(seen()).toBe('doubted')
    pass(50 * second)
    expect(seen()).toBe('doubted')
  })

  test('that is wrong from the start is found out by what is on record', () => {
    expect(clockAt({ newest: start - 399 * day }).seen()).toBe(0)
    expect(clockAt({}).seen()).toBe(0)
    const { pass, seen } = clockAt({ newest: start - 401 * day })
    expect(seen()).toBe('doubted')
    pass(10 * 60 * second)
    expect(seen()).toBe('doubted')
  })

  test('is doubted when both clocks leap by years together', () => {
    const { pass, seen } = clockAt()
    pass(3_650 * day)
    expect(seen()).toBe('doubted')
  })

  test('is followed back at once', () => {
    const { state, seen } = clockAt()
    state.wall -= 10 * day
    expect(seen()).toBe(-10 * day)
  })
})
