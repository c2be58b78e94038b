import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { rows } from '@encargo/storage/testing'
import { describe, expect, spyOn, test } from 'bun:test'
import { networkOf } from '@encargo/service-kit/values/network-of'
import { contar, esperaMs, type Freno, politicas } from '../src/domain/frenos.ts'
import {
  clave,
  createHarness,
  type Harness,
  refusal,
  temporaryFolder,
  weakestCost,
} from './fixture.ts'

const from = (address: string) => ({ 'x-test-address': address })

const guess = ({ send }: Harness, email: string, address = '203.0.113.9') =>
  send('/login', 'POST', { email, password: 'no es esta clave' }, from(address))

async function guessMany(harness: Harness, email: string, count: number, address?: string) {
  const answers: Response[] = []
  for (let one = 0; one < count; one++) answers.push(await guess(harness, email, address))
  return answers
}

describe('guessing at an account', () => {
  test('is refused after ten wrong passwords, for longer each time, with Retry-After', async () => {
    const harness = await createHarness()
    const ana = await harness.cliente()
    const first = await guessMany(harness, ana.email, 11)
    expect(first.map((answer) => answer.status)).toEqual(Array(11).fill(401))
    const waits: (string | null)[] = []
    for (let round = 0; round < 4; round++) {
      const refused = await guess(harness, ana.email)
      expect(await refusal(refused)).toBe('429 demasiadas-peticiones')
      waits.push(refused.headers.get('retry-after'))
      harness.clock.advance(Number(waits.at(-1)) * 1000)
      expect((await guess(harness, ana.email)).status).toBe(401)
    }
    expect(waits).toEqual(['1', '2', '4', '8'])
  })

  test('is refused just so when nobody has that e-mail', async () => {
    const harness = await createHarness()
    const answers = await guessMany(harness, 'nadie@x.com', 12)
    expect(answers.map((answer) => answer.status)).toEqual([...Array(11).fill(401), 429])
    expect(answers.at(-1)?.headers.get('retry-after')).toBe('1')
  })

  test('gains nothing from doing it all at once', async () => {
    const harness = await createHarness()
    const ana = await harness.cliente()
    const answers = await Promise.all(Array.from({ length: 40 }, () => guess(harness, ana.email)))
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(11)
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(29)
  })

  test('gains nothing from a restart', async () => {
    const dataDir = temporaryFolder()
    const before = await createHarness({ dataDir })
    await guessMany(before, 'nadie@x.com', 11)
    await before.close()
    expect((await guess(await createHarness({ dataDir }), 'nadie@x.com')).status).toBe(429)
  })

  test('through the change of the password is braked as well', async () => {
    const harness = await createHarness()
    const ana = await harness.cliente(undefined, from('203.0.113.9'))
    const body = { actual: 'no es esta clave', nueva: 'otra clave larga' }
    const headers = { ...ana.headers, ...from('203.0.113.9') }
    const change = () => harness.send('/me/password', 'POST', body, headers)
    for (let count = 0; count < 11; count++) expect((await change()).status).toBe(401)
    expect(await refusal(await change())).toBe('429 demasiadas-peticiones')
  })

  test('is forgotten after an hour of rest, and at once by the right password', async () => {
    const harness = await createHarness()
    const ana = await harness.cliente()
    await guessMany(harness, ana.email, 10)
    await harness.login(ana.email, clave, from('203.0.113.9'))
    const again = await guessMany(harness, ana.email, 11)
    expect(again.at(-1)?.status).toBe(401)
    harness.clock.advance(61 * 60_000)
    const rested = await guessMany(harness, ana.email, 11)
    expect(rested.at(-1)?.status).toBe(401)
  })
})

