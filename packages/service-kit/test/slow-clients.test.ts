import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { connect } from 'node:net'
import { type Running, serve } from '../src/http/serve.ts'
import { silentLogger } from '../src/run/logger.ts'
import { createProbe } from './fixture.ts'

let running: Running
let port: number
beforeAll(async () => {
  const { app } = await createProbe({ maxBodyMs: 250 })
  running = serve(app, {
    name: 'prueba',
    hostname: '127.0.0.1',
    port: 0,
    logger: silentLogger,
    // Between four and eight seconds: with fewer than five a connection may be closed at once.
    idleSeconds: 5,
    close: () => Promise.resolve(),
  })
  port = Number(new URL(running.url).port)
})
afterAll(async () => {
  await running.stop()
})

/** What the server answered by the time that it closed the connection; `drip` is sent again and again. */
async function untilClosed(sent: string, drip?: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const closed = Promise.withResolvers<void>()
  let answer = ''
  socket.on('data', (bytes) => (answer += bytes.toString()))
  socket.on('error', () => {})
  socket.on('close', () => closed.resolve())
  socket.write(sent)
  const timer = setInterval(() => drip !== undefined && socket.writable && socket.write(drip), 20)
  try {
    await closed.promise
  } finally {
    clearInterval(timer)
    socket.destroy()
  }
  return answer
}

/**
 * A server that closes while more is arriving resets the connection, and the reset may overtake its
 * last answer (RFC 9112, 9.6). Then nothing can be told from this connection, and another is tried.
 */
async function answerTo(sent: string, drip: string): Promise<string> {
  for (let left = 5; left > 0; left--) {
    const answer = await untilClosed(sent, drip)
    if (answer !== '') return answer
  }
  return ''
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])
const post = 'POST /eco HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'

describe('headers', () => {
  const cases = {
    'one of 20 KiB': `GET /cosas HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(20_480)}\r\n\r\n`,
    'a path of 20 KiB': `GET /${'a'.repeat(20_480)} HTTP/1.1\r\nHost: a\r\n\r\n`,
    'three hundred': `GET /cosas HTTP/1.1\r\nHost: a\r\n${'x-a: b\r\n'.repeat(300)}\r\n`,
    'without an end': `GET /cosas HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(1024 * 1024)}`,
  }
  for (const [name, sent] of Object.entries(cases)) {
    test(`that are too large are refused with 431 and the connection closed: ${name}`, async () => {
      const answer = await untilClosed(sent)
      expect(statusOf(answer)).toBe(431)
      expect(answer).not.toMatch(/server:|bun/i)
    })
  }

  test('that cannot be are refused with 400 and the connection closed', async () => {
    const twoLengths = `${post}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`
    const lengthAndChunks = `${post}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`
    for (const sent of [twoLengths, lengthAndChunks]) {
      expect(statusOf(await untilClosed(sent))).toBe(400)
    }
  })
})

describe('a body that drips', () => {
  test('is answered 408 when its time is over, and the connection closed', async () => {
    const answer = await answerTo(`${post}Content-Length: 1000\r\n\r\n{`, ' ')
    expect(statusOf(answer)).toBe(408)
    expect(answer).toContain('"codigo":"peticion-lenta"')
  })

  test('is so in chunks as well', async () => {
    const answer = await answerTo(`${post}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n')
    expect(statusOf(answer)).toBe(408)
  })

  test('is read when it arrives in time, however many pieces it came in', async () => {
    const answer = await untilClosed(`${post}Connection: close\r\nContent-Length: 3\r\n\r\n1`, '1')
    expect(statusOf(answer)).toBe(200)
    expect(answer).toEndWith('{"body":111}')
  })
})

test('a connection that drips its headers, or says nothing more, is closed though it never ends', async () => {
  const first = 'GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n'
  const answers = await Promise.all([
    untilClosed(`${first}GET /livez HTTP/1.1\r\n`, 'x-a: b\r\n'),
    untilClosed(first),
  ])
  for (const answer of answers) expect(answer.match(/HTTP\/1\.1 200/g)).toHaveLength(1)
}, 15_000)
