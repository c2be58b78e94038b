import { describe, expect, test } from 'bun:test'
import { createRandom, fuzzSeed } from '@encargo/service-kit/testing/random'
import { memoryStorage } from '../src/environment.ts'
import { type Asked, cuenta, type Handler, prepare, refusal, turn } from './fixture.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])
const lineas = [{ productoId: '01900000-0000-7000-8000-000000000001', cantidad: 2 }]
const keyOf = ({ headers }: Asked) => headers.get('idempotency-key') ?? ''
const created = (key: string) => Response.json({ id: key, numero: 1 }, { status: 201 })

/** Answers each request with the next of these. */
const script = (...answers: Handler[]): Handler => {
  const left = [...answers]
  return (asked) => (left.shift() ?? ((one) => created(keyOf(one))))(asked)
}
const gone: Handler = () => Promise.reject(new TypeError('connection reset'))

const forbidden = () => {
  throw new DOMException('not here', 'SecurityError')
}

describe('an attempt to buy', () => {
  test('is sent once by a double click, and both clicks get its answer', async () => {
    const gate = Promise.withResolvers<void>()
    const { client, asked } = prepare(async (one) => {
      await gate.promise
      return created(keyOf(one))
    })
    const compra = client.compra({ lineas })
    const clicks = [compra.enviar(), compra.enviar()]
    await turn()
    gate.resolve()
    const [first, second] = await Promise.all(clicks)
    expect(asked).toHaveLength(1)
    expect(first).toMatchObject({ ok: true, data: { id: 'key-1' } })
    expect(second).toEqual(first)
  })

  test('keeps its key through whatever leaves its outcome open', async () => {
    const { client, asked } = prepare(
      script(
        gone,
        () => refusal(503, 'servicio-no-disponible'),
        () => refusal(500, 'error-interno'),
        () => refusal(429, 'demasiadas-peticiones'),
        () => refusal(409, 'idempotencia-en-curso'),
        () => refusal(401, 'no-autenticado'),
        () => new Response('<html>', { status: 502 }),
        () => refusal(418, 'tetera'),
      ),
    )
    const compra = client.compra({ lineas })
    for (let left = 8; left > 0; left--) expect((await compra.enviar()).ok).toBe(false)
    expect((await compra.enviar()).ok).toBe(true)
    expect((await compra.enviar()).ok).toBe(true)
    expect(new Set(asked.map(keyOf))).toEqual(new Set(['key-1']))
    expect(asked).toHaveLength(10)
  })

  test('goes on after a reload, and is forgotten once it is done', async () => {
    const storage = memoryStorage()
    const before = prepare(script(gone), { storage })
    await before.client.compra({ lineas }).enviar()
    const after = prepare(script(), { storage, environment: { newKey: () => 'another' } })
    const compra = after.client.compra({
      lineas: [{ cantidad: 2, productoId: lineas[0]?.productoId ?? '' }],
    })
    expect(compra.clave).toBe('key-1')
    expect((await compra.enviar()).ok).toBe(true)
    expect(after.client.compra({ lineas }).clave).toBe('another')
  })

  test('is another one with other contents, or by another name', async () => {
    const { client } = prepare(script())
    const first = client.compra({ lineas })
    expect(client.compra({ lineas }).clave).toBe(first.clave)
    expect(client.compra({ lineas }, { nombre: 'rápida' }).clave).not.toBe(first.clave)
    expect(client.compra({ lineas, notas: 'sin bolsa' }).clave).not.toBe(first.clave)
  })

  test('is another one after a refusal that stands, which the services would repeat', async () => {
    const faltantes = [{ productoId: 'x', solicitado: 2, disponible: 1 }]
    const { client, asked } = prepare(
      script(() => refusal(409, 'stock-insuficiente', { faltantes })),
    )
    const compra = client.compra({ lineas })
    expect(await compra.enviar()).toMatchObject({
      problem: { codigo: 'stock-insuficiente', faltantes },
    })
    expect((await compra.enviar()).ok).toBe(true)
    expect(asked.map(keyOf)).toEqual(['key-1', 'key-2'])
  })

  test('continues with the same key when the caller gave up waiting', async () => {
    const patience = new AbortController()
    const { client, asked } = prepare(
      script(({ signal }) => {
        patience.abort()
        return signal.aborted ? Promise.reject(new DOMException('', 'AbortError')) : created('x')
      }),
    )
    const compra = client.compra({ lineas })
    expect(await compra.enviar({ signal: patience.signal })).toMatchObject({
      problem: { codigo: 'cancelada' },
    })
    await compra.enviar()
    expect(asked.map(keyOf)).toEqual(['key-1', 'key-1'])
  })

  test('sends what it was begun with, whatever becomes of the basket', async () => {
    const { client, asked } = prepare(script())
    const basket = { lineas: lineas.map((linea) => ({ ...linea })) }
    const compra = client.compra(basket)
    basket.lineas.pop()
    await compra.enviar()
    expect(asked[0]?.body).toEqual({ lineas })
  })

  test('keeps its key when the session is renewed in the middle', async () => {
    let refused = false
    const { client, asked } = prepare((one) => {
      if (refused) return created(keyOf(one))
      refused = true
      return refusal(401, 'no-autenticado')
    })
    await client.login(cuenta)
    expect((await client.compra({ lineas }).enviar()).ok).toBe(true)
    const sent = asked.filter(({ url }) => url.endsWith('/pedidos'))
    expect(sent.map(keyOf)).toEqual(['key-1', 'key-1'])
  })

  test('lives without a storage that can be written', async () => {
    const storage = { getItem: forbidden, setItem: forbidden, removeItem: forbidden }
    const { client, asked } = prepare(script(gone), { storage })
    const compra = client.compra({ lineas })
    await compra.enviar()
    expect((await compra.enviar()).ok).toBe(true)
    expect(asked.map(keyOf)).toEqual(['key-1', 'key-1'])
  })

  test(`buys once, however clicks, failures and reloads fall (seed ${seed})`, async () => {
    const random = createRandom(seed)
    for (let round = 0; round < 60; round++) {
      const orders = new Map<string, string>()
      const storage = memoryStorage()
      let keys = 0
      // The order is made, or not, and the answer arrives, or not.
      const shop: Handler = async (one) => {
        if (random() < 0.3) return await gone(one)
        if (random() < 0.2) return refusal(503, 'servicio-no-disponible')
        orders.set(keyOf(one), 'made')
        return random() < 0.4 ? await gone(one) : created(keyOf(one))
      }
      const page = () =>
        prepare(shop, { storage, environment: { newKey: () => `${round}-${++keys}` } }).client
      let compra = page().compra({ lineas })
      for (;;) {
        if (random() < 0.3) compra = page().compra({ lineas })
        const clicks = Array.from({ length: 1 + Math.floor(random() * 3) }, () => compra.enviar())
        const answers = await Promise.all(clicks)
        if (answers.some(({ ok }) => ok)) break
      }
      expect([...orders.keys()]).toHaveLength(1)
    }
  })
})

