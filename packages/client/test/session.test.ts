import { describe, expect, test } from 'bun:test'
import { ask, cookieTokens, createClient, memoryTokens, storedTokens } from '../src/index.ts'
import { memoryStorage } from '../src/environment.ts'
import {
  addresses,
  createBrowser,
  cuenta,
  FakeAuth,
  guarded,
  prepare,
  refusal,
  tienda,
  turn,
} from './fixture.ts'

const me = { id: 'a', nombre: 'Ana' }

async function loggedIn(settings: Parameters<typeof prepare>[1] = {}, auth = new FakeAuth()) {
  const made = prepare(
    guarded(auth, () => Response.json(me)),
    settings,
    auth,
  )
  expect((await made.client.login(cuenta)).ok).toBe(true)
  return made
}

describe('a session', () => {
  test('calls as nobody before a login, as the user after it, and as nobody after a logout', async () => {
    const { client, asked } = prepare(() => Response.json({ datos: [], siguiente: null }))
    const authorization = () => asked.at(-1)?.headers.get('authorization')
    const read = () => ask(client.productos.productos.get())
    await read()
    expect(authorization()).toBeNull()
    await client.login(cuenta)
    await read()
    expect(authorization()).toBe('Bearer access-1')
    await client.logout()
    expect(asked.at(-1)).toMatchObject({ body: { refresh_token: 'refresh-1' } })
    await read()
    expect(authorization()).toBeNull()
  })

  test('renews a refused token once, however many calls were refused, and repeats them all', async () => {
    const { client, auth, asked } = await loggedIn()
    auth.expire()
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(client.auth.me.get())))
    expect(answers.map(({ ok }) => ok)).toEqual(Array.from({ length: 12 }, () => true))
    expect(auth.renewals).toBe(1)
    expect(asked.filter(({ url }) => url.endsWith('/me'))).toHaveLength(24)
  })

  test('renews before a token ends, without a refused call', async () => {
    const { client, auth, asked, clock } = await loggedIn()
    clock.ms += 500_000
    await ask(client.auth.me.get())
    expect(auth.renewals).toBe(1)
    expect(asked.filter(({ url }) => url.endsWith('/me'))).toHaveLength(1)
  })

  test('repeats a refused call once only, and hands the second refusal on', async () => {
    const auth = new FakeAuth()
    const { client, asked } = prepare(() => refusal(401, 'no-autenticado'), {}, auth)
    await client.login(cuenta)
    const answer = await ask(client.auth.me.get())
    expect(answer).toMatchObject({ ok: false, problem: { codigo: 'no-autenticado' } })
    expect(asked.filter(({ url }) => url.endsWith('/me'))).toHaveLength(2)
  })

  test('does not take a wrong password for a token that ran out', async () => {
    const { client, auth } = prepare(() => refusal(401, 'credenciales-invalidas'))
    await client.login(cuenta)
    await ask(client.pedidos.pedidos.get())
    expect(auth.renewals).toBe(0)
  })

  test('is over when auth says so, and tells', async () => {
    const { client, auth } = await loggedIn()
    const states: string[] = []
    client.onSession((state) => states.push(state))
    auth.expire()
    const tokens = auth.answer.bind(auth)
    auth.answer = (asked) =>
      asked.url.endsWith('/token')
        ? Promise.resolve(refusal(400, 'token-reutilizado'))
        : tokens(asked)
    expect(await ask(client.auth.me.get())).toMatchObject({ problem: { codigo: 'no-autenticado' } })
    expect([client.session, ...states]).toEqual(['closed', 'closed'])
  })

  test('outlives an auth that is away: what is open is answered, and later all is again', async () => {
    const auth = new FakeAuth()
    const shop = prepare(
      (asked) =>
        asked.url.includes('/productos')
          ? Response.json({ datos: [], siguiente: null })
          : guarded(auth, () => Response.json(me))(asked),
      {},
      auth,
    )
    await shop.client.login(cuenta)
    shop.clock.ms += 600_000
    auth.expire()
    auth.away = true
    expect((await ask(shop.client.productos.productos.get())).ok).toBe(true)
    const closed = await ask(shop.client.auth.me.get())
    expect(closed).toMatchObject({ ok: false, problem: { codigo: 'sin-conexion' } })
    expect(shop.client.session).toBe('open')
    auth.away = false
    expect((await ask(shop.client.auth.me.get())).ok).toBe(true)
  })

  test('a login during a renewal counts, not the session that was', async () => {
    const { client, auth, asked } = await loggedIn()
    const gate = Promise.withResolvers<void>()
    auth.gate = gate.promise
    auth.expire()
    const late = ask(client.auth.me.get())
    await turn()
    await turn()
    await client.login({ ...cuenta, email: 'luis@correo.example' })
    gate.resolve()
    await late
    auth.issue()
    await ask(client.pedidos.pedidos.get())
    expect(asked.map(({ headers }) => headers.get('authorization'))).toContain('Bearer access-2')
    expect(client.session).toBe('open')
  })

  test('one caller that gives up does not take the renewal from the others', async () => {
    const { client, auth } = await loggedIn()
    const gate = Promise.withResolvers<void>()
    auth.gate = gate.promise
    auth.expire()
    const impatient = new AbortController()
    const first = ask(client.auth.me.get({ fetch: { signal: impatient.signal } }))
    const second = ask(client.auth.me.get())
    await turn()
    await turn()
    impatient.abort()
    expect(await first).toMatchObject({ ok: false, problem: { codigo: 'cancelada' } })
    gate.resolve()
    expect((await second).ok).toBe(true)
  })
})

