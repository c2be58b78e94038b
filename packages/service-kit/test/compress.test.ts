import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { gunzipSync } from 'node:zlib'
import { Elysia } from 'elysia'
import { appOptions, service } from '../src/http/service.ts'
import { notModified } from '../src/http/not-modified.ts'
import { type Running, serve } from '../src/http/serve.ts'
import { silentLogger } from '../src/run/logger.ts'
import { createTestTokens, testServiceOptions } from '../src/testing/service.ts'

const tokens = createTestTokens()
const long = Array.from({ length: 200 }, (_, nr) => ({ nr, nombre: 'Café orgánico' }))
const publico = { publico: true } as const

function createApp() {
  const base = service({
    ...testServiceOptions(tokens.verifier),
    name: 'prueba',
    description: 'Un servicio de prueba.',
    logger: silentLogger,
  })
  const csv = 'sku,precio\n'.repeat(500)
  return new Elysia({ ...appOptions })
    .use(base)
    .get('/larga', () => long, publico)
    .get('/muy-larga', () => Array.from({ length: 50 }, () => long), publico)
    .get('/corta', () => ({ a: 1 }), publico)
    .post('/larga', () => long, publico)
    .get(
      '/imagen',
      () => new Response(new Uint8Array(5_000), { headers: { 'content-type': 'image/png' } }),
      publico,
    )
    .get(
      '/eventos',
      () =>
        new Response(`data: ${'a'.repeat(5_000)}\n\n`, {
          headers: { 'content-type': 'text/event-stream' },
        }),
      publico,
    )
    .get(
      '/csv',
      () =>
        new Response(new Blob([csv]).stream(), {
          headers: { 'content-type': 'text/csv; charset=utf-8' },
        }),
      publico,
    )
    .get(
      '/version',
      ({ set }) => {
        set.headers.etag = '"7"'
        return long
      },
      { ...publico, mapResponse: notModified },
    )
}

let running: Running
beforeAll(() => {
  running = serve(createApp(), {
    name: 'prueba',
    hostname: '127.0.0.1',
    port: 0,
    logger: silentLogger,
    close: () => Promise.resolve(),
  })
})
afterAll(async () => {
  await running.stop()
})

/** The answer as it is on the line. */
async function ask(path: string, encoding: string, init: RequestInit = {}) {
  const headers = { 'accept-encoding': encoding, ...init.headers }
  const answer = await fetch(running.url + path, { ...init, headers, decompress: false })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  return {
    status: answer.status,
    headers: answer.headers,
    bytes,
    encoding: answer.headers.get('content-encoding'),
  }
}
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

describe('an answer of 1 KiB or more', () => {
  test('comes compressed as its caller likes it, and says so', async () => {
    const plain = await ask('/larga', 'identity')
    expect(plain.encoding).toBeNull()
    for (const [accepted, encoding, unpack] of [
      ['gzip, deflate, br, zstd', 'zstd', Bun.zstdDecompressSync],
      ['gzip', 'gzip', gunzipSync],
    ] as const) {
      const packed = await ask('/larga', accepted)
      expect(packed.encoding).toBe(encoding)
      expect(packed.bytes.byteLength).toBeLessThan(plain.bytes.byteLength / 4)
      expect(text(unpack(packed.bytes))).toBe(text(plain.bytes))
      expect(packed.headers.get('content-type')).toBe(plain.headers.get('content-type'))
      expect(packed.headers.get('content-length')).toBe(String(packed.bytes.byteLength))
    }
  })

  test('varies by what is accepted, compressed or not, for whoever keeps it', async () => {
    for (const encoding of ['gzip', 'identity']) {
      expect((await ask('/larga', encoding)).headers.get('vary')).toBe('Origin, Accept-Encoding')
    }
  })

  test('is the same when it is so long that it is packed off the event loop', async () => {
    const plain = await ask('/muy-larga', 'identity')
    expect(text(gunzipSync((await ask('/muy-larga', 'gzip')).bytes))).toBe(text(plain.bytes))
    expect(text(Bun.zstdDecompressSync((await ask('/muy-larga', 'zstd')).bytes))).toBe(
      text(plain.bytes),
    )
  })

  test('is compressed while it is written when it is a file', async () => {
    const plain = await ask('/csv', 'identity')
    const packed = await ask('/csv', 'gzip, zstd')
    expect(packed.encoding).toBe('gzip')
    expect(text(gunzipSync(packed.bytes))).toBe(text(plain.bytes))
  })

  test('is read as ever by a client that knows nothing of it', async () => {
    expect(await (await fetch(`${running.url}/larga`)).json()).toEqual(long)
  })
})

describe('nothing is compressed', () => {
  test('that is short, an event stream or a picture', async () => {
    for (const path of ['/corta', '/eventos', '/imagen']) {
      const answer = await ask(path, 'gzip, zstd')
      expect([path, answer.status, answer.encoding]).toEqual([path, 200, null])
    }
    expect(text((await ask('/corta', 'gzip')).bytes)).toBe('{"a":1}')
  })

  test('that answers another method than GET: those are the answers that hold tokens', async () => {
    const answer = await ask('/larga', 'gzip, zstd', { method: 'POST' })
    expect([answer.status, answer.encoding]).toEqual([200, null])
    expect(JSON.parse(text(answer.bytes))).toEqual(long)
  })
})

describe('the tag of a compressed answer', () => {
  test('is another than that of the plain one, and each is answered 304 with itself', async () => {
    for (const [encoding, tag] of [
      ['identity', '"7"'],
      ['gzip', '"7-gzip"'],
      ['zstd', '"7-zstd"'],
    ] as const) {
      expect((await ask('/version', encoding)).headers.get('etag')).toBe(tag)
      const again = await ask('/version', encoding, { headers: { 'if-none-match': tag } })
      expect([again.status, again.headers.get('etag')]).toEqual([304, tag])
      expect(again.bytes.byteLength).toBe(0)
      expect(again.headers.get('vary')).toBe('Origin, Accept-Encoding')
    }
    const other = await ask('/version', 'gzip', { headers: { 'if-none-match': '"6-gzip"' } })
    expect(other.status).toBe(200)
  })
})
