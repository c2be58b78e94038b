import { describe, expect, test } from 'bun:test'
import {
  backgroundCall,
  callHeaders,
  createCallContext,
  defaultDeadlineMs,
} from '../src/peer/call-context.ts'

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
const span = '00f067aa0ba902b7'
const from = (headers: Record<string, string>) => createCallContext(new Headers(headers), 1000)

const member = (nr: number) => `k${nr}=${'a'.repeat(100)}`

describe('tracestate (W3C Trace Context)', () => {
  const traceparent = `00-${trace}-${span}-01`
  const passedOn = (tracestate: string, parent = traceparent) =>
    callHeaders(from({ traceparent: parent, tracestate }))['tracestate']

  test('is passed on as it came', () => {
    expect(passedOn('congo=t61rcWkgMzE,rojo=00f067aa0ba902b7')).toBe(
      'congo=t61rcWkgMzE,rojo=00f067aa0ba902b7',
    )
  })

  test('belongs to the trace that it came with, and goes when that is none', () => {
    expect(passedOn('congo=1', 'rubbish')).toBeUndefined()
    expect(callHeaders(from({ tracestate: 'congo=1' }))).not.toHaveProperty('tracestate')
  })

  test('loses whole members from its end when it is longer than must be passed on', () => {
    expect(passedOn([1, 2, 3, 4, 5].map(member).join(','))).toBe([1, 2, 3, 4].map(member).join(','))
    expect(passedOn(`k=${'a'.repeat(600)}`)).toBeUndefined()
  })
})

test('a call to a peer asks for what is not compressed', () => {
  expect(callHeaders(backgroundCall())['accept-encoding']).toBe('identity')
})

describe('traceparent (W3C Trace Context)', () => {
  test('keeps the trace, takes a span of its own and passes the flags on', () => {
    for (const flags of ['00', '01']) {
      const call = from({ traceparent: `00-${trace}-${span}-${flags}` })
      expect(call.traceId).toBe(trace)
      expect(call.traceparent).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-${flags}$`))
      expect(call.traceparent).not.toContain(span)
    }
  })

  test('of a later version with more fields is read like ours', () => {
    expect(from({ traceparent: `01-${trace}-${span}-01-extra` }).traceId).toBe(trace)
  })

  const broken = [
    '',
    'rubbish',
    `00-${trace}-${span}`,
    `00-${trace}-${span}-01-extra`,
    `ff-${trace}-${span}-01`,
    `00-${'0'.repeat(32)}-${span}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace.toUpperCase()}-${span}-01`,
    `00-${trace.slice(1)}-${span}-01`,
    `00-${trace}-${span}-1`,
    `00-${'g'.repeat(32)}-${span}-01`,
  ]
  for (const traceparent of broken) {
    test(`that is malformed starts a new trace: ${JSON.stringify(traceparent)}`, () => {
      const call = from({ traceparent })
      expect(call.traceId).not.toBe(trace)
      expect(call.traceId).toMatch(/^[0-9a-f]{32}$/)
      expect(call.traceparent).toMatch(new RegExp(`^00-${call.traceId}-[0-9a-f]{16}-01$`))
    })
  }

  test('is new for each request without one', () => {
    expect(from({}).traceId).not.toBe(from({}).traceId)
    expect(backgroundCall().traceId).not.toBe(backgroundCall().traceId)
  })
})

const granted = (header?: string) =>
  from(header === undefined ? {} : { 'x-deadline-ms': header }).deadlineAt - 1000

describe('x-deadline-ms', () => {
  test('is what the caller has left, and never more than our own limit', () => {
    expect(granted('250')).toBe(250)
    expect(granted('0')).toBe(0)
    expect(granted(String(defaultDeadlineMs * 10))).toBe(defaultDeadlineMs)
    expect(granted()).toBe(defaultDeadlineMs)
  })

  for (const nonsense of ['-1', '1e3', '1.5', 'soon', ' ', '9'.repeat(30)]) {
    test(`counts as absent when it is ${JSON.stringify(nonsense).slice(0, 20)}`, () => {
      expect(granted(nonsense)).toBe(defaultDeadlineMs)
    })
  }

  test('is passed on as what is left, never below nothing', () => {
    const late = createCallContext(new Headers(), performance.now() - 2 * defaultDeadlineMs)
    expect(callHeaders(late)['x-deadline-ms']).toBe('0')
    const left = Number(callHeaders(backgroundCall())['x-deadline-ms'])
    expect(left).toBeGreaterThan(defaultDeadlineMs - 1000)
    expect(left).toBeLessThanOrEqual(defaultDeadlineMs)
  })
})

test('the headers for a peer carry the trace', () => {
  const call = from({ traceparent: `00-${trace}-${span}-01` })
  expect(callHeaders(call)['traceparent']).toBe(call.traceparent)
})
