import { describe, expect, test } from 'bun:test'
import { Arrivals } from '../src/http/edge/arrivals.ts'
import { ProblemError } from '../src/http/problems.ts'
import { readBody } from '../src/http/edge/read-body.ts'
import { rememberServer } from '../src/http/edge/remote-address.ts'

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

describe('bodies that are collected', () => {
  const mebibyte = 1024 * 1024
  const limits = { maxBytes: mebibyte, maxMs: 60_000 }

  /** The reading of a body of which nothing comes, or of `text`. */
  function read(arrivals: Arrivals, headers: Record<string, string>, text?: string) {
    const ended = Promise.withResolvers<void>()
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        if (text === undefined) await ended.promise
        else controller.enqueue(new TextEncoder().encode(text))
        controller.close()
      },
    })
    const request = new Request('http://localhost/', { method: 'POST', headers, body })
    rememberServer(request, { requestIP: () => ({ address: '10.0.0.1' }), arrivals })
    const answer = readBody(request, limits).then(
      (bytes) => bytes.byteLength,
      (error: unknown) => (error instanceof ProblemError ? error.problema.status : error),
    )
    return { answer, end: () => ended.resolve() }
  }

  test('have room for so many bytes in all, announced or not, and small ones always have', async () => {
    const arrivals = new Arrivals({ maxHeldBytes: 2 * mebibyte })
    const announced = { 'content-length': String(mebibyte) }
    const one = read(arrivals, announced)
    const other = read(arrivals, {})
    expect(await read(arrivals, announced).answer).toBe(503)
    expect(await read(arrivals, {}).answer).toBe(503)
    expect(await read(arrivals, { 'content-length': '3' }, 'abc').answer).toBe(3)
    one.end()
    other.end()
    expect(await Promise.all([one.answer, other.answer])).toEqual([0, 0])
    expect(await read(arrivals, {}, 'abc').answer).toBe(3)
  })
})
