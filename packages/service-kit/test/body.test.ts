import { beforeAll, describe, expect, test } from 'bun:test'
import { maxBodyBytes } from '../src/http/plugins/body.ts'
import { readBody } from '../src/http/edge/read-body.ts'
import { createProbe, type Probe } from './fixture.ts'

let probe: Probe
beforeAll(async () => {
  probe = await createProbe()
})

const json = { 'content-type': 'application/json' }
const limits = { maxBytes: maxBodyBytes, maxMs: 60_000 }

async function echo(
  body: RequestInit['body'],
  headers: Record<string, string> = json,
  path = '/eco',
) {
  const answer = await probe.call('POST', path, { body: body ?? null, headers })
  const told: { body?: unknown; codigo?: string } = JSON.parse(await answer.text())
  return { status: answer.status, ...told }
}

/** A body that comes in pieces and does not say how long it is; counts what was taken of it. */
function endless(pieceBytes: number) {
  let pulled = 0
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += pieceBytes
      controller.enqueue(new Uint8Array(pieceBytes).fill(32))
    },
  })
  return { stream, pulled: () => pulled }
}

describe('a JSON body', () => {
  test('is parsed, with or without a content type', async () => {
    expect(await echo('{"a":1}')).toMatchObject({ status: 200, body: { a: 1 } })
    const bytes = new TextEncoder().encode('{"ñ":"é"}')
    expect(await echo(bytes, {})).toMatchObject({ status: 200, body: { ñ: 'é' } })
    expect(
      await echo('{"a":1}', { 'content-type': 'Application/JSON; charset=utf-8' }),
    ).toMatchObject({ status: 200, body: { a: 1 } })
  })

  test('of no bytes is no body', async () => {
    expect(await echo('')).toMatchObject({ status: 200, body: null })
    expect(await echo(undefined)).toMatchObject({ status: 200, body: null })
  })

  for (const broken of ['{', '{"a":}', "{'a':1}", 'undefined', '{"a":1}x', '\u0000']) {
    test(`is refused with 400 when it is ${JSON.stringify(broken)}`, async () => {
      expect(await echo(broken)).toMatchObject({ status: 400, codigo: 'json-invalido' })
    })
  }

  test('is refused with 400 when it is not UTF-8', async () => {
    const latin1 = Uint8Array.from([0x22, 0xe9, 0x22])
    expect(await echo(latin1)).toMatchObject({ status: 400, codigo: 'json-invalido' })
  })

  test('cannot touch the prototype of anything', async () => {
    await echo('{"__proto__":{"polluted":true}}')
    expect(Object.prototype).not.toHaveProperty('polluted')
  })
})

const exactly = (bytes: number) => `"${'a'.repeat(bytes - 2)}"`

describe('a body that is too large', () => {
  test('is one of a byte more than 1 MiB', async () => {
    expect((await echo(exactly(maxBodyBytes))).status).toBe(200)
    expect(await echo(exactly(maxBodyBytes + 1))).toMatchObject({
      status: 413,
      codigo: 'cuerpo-demasiado-grande',
    })
  })

  test('is refused unread when Content-Length says so', async () => {
    const { stream, pulled } = endless(1024)
    const request = new Request('http://localhost/', {
      method: 'POST',
      body: stream,
      headers: { 'content-length': String(maxBodyBytes + 1) },
    })
    expect(await readBody(request, limits).catch((error: Error) => error.name)).toBe('ProblemError')
    expect(pulled()).toBeLessThanOrEqual(2048)
  })

  test('is refused as soon as it passes the limit when it comes in pieces', async () => {
    const { stream, pulled } = endless(64 * 1024)
    expect(await echo(stream)).toMatchObject({ status: 413 })
    expect(pulled()).toBeLessThan(2 * maxBodyBytes)
  })

  test('is found out even when Content-Length lies', async () => {
    const { stream } = endless(64 * 1024)
    expect(await echo(stream, { ...json, 'content-length': '10' })).toMatchObject({ status: 413 })
  })
})

