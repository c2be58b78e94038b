import { describe, expect, test } from 'bun:test'
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { audience, formerIssuer, TokenVerifier } from '../src/identity/tokens.ts'
import {
  type ClavesDeAuth,
  guestLifeSeconds,
  longestLifeSeconds,
  subjectDigest,
} from '../src/identity/key-cache.ts'
import { createTestClock } from '../src/testing/service.ts'

const pair = (kid: string) =>
  generateKeyPair('EdDSA', { extractable: true }).then((keys) => ({ ...keys, kid }))
const [keyA, keyB] = await Promise.all([pair('a'), pair('b')])
type Key = typeof keyA
/** As JWTPayload, and `undefined` takes a claim away. */
type Claims = Record<string, unknown>

const jwksOf = async (...keys: Key[]): Promise<ClavesDeAuth> => ({
  keys: await Promise.all(
    keys.map(async ({ publicKey, kid }) => ({
      ...(await exportJWK(publicKey)),
      kid,
      alg: 'EdDSA',
    })),
  ),
})

interface FakeAuth {
  keys: ClavesDeAuth
  away: boolean
  asked: number
  hangs?: boolean
  /** Ends a question that hangs. */
  giveUp?: () => void
}

/** A verifier with a clock, and an auth whose answers and absences the test decides. */
async function setUp(options: { cacheSize?: number } = {}) {
  const clock = createTestClock()
  const auth: FakeAuth = { keys: await jwksOf(keyA), away: false, asked: 0 }
  const verifier = new TokenVerifier({
    fetchKeys() {
      auth.asked += 1
      if (auth.hangs) {
        return new Promise((_, reject) => {
          auth.giveUp = () => reject(new Error('deadline'))
        })
      }
      return auth.away ? Promise.reject(new Error('auth is away')) : Promise.resolve(auth.keys)
    },
    now: clock.ms,
    refetchMs: 5_000,
    ...options,
  })
  const seconds = () => Math.floor(clock.ms() / 1000)
  const claims = (extra: Claims = {}): JWTPayload => ({
    iss: formerIssuer,
    aud: audience,
    sub: 'ana',
    iat: seconds(),
    exp: seconds() + 600,
    jti: Bun.randomUUIDv7(),
    rol: 'cliente',
    ...extra,
  })
  const sign = (extra: Claims = {}, header: { typ?: string; kid?: string } = {}, key = keyA) =>
    new SignJWT(claims(extra))
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: key.kid, ...header })
      .sign(key.privateKey)
  return { auth, clock, verifier, sign, claims, seconds }
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Lets all work go on that waits for nothing but promises. */
const turn = () => new Promise(setImmediate)

describe('a token of auth', () => {
  test('says who a person is and in what role', async () => {
    const { verifier, sign } = await setUp()
    expect(await verifier.verify(await sign({ rol: 'operador' }))).toMatchObject({
      ok: true,
      identidad: { tipo: 'usuario', id: 'ana', rol: 'operador' },
    })
  })

  test('says which service asks and what it may do, unknown scopes left out', async () => {
    const { verifier, sign } = await setUp()
    const token = await sign({ rol: undefined, scope: 'inventario:reservar dios:todo' })
    expect(await verifier.verify(token)).toMatchObject({
      identidad: { tipo: 'servicio', scopes: ['inventario:reservar'] },
    })
  })

  test('of a guest says so, and is good for as long as they may take to buy', async () => {
    const { verifier, sign, clock, seconds } = await setUp()
    const token = await sign({ inv: true, exp: seconds() + guestLifeSeconds })
    const guest = { ok: true, identidad: { tipo: 'usuario', rol: 'cliente', invitado: true } }
    expect(await verifier.verify(token)).toMatchObject(guest)
    clock.advance(guestLifeSeconds * 1000 - 1)
    expect(await verifier.verify(token)).toMatchObject(guest)
    clock.advance(5_001)
    expect(await verifier.verify(token)).toEqual({ ok: false, reason: 'expired' })
  })

  test('with a role is a person, whatever scopes it claims', async () => {
    const { verifier, sign } = await setUp()
    const verdict = await verifier.verify(await sign({ scope: 'inventario:reservar' }))
    expect(verdict).toMatchObject({ identidad: { tipo: 'usuario', rol: 'cliente' } })
  })
})