const tab = (
  browser: ReturnType<typeof createBrowser>,
  auth: FakeAuth,
  tokens: ReturnType<typeof storedTokens>,
) =>
  prepare(
    guarded(auth, () => Response.json(me)),
    { tokens, environment: { locks: browser.locks, channel: browser.channel } },
    auth,
  )

describe('several tabs', () => {
  test('renew one after the other, and the second takes what the first got', async () => {
    const [browser, auth, tokens] = [createBrowser(), new FakeAuth(), storedTokens(memoryStorage())]
    const tabs = [
      tab(browser, auth, tokens),
      tab(browser, auth, tokens),
      tab(browser, auth, tokens),
    ]
    await tabs[0]?.client.login(cuenta)
    auth.expire()
    const answers = await Promise.all(tabs.map(({ client }) => ask(client.auth.me.get())))
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true])
    expect(auth.renewals).toBe(1)
  })

  test('log in and out together', async () => {
    const [browser, auth, tokens] = [createBrowser(), new FakeAuth(), storedTokens(memoryStorage())]
    const [one, two] = [tab(browser, auth, tokens), tab(browser, auth, tokens)]
    await one.client.login(cuenta)
    expect(two.client.session).toBe('open')
    await two.client.logout()
    expect(one.client.session).toBe('closed')
    expect(tokens.read()).toBeNull()
  })

  test('stay logged out when a renewal of another tab is heard of after the logout', async () => {
    const [browser, auth, tokens] = [createBrowser(), new FakeAuth(), storedTokens(memoryStorage())]
    const [one, two] = [tab(browser, auth, tokens), tab(browser, auth, tokens)]
    await one.client.login(cuenta)
    const gate = Promise.withResolvers<void>()
    auth.gate = gate.promise
    auth.expire()
    // Renewed in one tab while the other logs out; each hears of it only when it is done.
    const late = ask(two.client.auth.me.get())
    await turn()
    await turn()
    browser.hold()
    await one.client.logout()
    gate.resolve()
    await late
    browser.deliver()
    await turn()
    expect([one.client.session, two.client.session]).toEqual(['closed', 'closed'])
    expect(tokens.read()).toBeNull()
  })

  test('follow a login as somebody else', async () => {
    const [browser, auth, tokens] = [createBrowser(), new FakeAuth(), storedTokens(memoryStorage())]
    const [one, two] = [tab(browser, auth, tokens), tab(browser, auth, tokens)]
    await one.client.login(cuenta)
    await two.client.login({ ...cuenta, email: 'luis@correo.example' })
    await ask(one.client.auth.me.get())
    const sent = one.asked.at(-1)?.headers.get('authorization')
    expect(sent).toBe('Bearer access-2')
  })

  test('without locks, go on with the token that another got a moment before', async () => {
    const [auth, tokens] = [new FakeAuth(), storedTokens(memoryStorage())]
    const make = () =>
      prepare(
        guarded(auth, () => Response.json(me)),
        { tokens },
        auth,
      )
    const [one, two] = [make(), make()]
    await one.client.login(cuenta)
    expect(await two.client.restore()).toBe('open')
    auth.expire()
    const both = await Promise.all([ask(one.client.auth.me.get()), ask(two.client.auth.me.get())])
    expect(both.some(({ ok }) => ok)).toBe(true)
    expect(tokens.read()).not.toBeNull()
    expect((await ask(one.client.auth.me.get())).ok).toBe(true)
    expect((await ask(two.client.auth.me.get())).ok).toBe(true)
  })

  test('each with a memory of its own have sessions of their own', async () => {
    const browser = createBrowser()
    const settings = () => ({
      tokens: memoryTokens(),
      environment: { locks: browser.locks, channel: browser.channel },
    })
    const [one, two] = [await loggedIn(settings()), prepare(() => Response.json(me), settings())]
    expect([one.client.session, two.client.session]).toEqual(['open', 'closed'])
    expect(browser.channels.size).toBe(0)
  })

  test('let go of the channel when closed', () => {
    const browser = createBrowser()
    const { client } = tab(browser, new FakeAuth(), storedTokens(memoryStorage()))
    expect(browser.channels.size).toBe(1)
    client.close()
    expect(browser.channels.size).toBe(0)
  })
})

