import { describe, expect, test } from 'bun:test'
import { fuzzSeed } from '@encargo/service-kit/testing/random'
import { type Block, BlockParser } from '../src/sse.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])

function parse(...pieces: string[]): Block[] {
  const parser = new BlockParser()
  return pieces.flatMap((piece) => parser.push(piece))
}

describe('the reader of event streams', () => {
  test('reads ids, names, data of several lines, and comments as the standard says', () => {
    const text =
      ': hola\n\nid: 7\nevent: pedido\ndata: {"a":1,\ndata:  "b":2}\n\ndata\n\nid\ndata:x\n\n'
    expect(parse(text)).toEqual([
      { id: '7', event: 'pedido', data: '{"a":1,\n "b":2}' },
      { id: '7', event: 'message', data: '' },
      { id: '', event: 'message', data: 'x' },
    ])
  })

  test('counts an id without data, which is how far there was nothing to tell', () => {
    expect(parse('id: 12\n\n')).toEqual([{ id: '12', event: 'message', data: undefined }])
  })

  test('gives nothing of a block that was cut off', () => {
    expect(parse('id: 1\ndata: x\n')).toEqual([])
  })

  test('takes how long to wait from the stream, if it is a number', () => {
    const parser = new BlockParser()
    parser.push('retry: soon\n')
    expect(parser.retryMs).toBeUndefined()
    parser.push('retry: 1500\n')
    expect(parser.retryMs).toBe(1500)
  })

  test('refuses a line that never ends', () => {
    expect(() => parse(`data: ${'x'.repeat(2_000_000)}`)).toThrow(RangeError)
  })

  test('refuses a block of endless lines', () => {
    const line = `data: ${'x'.repeat(1_000)}\n`
    expect(() => parse(...Array.from({ length: 2_000 }, () => line))).toThrow(RangeError)
  })

  test(`reads the same however it is cut, with any of the three line ends (seed ${seed})`, () => {
    let state = seed
    const random = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
      return (state >>> 8) % below
    }
    const text =
      '\uFEFF: x\nretry: 5\nid: 1\nevent: a\ndata: uno\ndata:\n\nid: 2\ndata: dos\n\n\ndata: tres\n\n'
    const whole = parse(text)
    expect(whole).toHaveLength(3)
    for (let round = 0; round < 300; round++) {
      const ended = text.replaceAll('\n', ['\n', '\r\n', '\r'][round % 3] ?? '\n')
      const pieces: string[] = []
      for (let at = 0; at < ended.length;) {
        const to = at + 1 + random(6)
        pieces.push(ended.slice(at, to))
        at = to
      }
      // A lone CR ends a line only once it is known that no LF follows.
      expect(parse(...pieces, ': end\n')).toEqual(whole)
    }
  })
})