/** Whether a token of an issuer is taken when auth says that it is called `issuer`. */
const setUpAt = async (issuer?: string) => {
  const made = await setUp()
  made.auth.keys = { ...(await jwksOf(keyA)), ...(issuer === undefined ? {} : { issuer }) }
  const verdict = async (iss: string) => (await made.verifier.verify(await made.sign({ iss }))).ok
  return verdict
}

describe('the issuer of a token', () => {
  const url = 'https://auth.shop.example'
  test('is what auth says of itself with its keys, and what it was called before', async () => {
    const verdict = await setUpAt(url)
    expect(await verdict(url)).toBe(true)
    expect(await verdict('encargo')).toBe(true)
    expect(await verdict('https://auth.shop.example.evil.example')).toBe(false)
  })

  test('can be no URL while an auth of before answers', async () => {
    const verdict = await setUpAt()
    expect(await verdict('encargo')).toBe(true)
    expect(await verdict(url)).toBe(false)
  })
})

describe('a token is refused', () => {
  const seconds = createTestClock().ms() / 1000
  const wrongClaims: [string, Claims][] = [
    ['of another issuer', { iss: 'evil' }],
    ['for another audience', { aud: 'otra' }],
    ['without a subject', { sub: undefined }],
    ['without an end', { exp: undefined }],
    ['without the time it was made', { iat: undefined }],
    ['without an id', { jti: undefined }],
    ['with neither role nor scope', { rol: undefined }],
    ['with a role that there is not', { rol: 'dios' }],
    ['with a list of roles', { rol: ['admin'] }],
    ['longer good than any of ours', { exp: seconds + longestLifeSeconds + 1, iat: seconds }],
    ['longer good than a guest may buy', { inv: true, exp: seconds + guestLifeSeconds + 1 }],
    [
      "of staff, as good as a guest's",
      { inv: true, rol: 'admin', exp: seconds + guestLifeSeconds },
    ],
    ['made in the future', { iat: seconds + 6, exp: seconds + 600 }],
    ['not valid yet', { nbf: seconds + 60 }],
  ]
  for (const [why, extra] of wrongClaims) {
    test(`when it is ${why}`, async () => {
      const { verifier, sign } = await setUp()
      expect(await verifier.verify(await sign(extra))).toEqual({ ok: false, reason: 'invalid' })
    })
  }

  for (const typ of ['JWT', 'rt+jwt', undefined]) {
    test(`when its type is ${typ}`, async () => {
      const { verifier, claims } = await setUp()
      const header = { alg: 'EdDSA', kid: 'a', ...(typ === undefined ? {} : { typ }) }
      const token = await new SignJWT(claims()).setProtectedHeader(header).sign(keyA.privateKey)
      expect(await verifier.verify(token)).toMatchObject({ ok: false })
    })
  }

  test('when it has run out, 5 seconds of skew granted', async () => {
    const { verifier, sign, seconds } = await setUp()
    const late = await verifier.verify(await sign({ exp: seconds() - 5 }))
    expect(late).toEqual({ ok: false, reason: 'expired' })
    expect(await verifier.verify(await sign({ exp: seconds() - 4 }))).toMatchObject({ ok: true })
  })

  test('when any part of it was changed', async () => {
    const { verifier, sign, claims } = await setUp()
    const [header, , signature] = (await sign()).split('.')
    const admin = encode(claims({ rol: 'admin' }))
    expect(await verifier.verify(`${header}.${admin}.${signature}`)).toMatchObject({ ok: false })
    const [h, p, s = ''] = (await sign()).split('.')
    const flipped = (s.startsWith('A') ? 'B' : 'A') + s.slice(1)
    expect(await verifier.verify(`${h}.${p}.${flipped}`)).toMatchObject({ ok: false })
  })

  test('when it is signed with another key under a known kid', async () => {
    const { verifier, sign } = await setUp()
    const token = await sign({}, { kid: 'a' }, keyB)
    expect(await verifier.verify(token)).toEqual({ ok: false, reason: 'invalid' })
  })

  test('when it says that it needs no signature', async () => {
    const { verifier, claims } = await setUp()
    for (const alg of ['none', 'None', 'NONE']) {
      const token = `${encode({ alg, typ: 'at+jwt', kid: 'a' })}.${encode(claims({ rol: 'admin' }))}.`
      expect(await verifier.verify(token)).toMatchObject({ ok: false })
    }
  })

  test('when it is signed HS256 with the public key for a secret', async () => {
    const { verifier, claims, auth } = await setUp()
    const secrets = [await exportSPKI(keyA.publicKey), auth.keys.keys[0]?.x ?? '']
    for (const secret of secrets) {
      const token = await new SignJWT(claims({ rol: 'admin' }))
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'a' })
        .sign(new TextEncoder().encode(secret))
      expect(await verifier.verify(token)).toMatchObject({ ok: false })
    }
  })

  test('when it brings its own key', async () => {
    const { verifier, claims } = await setUp()
    const token = await new SignJWT(claims({ rol: 'admin' }))
      .setProtectedHeader({
        alg: 'EdDSA',
        typ: 'at+jwt',
        kid: 'a',
        jwk: await exportJWK(keyB.publicKey),
      })
      .sign(keyB.privateKey)
    expect(await verifier.verify(token)).toMatchObject({ ok: false })
  })

  for (const rubbish of ['', 'x', 'a.b.c', '..', 'e30.e30.e30', `${'a'.repeat(3000)}`]) {
    test(`when it is no token at all: ${JSON.stringify(rubbish.slice(0, 12))}`, async () => {
      const { verifier, auth } = await setUp()
      expect(await verifier.verify(rubbish)).toEqual({ ok: false, reason: 'invalid' })
      expect(auth.asked).toBe(0)
    })
  }

  test('unread when it is longer than any of ours', async () => {
    const { verifier, sign, auth } = await setUp()
    const token = await sign({ padding: 'x'.repeat(3000) })
    expect(await verifier.verify(token)).toEqual({ ok: false, reason: 'invalid' })
    expect(auth.asked).toBe(0)
  })
})