describe('a stranger who guesses', () => {
  test('does not lock the owner out who comes from elsewhere', async () => {
    const harness = await createHarness()
    const ana = await harness.cliente()
    await guessMany(harness, ana.email, 30)
    expect((await harness.login(ana.email, clave, from('198.51.100.7'))).access_token).toBeString()
  })

  test('from many networks brakes strangers for a minute at most, and a known network not at all', async () => {
    const harness = await createHarness()
    const ana = await harness.cliente(undefined, from('198.51.100.7'))
    for (let net = 0; net < 90; net++) {
      await guess(harness, ana.email, `203.0.113.${net}`)
      harness.clock.advance(61_000)
    }
    await guess(harness, ana.email, '203.0.113.200')
    const stranger = await guess(harness, ana.email, '203.0.113.201')
    expect(stranger.headers.get('retry-after')).toBe('60')
    expect((await harness.login(ana.email, clave, from('198.51.100.7'))).access_token).toBeString()
  })

  test('with one password for many accounts is braked by the address', async () => {
    const harness = await createHarness()
    for (let count = 0; count < 101; count++) {
      expect((await guess(harness, `nadie${count}@x.com`)).status).toBe(401)
    }
    expect((await guess(harness, 'otra@x.com')).status).toBe(429)
    expect((await guess(harness, 'otra@x.com', '198.51.100.7')).status).toBe(401)
  })

  test('does not lock out a neighbour who signed in from that network before', async () => {
    const harness = await createHarness()
    const ana = await harness.cliente(undefined, from('203.0.113.9'))
    for (let count = 0; count < 102; count++) await guess(harness, `nadie${count}@x.com`)
    expect((await guess(harness, 'otra@x.com')).status).toBe(429)
    expect((await harness.login(ana.email, clave, from('203.0.113.9'))).access_token).toBeString()
  })

  test('cannot wash an address clean with an account of their own', async () => {
    const harness = await createHarness()
    const own = await harness.cliente()
    for (let count = 0; count < 101; count++) {
      await guess(harness, `nadie${count}@x.com`)
      if (count % 5 === 0) await harness.login(own.email, clave, from('203.0.113.9'))
    }
    expect((await guess(harness, 'otra@x.com')).status).toBe(429)
  })
})

test('right passwords are never braked, however many', async () => {
  const harness = await createHarness()
  const ana = await harness.cliente(undefined, from('203.0.113.9'))
  const login = () => harness.login(ana.email, clave, from('203.0.113.9'))
  for (let count = 0; count < 24; count++) {
    const all = await Promise.all([login(), login(), login(), login(), login()])
    expect(all.map((tokens) => typeof tokens.access_token)).toEqual(Array(5).fill('string'))
  }
})

test('a guess that the machine had no time for does not count', async () => {
  const hashing = { cost: weakestCost, limits: { running: 1, waiting: 0 } }
  const harness = await createHarness({ hashing })
  const verify = spyOn(Bun.password, 'verify')
  cleanUp(() => verify.mockRestore())
  for (let round = 0; round < 20; round++) {
    const checked = Promise.withResolvers<boolean>()
    verify.mockReturnValue(checked.promise)
    const guesses = [1, 2].map(async () => (await guess(harness, `nadie${round % 2}@x.com`)).status)
    // The one that is checked waits until the other was turned away.
    expect(await Promise.race(guesses)).toBe(503)
    checked.resolve(false)
    expect((await Promise.all(guesses)).sort()).toEqual([401, 503])
  }
})

test('stores neither e-mail nor address', async () => {
  const harness = await createHarness()
  await guess(harness, 'nadie@x.com')
  const kept = JSON.stringify(await rows(harness.storage, 'SELECT * FROM frenos'))
  expect(kept).not.toMatch(/nadie|203/)
})

test('a wait is never longer than its policy, whatever the clock did', () => {
  const politica = politicas['cuenta-red']
  let freno: Freno | undefined
  for (let count = 0; count < 200; count++) freno = contar(freno, politica, 1_000_000)
  expect(esperaMs(freno, politica, 1_000_000)).toBe(politica.maximoMs)
  expect(esperaMs(freno, politica, -1_000_000_000)).toBe(politica.maximoMs)
})

test('one host is one caller, whichever address of its /64 it takes', () => {
  expect(networkOf('2001:db8:1:2::1')).toBe(networkOf('2001:db8:1:2:ffff::9'))
})
