import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { fuzzSeed } from '@encargo/service-kit/testing/random'
import { ask, createClient, storedTokens, unwrap } from '@encargo/client'
import { type Services, startMs, startServices } from '../security/fixture.ts'
import { admin } from './harness.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])

let services: Services
beforeAll(async () => {
  services = await startServices()
}, startMs)
afterAll(() => services.stop(), startMs)

const addresses = () => ({
  auth: services.urlOf('auth'),
  productos: services.urlOf('productos'),
  inventario: services.urlOf('inventario'),
  pedidos: services.urlOf('pedidos'),
})

function memory() {
  const items = new Map<string, string>()
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  }
}

let people = 0
/** A client with somebody new logged in, and a clock of its own. */
async function someone(settings: Partial<Parameters<typeof createClient>[0]> = {}) {
  people += 1
  const cuenta = { email: `ana-${people}@correo.example`, password: 'tres-naranjas-de-azahar' }
  const clock = { ms: 0 }
  const environment = { ...settings.environment, now: () => clock.ms }
  const client = createClient({ ...addresses(), ...settings, environment })
  await unwrap(client.auth.register.post({ ...cuenta, nombre: 'Ana' }))
  expect(await client.login(cuenta)).toMatchObject({ ok: true })
  return { client, clock, cuenta }
}

async function product(precio: number, cantidad: number) {
  const staff = createClient(addresses())
  expect((await staff.login(admin)).ok).toBe(true)
  const nuevo = { sku: `CLIENTE-${Bun.randomUUIDv7()}`, nombre: 'Café de altura', precio }
  const { id } = await unwrap(staff.productos.productos.post(nuevo))
  await unwrap(staff.inventario.inventario.post({ productoId: id, cantidad }))
  return { id, stock: () => unwrap(staff.inventario.inventario({ productoId: id }).get()) }
}

describe('the client and the real services', () => {
  test('renew a session again and again, with many calls at once, without using a token twice', async () => {
    const { client, clock } = await someone()
    for (let hour = 0; hour < 5; hour++) {
      clock.ms += 3_600_000
      const answers = await Promise.all(Array.from({ length: 20 }, () => ask(client.auth.me.get())))
      expect(answers.filter(({ ok }) => !ok)).toEqual([])
    }
    expect(client.session).toBe('open')
  })

  test('find a session again after a reload, and not after a logout', async () => {
    const tokens = storedTokens(memory())
    const { client } = await someone({ tokens })
    const reloaded = () => createClient({ ...addresses(), tokens })
    expect(await reloaded().restore()).toBe('open')
    await client.logout()
    expect(await reloaded().restore()).toBe('closed')
    const after = await ask(client.auth.me.get())
    expect(after).toMatchObject({ ok: false, problem: { codigo: 'no-autenticado' } })
  })

  test('say what is wrong in words that a switch can tell apart', async () => {
    const { client, cuenta } = await someone()
    const again = await ask(client.auth.register.post({ ...cuenta, nombre: 'Ana' }))
    expect(again).toMatchObject({ problem: { codigo: 'email-en-uso', status: 409 } })
    const wrong = await client.login({ ...cuenta, password: 'no-es-esta-frase' })
    expect(wrong).toMatchObject({ problem: { codigo: 'credenciales-invalidas' } })
    const { id } = await product(100, 3)
    const much = await client.compra({ lineas: [{ productoId: id, cantidad: 4 }] }).enviar()
    expect(much).toMatchObject({
      problem: {
        codigo: 'stock-insuficiente',
        faltantes: [{ productoId: id, solicitado: 4, disponible: 3 }],
      },
    })
    const old = { lineas: [{ productoId: id, cantidad: 1, precioEsperado: 99 }] }
    expect(await client.compra(old).enviar()).toMatchObject({
      problem: { codigo: 'precio-cambiado', cambios: [{ precioActual: 100 }] },
    })
    const gone = createClient({ ...addresses(), productos: 'http://127.0.0.1:1' })
    expect(await ask(gone.productos.productos.get())).toMatchObject({
      problem: { codigo: 'sin-conexion' },
    })
  })

  test(
    `buy once over a network that loses requests and answers (seed ${seed})`,
    async () => {
      let state = seed
      const random = () => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
        return (state >>> 8) / 2 ** 23
      }
      const storage = memory()
      const flaky = async (input: string | URL | Request, init?: RequestInit) => {
        const buying = init?.method === 'POST' && String(input).endsWith('/pedidos')
        if (buying && random() < 0.3) throw new TypeError('the request was lost')
        const answer = await fetch(input, init)
        if (buying && random() < 0.5) throw new TypeError('the answer was lost')
        return answer
      }
      const { client } = await someone({ storage, environment: { fetch: flaky } })
      const { id, stock } = await product(450, 100)
      const rounds = 8
      for (let round = 1; round <= rounds; round++) {
        const pedido = { lineas: [{ productoId: id, cantidad: 1 }] }
        for (;;) {
          // A new one each time, as after a reload: it goes on with what the storage remembers.
          const compra = client.compra(pedido)
          const clicks = await Promise.all([compra.enviar(), compra.enviar()])
          if (clicks.some(({ ok }) => ok)) break
        }
        expect((await stock()).reservado).toBe(round)
      }
      const { datos } = await unwrap(client.pedidos.pedidos.get({ query: { limite: 200 } }))
      expect(datos).toHaveLength(rounds)
    },
    startMs,
  )
})