describe('a token that was seen', () => {
  test('is not computed again: the very same verdict comes back', async () => {
    const { verifier, sign, auth } = await setUp()
    const token = await sign()
    const first = await verifier.verify(token)
    expect(await verifier.verify(token)).toBe(first)
    expect(auth.asked).toBe(1)
  })

  test('is taken without asking anybody while auth is away', async () => {
    const { verifier, sign, auth } = await setUp()
    const [seen, unseen] = [await sign(), await sign()]
    await verifier.verify(seen)
    auth.away = true
    expect(await verifier.verify(seen)).toMatchObject({ ok: true })
    expect(await verifier.verify(unseen)).toMatchObject({ ok: true })
    expect(auth.asked).toBe(1)
  })

  test('is checked anew past its end, and refused once the skew is over', async () => {
    const { verifier, sign, clock } = await setUp()
    const token = await sign()
    const first = await verifier.verify(token)
    clock.advance(599_999)
    expect(await verifier.verify(token)).toBe(first)
    clock.advance(1)
    for (const _again of [1, 2, 3]) {
      const verdict = await verifier.verify(token)
      expect(verdict).toMatchObject({ ok: true })
      expect(verdict).not.toBe(first)
    }
    clock.advance(5_000)
    for (const _again of [1, 2]) {
      expect(await verifier.verify(token)).toEqual({ ok: false, reason: 'expired' })
    }
  })

  test('is forgotten, the oldest first, when there are more than it remembers', async () => {
    const { verifier, sign } = await setUp({ cacheSize: 2 })
    const tokens = [await sign(), await sign(), await sign()]
    const [one = '', two = '', three = ''] = tokens
    const [first, second] = [await verifier.verify(one), await verifier.verify(two)]
    await verifier.verify(three)
    expect(await verifier.verify(two)).toBe(second)
    expect(await verifier.verify(one)).not.toBe(first)
  })
})