/** tienda, which gives no refresh token away, and answers 204 when nobody is logged in. */
function atTienda(auth: FakeAuth, open: boolean) {
  const bodies: unknown[] = []
  const away = auth.answer.bind(auth)
  auth.answer = async (asked) => {
    if (auth.away) return await away(asked)
    auth.renewals++
    bodies.push([new URL(asked.url).pathname, asked.body])
    if (!open || asked.url.endsWith('/salir')) return new Response(null, { status: 204 })
    const { refresh_token: _, ...rest } = auth.issue()
    return Response.json(rest)
  }
  return bodies
}

const stateIn = (pageOrigin: string | undefined) =>
  createClient({ origin: tienda, environment: { pageOrigin } }).session

describe('with the refresh token in a cookie', () => {
  test('goes in at the own door of tienda, sends none, takes none, and finds an open session again', async () => {
    const auth = new FakeAuth()
    const bodies = atTienda(auth, true)
    const { client } = prepare(
      guarded(auth, () => Response.json(me)),
      { tokens: cookieTokens },
      auth,
    )
    expect(client.session).toBe('unknown')
    expect(await client.restore()).toBe('open')
    expect((await ask(client.auth.me.get())).ok).toBe(true)
    await client.logout()
    await client.login(cuenta)
    expect(bodies).toEqual([
      ['/api/sesion/renovar', { grant_type: 'refresh_token' }],
      ['/api/sesion/salir', {}],
      ['/api/sesion/login', cuenta],
    ])
  })

  test('asks once whether somebody is logged in, and no more when nobody is', async () => {
    const auth = new FakeAuth()
    atTienda(auth, false)
    const { client } = prepare(() => Response.json({ datos: [] }), { tokens: cookieTokens }, auth)
    await ask(client.productos.productos.get())
    await ask(client.productos.productos.get())
    expect(client.session).toBe('closed')
    expect(auth.renewals).toBe(1)
  })

  test('does not know while auth is away', async () => {
    const auth = new FakeAuth()
    atTienda(auth, false)
    const { client } = prepare(() => Response.json({}), { tokens: cookieTokens }, auth)
    auth.away = true
    expect(await client.restore()).toBe('unknown')
    auth.away = false
    expect(await client.restore()).toBe('closed')
  })

  test('is what a page of the origin itself has, and nobody else', () => {
    expect(stateIn(tienda)).toBe('unknown')
    expect([stateIn('http://otra.test'), stateIn(undefined)]).toEqual(['closed', 'closed'])
  })

  test('needs a shop window, as no service keeps a cookie', () => {
    expect(() => createClient({ ...addresses, tokens: cookieTokens })).toThrow('need { origin }')
  })
})
