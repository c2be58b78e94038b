import { describe, expect, test } from 'bun:test'
import { cuenta, FakeAuth, guarded, prepare, refusal } from './fixture.ts'

const csv = (text: string) => new Response(text, { headers: { 'content-type': 'text/csv' } })

describe('a request for what is not JSON', () => {
  test('answers the body as it came, for whoever is logged in', async () => {
    const auth = new FakeAuth()
    const { client, asked } = prepare(
      guarded(auth, () => csv('sku\n007\n')),
      {},
      auth,
    )
    await client.login(cuenta)
    const answer = await client.request('productos', '/productos/exportacion?archivados=true')
    if (!answer.ok) throw new Error(answer.problem.detail)
    expect(await answer.data.text()).toBe('sku\n007\n')
    expect(asked.at(-1)).toMatchObject({
      method: 'GET',
      url: 'http://productos.test/productos/exportacion?archivados=true',
    })
  })

  test('sends a file again with a fresh token when the first one was refused', async () => {
    const auth = new FakeAuth()
    const { client, asked } = prepare(
      guarded(auth, () => Response.json({ filas: 1 })),
      {},
      auth,
    )
    await client.login(cuenta)
    auth.expire()
    const body = new Blob(['sku,fisico\na,1\n'])
    const headers = { 'content-type': 'text/csv' }
    const init = { method: 'POST', headers, body }
    const answer = await client.request('inventario', '/inventario/importacion', init)
    expect(answer.ok).toBe(true)
    expect(auth.renewals).toBe(1)
    const sent = asked.filter(({ url }) => url.endsWith('/importacion'))
    expect(sent.map((one) => one.body)).toEqual(['sku,fisico\na,1\n', 'sku,fisico\na,1\n'])
    expect(sent.map((one) => one.headers.get('content-type'))).toEqual(['text/csv', 'text/csv'])
  })

  test('gives refusals, strange answers and silence as problems', async () => {
    const answers = [
      () => refusal(413, 'cuerpo-demasiado-grande'),
      () => new Response('<html>', { status: 502 }),
      () => {
        throw new TypeError('connection refused')
      },
    ]
    const { client } = prepare(() => (answers.shift() ?? (() => csv('')))())
    const ask = () => client.request('productos', '/productos/exportacion')
    expect(await ask()).toMatchObject({
      ok: false,
      problem: { codigo: 'cuerpo-demasiado-grande', detail: 'detail of cuerpo-demasiado-grande' },
    })
    expect(await ask()).toMatchObject({
      ok: false,
      problem: { codigo: 'desconocido', status: 502, recibido: null },
    })
    expect(await ask()).toMatchObject({ ok: false, problem: { codigo: 'sin-conexion' } })
  })

  test('has more time the larger the file is, as the line may be slow', async () => {
    const times: number[] = []
    const settings = { timeoutMs: 20_000 }
    const { client, waiting } = prepare(() => {
      times.push(...waiting.map(({ ms }) => ms))
      return csv('')
    }, settings)
    for (const body of ['sku\n', new Blob([new Uint8Array(2 * 1024 * 1024)])]) {
      await client.request('productos', '/productos/importacion', { method: 'POST', body })
    }
    expect(times).toEqual([20_000, 52_768])
  })

  test('ends with the signal of who asked', async () => {
    const { client } = prepare(() => csv(''))
    const answer = await client.request('pedidos', '/pedidos', { signal: AbortSignal.abort() })
    expect(answer).toMatchObject({ ok: false, problem: { codigo: 'cancelada' } })
  })
})