const invitado = { nombre: 'Rosa', email: 'rosa@correo.example' }
const bearerOf = ({ headers }: Asked) => headers.get('authorization')
/** auth, which has never seen them, and pedidos. */
const withGuests = (pedidos: Handler): Handler => {
  let guests = 0
  return (one) => {
    if (!one.url.endsWith('/invitados')) return pedidos(one)
    guests += 1
    const access_token = `guest-${guests}`
    return Response.json({ access_token, token_type: 'Bearer', expires_in: 7200 }, { status: 201 })
  }
}
const purchases = (asked: readonly Asked[]) =>
  asked.filter(({ url }) => url.endsWith('/pedidos')).map((one) => [bearerOf(one), keyOf(one)])

describe('an attempt of somebody without an account', () => {
  test('is theirs through failures and a reload, whoever else is asked for', async () => {
    const storage = memoryStorage()
    const shop = withGuests(script(gone, () => refusal(503, 'servicio-no-disponible')))
    const before = prepare(shop, { storage })
    await before.client.compra({ lineas }, { invitado }).enviar()
    const after = prepare(shop, { storage })
    const compra = after.client.compra({ lineas }, { invitado })
    await compra.enviar()
    expect((await compra.enviar()).ok).toBe(true)
    const sent = [...purchases(before.asked), ...purchases(after.asked)]
    expect(sent).toEqual(Array.from({ length: 3 }, () => ['Bearer guest-1', 'key-1']))
  })

  test('gets a new token when the first one is refused at once', async () => {
    const { client, asked } = prepare(withGuests(script(() => refusal(401, 'no-autenticado'))))
    expect((await client.compra({ lineas }, { invitado }).enviar()).ok).toBe(true)
    expect(purchases(asked)).toEqual([
      ['Bearer guest-1', 'key-1'],
      ['Bearer guest-2', 'key-1'],
    ])
  })

  test('is not sent by another guest while it may have arrived', async () => {
    const { client, asked } = prepare(
      withGuests(script(gone, () => refusal(401, 'no-autenticado'))),
    )
    const compra = client.compra({ lineas }, { invitado })
    await compra.enviar()
    expect(await compra.enviar()).toMatchObject({ problem: { codigo: 'no-autenticado' } })
    expect(purchases(asked)).toHaveLength(2)
    // Whoever was told of it and presses again means another order.
    expect((await compra.enviar()).ok).toBe(true)
    expect(purchases(asked).at(-1)).toEqual(['Bearer guest-2', 'key-2'])
  })

  test('is refused with what is wrong with who they say they are', async () => {
    const { client, asked } = prepare(() => refusal(422, 'datos-invalidos', { errores: [] }))
    const answer = await client.compra({ lineas }, { invitado }).enviar()
    expect(answer).toMatchObject({ problem: { codigo: 'datos-invalidos' } })
    expect(purchases(asked)).toEqual([])
  })
})
