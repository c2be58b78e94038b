import { describe, expect, test } from 'bun:test'
import { createLogger, describeError, type LogLevel, silentLogger } from '../src/run/logger.ts'
import { createTestClock } from '../src/testing/service.ts'

function recorder(level: LogLevel) {
  const lines: string[] = []
  const write = (line: string) => void lines.push(line)
  const { now } = createTestClock()
  return { logger: createLogger({ service: 'auth', level, write, now }), lines }
}

describe('a line', () => {
  test('is one JSON object with time, level, service, message and the fields', () => {
    const { logger, lines } = recorder('info')
    logger.info('dos\nlíneas', { traceId: 'a' })
    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toContain('\n')
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      time: '2026-01-15T12:00:00.000Z',
      level: 'info',
      service: 'auth',
      message: 'dos\nlíneas',
      traceId: 'a',
    })
  })

  test('keeps its own members whatever the fields are called', () => {
    const { logger, lines } = recorder('info')
    logger.warn('real', { level: 'debug', message: 'forged', service: 'x', time: 'never' })
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'warn',
      message: 'real',
      service: 'auth',
      time: '2026-01-15T12:00:00.000Z',
    })
  })

  test('is written even when a field cannot be', () => {
    const { logger, lines } = recorder('info')
    const knot: Record<string, unknown> = {}
    knot['knot'] = knot
    logger.error('still here', { knot, traceId: 'a' })
    logger.error('still here', { big: 10n })
    expect(lines).toHaveLength(2)
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ message: 'still here' })
  })
})

describe('a level', () => {
  const levels = ['debug', 'info', 'warn', 'error'] as const
  for (const [index, level] of levels.entries()) {
    test(`${level} lets itself and what is graver through`, () => {
      const { logger, lines } = recorder(level)
      for (const one of levels) logger[one]('x')
      expect(lines.map((line): unknown => JSON.parse(line).level)).toEqual(levels.slice(index))
    })
  }

  test('is none for the silent logger', () => {
    for (const one of levels) expect(silentLogger[one]('x')).toBeUndefined()
  })
})

describe('what is said of an error', () => {
  test('is name, message, stack and the same of its causes', () => {
    const error = new TypeError('outer', { cause: new Error('inner', { cause: 'a word' }) })
    expect(describeError(error)).toMatchObject({
      name: 'TypeError',
      message: 'outer',
      stack: expect.stringContaining('logger.test'),
      cause: { message: 'inner', cause: { message: 'a word' } },
    })
  })

  test('ends, even where an error is its own cause', () => {
    const error = new Error('round')
    error.cause = error
    expect(JSON.stringify(describeError(error))).toContain('round')
  })

  test('is the text of what is no Error', () => {
    expect(describeError('boom')).toEqual({ message: 'boom' })
    expect(describeError(undefined)).toEqual({ message: 'undefined' })
    expect(describeError(Object.create(null))).toHaveProperty('message')
  })
})
