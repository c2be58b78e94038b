import { describe, expect, test } from 'bun:test'
import { ResponseReader } from './response-reader.ts'

const created =
  'HTTP/1.1 201 Created\r\nContent-Type: application/json\r\ncontent-length: 9\r\n\r\n{"a":"ñ"}'
const bytes = Buffer.from(created.replace('9', '10'))

describe('the reader of HTTP answers', () => {
  test('puts an answer together wherever the network cuts it', () => {
    for (let cut = 1; cut < bytes.length; cut++) {
      const reader = new ResponseReader()
      expect(reader.push(Buffer.from(bytes.subarray(0, cut)))).toBeUndefined()
      const answer = reader.push(Buffer.from(bytes.subarray(cut)))
      expect(answer?.status).toBe(201)
      expect(answer?.body.toString()).toBe('{"a":"ñ"}')
    }
  })

  test('reads one answer after the other, bodies or not', () => {
    const reader = new ResponseReader()
    expect(reader.push(Buffer.from('HTTP/1.1 204 No Content\r\n\r\n'))?.status).toBe(204)
    expect(reader.push(bytes)?.status).toBe(201)
  })

  test('does not keep memory that the socket may use again', () => {
    const reader = new ResponseReader()
    const chunk = Buffer.from(bytes)
    const answer = reader.push(chunk)
    chunk.fill(0)
    expect(answer?.body.toString()).toBe('{"a":"ñ"}')
  })

  test('keeps a part of an answer when the memory it came in is used again', () => {
    for (const cut of [10, bytes.length - 3]) {
      const reader = new ResponseReader()
      const chunk = Buffer.from(bytes.subarray(0, cut))
      reader.push(chunk)
      chunk.fill(0)
      expect(reader.push(Buffer.from(bytes.subarray(cut)))?.body.toString()).toBe('{"a":"ñ"}')
    }
  })

  test('refuses what it does not understand instead of measuring nonsense', () => {
    const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'
    expect(() => new ResponseReader().push(Buffer.from(chunked))).toThrow('Content-Length')
    const twice = Buffer.concat([bytes, bytes])
    expect(() => new ResponseReader().push(twice)).toThrow('more arrived')
  })
})