describe('a key that is gone', () => {
  const minute = 60_000

  test('takes a token that was seen with it along, also where no other token ever comes', async () => {
    const { verifier, sign, auth, clock, seconds } = await setUp()
    const stolen = await sign({ rol: 'admin', exp: seconds() + longestLifeSeconds })
    await verifier.verify(stolen)
    auth.keys = await jwksOf(keyB)
    clock.advance(minute)
    expect(verifier.known(stolen)).toBeUndefined()
    expect(await verifier.verify(stolen)).toEqual({ ok: false, reason: 'invalid' })
  })

  test('is gone within a minute under traffic as well, whose requests wait for nothing', async () => {
    const { verifier, sign, auth, clock, seconds } = await setUp()
    const stolen = await sign({ rol: 'admin', exp: seconds() + longestLifeSeconds })
    await verifier.verify(stolen)
    auth.keys = await jwksOf(keyB)
    for (let second = 0; second < 60; second++) {
      clock.advance(1_000)
      verifier.known(stolen)
      await turn()
    }
    expect(verifier.known(stolen)).toBeUndefined()
  })

  test('makes no forgery good in a service that sees nothing else', async () => {
    const { verifier, sign, auth, clock } = await setUp()
    await verifier.verify(await sign())
    auth.keys = await jwksOf(keyB)
    clock.advance(minute)
    const forged = await sign({ rol: 'admin' })
    expect(await verifier.verify(forged)).toEqual({ ok: false, reason: 'invalid' })
  })

  test('does not come back with a token whose check began before', async () => {
    const { verifier, sign, auth, clock } = await setUp()
    const [stolen, honest] = [await sign({ rol: 'admin' }), await sign({}, {}, keyB)]
    await verifier.verify(await sign())
    clock.advance(5_000)
    auth.keys = await jwksOf(keyB)
    await Promise.all([verifier.verify(stolen), verifier.verify(honest)])
    expect(verifier.known(stolen)).toBeUndefined()
  })

  test('is noticed although the clock was years ahead when it was asked for', async () => {
    const { verifier, sign, auth, clock } = await setUp()
    const tenYearsMs = 10 * 365 * 24 * 60 * minute
    clock.advance(tenYearsMs)
    const ahead = await sign()
    expect(await verifier.verify(ahead)).toMatchObject({ ok: true })
    clock.advance(-tenYearsMs)
    auth.keys = await jwksOf(keyB)
    expect(await verifier.verify(await sign())).toEqual({ ok: false, reason: 'invalid' })
    expect(await verifier.verify(ahead)).toMatchObject({ ok: false })
  })
})

/** A token of eva's as an operador that was seen, when auth says that she is `rol` by now. */
async function afterChange(rol: string | null) {
  const made = await setUp()
  const token = await made.sign({ sub: 'eva', rol: 'operador' })
  await made.verifier.verify(token)
  const rolesCambiados = [{ sujeto: subjectDigest('eva'), rol }]
  made.auth.keys = { ...(await jwksOf(keyA)), rolesCambiados }
  made.clock.advance(60_000)
  return { ...made, token }
}

