import { describe, expect, test } from 'bun:test'
import { array, assert, nat, property } from 'fast-check'
import { AnswerError, AnswerParser } from '../src/peer/answer-parser.ts'

/** What an answer was understood as, pushed in these pieces. */
function read(pieces: readonly Buffer[], { method = 'GET', closed = false } = {}) {
  const seen = { status: 0, type: '', body: '', end: undefined as boolean | undefined }
  const parser = new AnswerParser(method, {
    head: ({ status, headers }) =>
      Object.assign(seen, { status, type: headers.get('content-type') ?? '' }),
    piece: (bytes) => (seen.body += bytes.toString('latin1')),
    end: (reusable) => (seen.end = reusable),
  })
  for (const piece of pieces) {
    const memory = Buffer.from(piece)
    parser.push(memory)
    // As the socket does, which uses its memory again.
    memory.fill(0)
  }
  if (closed) parser.close()
  return seen
}

const ok = 'HTTP/1.1 200 OK\r\nContent-Type: a/b\r\n'
const answers = {
  'of a length': [`${ok}Content-Length: 5\r\n\r\nabcde`, 'abcde', true],
  'of no bytes': [`${ok}content-length: 0\r\n\r\n`, '', true],
  'in chunks': [
    `${ok}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0A;x="y"\r\ndefghijklm\r\n0\r\nT: t\r\n\r\n`,
    'abcdefghijklm',
    true,
  ],
  'after others that say that it comes': [
    `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${ok}content-length: 1\r\n\r\na`,
    'a',
    true,
  ],
  'on a connection that ends with it': [
    `${ok}Connection: keep, Close\r\ncontent-length: 1\r\n\r\na`,
    'a',
    false,
  ],
  'of HTTP/1.0': ['HTTP/1.0 200 OK\r\ncontent-type: a/b\r\ncontent-length: 1\r\n\r\na', 'a', false],
} as const

/** Cut at these places. */
function pieces(text: string, cuts: readonly number[]): Buffer[] {
  const bytes = Buffer.from(text, 'latin1')
  const places = [0, ...cuts.map((cut) => cut % bytes.length), bytes.length].toSorted(
    (a, b) => a - b,
  )
  return places.slice(1).map((end, at) => bytes.subarray(places[at], end))
}

describe('an answer', () => {
  test.each(Object.entries(answers))(
    '%s is read wherever the network cuts it',
    (_name, [text, body, end]) => {
      const expected = { status: 200, type: 'a/b', body, end }
      for (let cut = 0; cut < text.length; cut++) {
        expect(read(pieces(text, [cut]))).toEqual(expected)
      }
      assert(
        property(array(nat(text.length), { maxLength: 30 }), (cuts) => {
          expect(read(pieces(text, cuts))).toEqual(expected)
        }),
      )
    },
  )

  test('without a length ends with its connection', () => {
    const text = Buffer.from(`${ok}\r\nabc`)
    expect(read([text]).end).toBeUndefined()
    expect(read([text], { closed: true })).toMatchObject({ body: 'abc', end: false })
  })

  test('has no body where there can be none, whatever its length says', () => {
    for (const status of [204, 205, 304]) {
      const text = `HTTP/1.1 ${status} \r\nContent-Length: 9\r\n\r\n`
      expect(read([Buffer.from(text)])).toMatchObject({ status, body: '', end: true })
    }
    const head = Buffer.from(`${ok}Content-Length: 9\r\n\r\n`)
    expect(read([head], { method: 'HEAD' })).toMatchObject({ body: '', end: true })
  })

  const nonsense = {
    'of another version': 'HTTP/2 200\r\n\r\n',
    'with half a status': 'HTTP/1.1 20\r\n\r\n',
    'that changes the protocol': 'HTTP/1.1 101 Switching Protocols\r\n\r\n',
    'of another protocol': 'SSH-2.0-x\r\n\r\n',
    'with a folded line': `${ok} folded: x\r\ncontent-length: 0\r\n\r\n`,
    'with a line that is no header': `${ok}no colon\r\ncontent-length: 0\r\n\r\n`,
    'of two lengths in one line': `${ok}content-length: 5, 6\r\n\r\nabcde`,
    'of two lengths': `${ok}content-length: 1\r\ncontent-length: 2\r\n\r\na`,
    'of less than nothing': `${ok}content-length: -1\r\n\r\n`,
    'that ends in two ways': `${ok}content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n`,
    'that is packed on its way': `${ok}transfer-encoding: gzip, chunked\r\n\r\n1\r\na\r\n0\r\n\r\n`,
    'with a chunk of no size': `${ok}transfer-encoding: chunked\r\n\r\n-1\r\n`,
    'with a chunk that is longer': `${ok}transfer-encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n`,
    'that goes on': `${ok}content-length: 1\r\n\r\nab`,
    'whose head has no end': `${ok}x: ${'y'.repeat(70_000)}`,
  }
  test.each(Object.entries(nonsense))('%s is refused', (_name, text) => {
    expect(() => read([Buffer.from(text)])).toThrow()
  })

  test.each(Object.entries(answers))(
    '%s that is cut off is not taken for whole',
    (_name, [text]) => {
      for (let cut = 0; cut < text.length; cut++) {
        expect(() => read([Buffer.from(text.slice(0, cut))], { closed: true })).toThrow(AnswerError)
      }
    },
  )
})