describe('a compressed body', () => {
  const gzipped = Bun.gzipSync(new TextEncoder().encode('{"a":1}'))

  for (const encoding of ['gzip', 'br', 'GZIP', 'identity, gzip', 'x']) {
    test(`is refused with 415, which says what is taken: ${encoding}`, async () => {
      const headers = { ...json, 'content-encoding': encoding }
      const answer = await probe.call('POST', '/eco', { body: gzipped, headers })
      expect(answer.status).toBe(415)
      expect(answer.headers.get('accept-encoding')).toBe('identity')
      expect(await answer.json()).toMatchObject({ codigo: 'tipo-no-admitido' })
    })
  }

  test('is none when it says identity', async () => {
    expect((await echo('{"a":1}', { ...json, 'content-encoding': 'Identity' })).status).toBe(200)
  })
})

/** The pieces, and then nothing more. */
const stuck = (...pieces: number[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const bytes of pieces) controller.enqueue(new Uint8Array(bytes))
    },
  })
const read = async (body: ReadableStream<Uint8Array>, over: { graceMs: number; maxMs: number }) => {
  const request = new Request('http://localhost/', { method: 'POST', body })
  return await readBody(request, { ...limits, ...over }).catch((error: Error) => error.message)
}

describe('a body that is slow', () => {
  test('has no more than its grace while nothing comes, however long a body may take', async () => {
    expect(await read(stuck(1), { graceMs: 5, maxMs: 600_000 })).toStartWith('peticion-lenta')
  })

  test('has a millisecond for each four bytes that came, and no more than its maximum', async () => {
    const startedAt = performance.now()
    expect(await read(stuck(400), { graceMs: 5, maxMs: 600_000 })).toStartWith('peticion-lenta')
    expect(performance.now() - startedAt).toBeGreaterThan(100)
    expect(await read(stuck(400_000), { graceMs: 5, maxMs: 10 })).toStartWith('peticion-lenta')
  })
})

describe('a form', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }

  test('is read as texts where a route takes forms', async () => {
    expect(await echo('a=1&b=dos+palabras', form, '/eco/formulario')).toMatchObject({
      body: { a: '1', b: 'dos palabras' },
    })
  })

  test('is bounded like JSON', async () => {
    const long = `a=${'x'.repeat(maxBodyBytes)}`
    expect((await echo(long, form, '/eco/formulario')).status).toBe(413)
  })

  test('is refused with 415 where a route takes JSON only, as its description says', async () => {
    expect((await echo('a=1', form)).status).toBe(415)
  })
})

for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/xml', 'json']) {
  test(`${type} is refused with 415`, async () => {
    expect(await echo('x', { 'content-type': type })).toMatchObject({
      status: 415,
      codigo: 'tipo-no-admitido',
    })
  })
}

const send = async (body: string) => {
  const headers = { ...json, ...(await probe.as({ rol: 'admin' })) }
  const answer = await probe.call('POST', '/cosas', { body, headers })
  const told: { errores?: { campo: string }[] } = JSON.parse(await answer.text())
  return { status: answer.status, campos: told.errores?.map((one) => one.campo) }
}

describe('a body against its schema', () => {
  for (const [body, campo] of [
    ['{"a":"1"}', 'a'],
    ['{"a":"1e3"}', 'a'],
    ['{"a":0.5}', 'a'],
    ['{"a":0}', 'a'],
    ['{"a":null}', 'a'],
    ['{"a":1,"precio":5}', 'precio'],
    ['{}', 'a'],
    ['[]', '(cuerpo)'],
    ['', '(cuerpo)'],
    ['null', '(cuerpo)'],
  ] as const) {
    test(`refuses ${body || 'nothing'} and names ${campo}`, async () => {
      const { status, campos } = await send(body)
      expect(status).toBe(422)
      expect(campos).toContain(campo)
    })
  }

  test('reaches the handler as it was sent', async () => {
    expect((await send('{"a":3,"b":"x"}')).status).toBe(500)
    expect((await send('{"a":3}')).status).toBe(200)
  })
})