describe('a token of an account that has changed', () => {
  test('is refused when it says another role, and one with the new role is taken', async () => {
    const { verifier, sign, token } = await afterChange('cliente')
    expect(await verifier.verify(token)).toEqual({ ok: false, reason: 'changed' })
    const renewed = await verifier.verify(await sign({ sub: 'eva', rol: 'cliente' }))
    expect(renewed).toMatchObject({ ok: true, identidad: { rol: 'cliente' } })
    expect(await verifier.verify(await sign({ rol: 'operador' }))).toMatchObject({ ok: true })
  })

  test('is refused when the account is closed', async () => {
    const { verifier, token } = await afterChange(null)
    expect(await verifier.verify(token)).toEqual({ ok: false, reason: 'changed' })
  })
})

describe('the keys of auth', () => {
  test('are fetched once for many tokens that arrive together', async () => {
    const { verifier, sign, auth } = await setUp()
    const tokens = await Promise.all(Array.from({ length: 20 }, () => sign()))
    const verdicts = await Promise.all(tokens.map((token) => verifier.verify(token)))
    expect(verdicts.every((verdict) => verdict.ok)).toBe(true)
    expect(auth.asked).toBe(1)
  })

  test('are fetched again for a kid that is not known, so that a new key works at once', async () => {
    const { verifier, sign, auth, clock } = await setUp()
    await verifier.verify(await sign())
    clock.advance(5_000)
    auth.keys = await jwksOf(keyA, keyB)
    expect(await verifier.verify(await sign({}, {}, keyB))).toMatchObject({ ok: true })
    expect(auth.asked).toBe(2)
  })

  test('are fetched for unknown kids at a bounded rate, however many there are', async () => {
    const { verifier, sign, auth, clock } = await setUp()
    await verifier.verify(await sign())
    for (let n = 0; n < 50; n++) {
      expect(await verifier.verify(await sign({}, { kid: `k${n}` }))).toMatchObject({ ok: false })
      clock.advance(100)
    }
    expect(auth.asked).toBeLessThanOrEqual(2)
  })

  test('that cannot be had are told apart from a bad token, and asked for again at once', async () => {
    const { verifier, sign, auth } = await setUp()
    auth.away = true
    const token = await sign()
    expect(await verifier.verify(token)).toEqual({ ok: false, reason: 'keys-unavailable' })
    auth.away = false
    expect(await verifier.verify(token)).toMatchObject({ ok: true })
  })

  test('that are known stay good while auth is away, for as long as a token may live', async () => {
    const { verifier, sign, auth, clock } = await setUp()
    await verifier.verify(await sign())
    auth.away = true
    clock.advance(longestLifeSeconds * 1000 - 1)
    expect(await verifier.verify(await sign())).toMatchObject({ ok: true })
    clock.advance(1)
    expect(await verifier.verify(await sign())).toMatchObject({ reason: 'keys-unavailable' })
    auth.away = false
    clock.advance(5_000)
    expect(await verifier.verify(await sign())).toMatchObject({ ok: true })
  })

  test('are asked for by time, beside the requests and not before each', async () => {
    const { verifier, sign, auth, clock } = await setUp()
    const token = await sign()
    await verifier.verify(token)
    for (let second = 1; second <= 60; second++) {
      clock.advance(1_000)
      expect(verifier.known(token)).toMatchObject({ id: 'ana' })
      await turn()
    }
    expect(auth.asked).toBe(1 + 60 / 15)
  })

  test('are waited for by nobody while each question to auth hangs until its deadline', async () => {
    const { verifier, sign, auth, clock } = await setUp()
    const token = await sign()
    await verifier.verify(token)
    auth.hangs = true
    for (let second = 1; second <= 600; second++) {
      clock.advance(1_000)
      if (second < 600) expect(verifier.known(token)).toMatchObject({ id: 'ana' })
      if (second % 5 > 0) continue
      auth.giveUp?.()
      await turn()
    }
    expect(auth.asked).toBeGreaterThan(20)
  })

  test('of rubbish count as not to be had', async () => {
    const verifier = new TokenVerifier({
      fetchKeys: () => Promise.resolve({ keys: [] }),
      now: () => 0,
    })
    const { sign } = await setUp()
    expect(await verifier.verify(await sign())).toMatchObject({ ok: false })
  })
})
