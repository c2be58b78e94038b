import { afterAll, beforeAll, describe, expect, spyOn, test } from 'bun:test'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { SignJWT } from 'jose'
import { admin } from '../system/harness.ts'
import { bearer, codigoOf, type Services, sign, startMs, startServices } from './fixture.ts'
import { captureOutput } from './log-capture.ts'

const output = captureOutput()
let services: Services
let refreshToken: string
let otherInstallation: Services
const stranger = generateKeyPairSync('ed25519').privateKey

beforeAll(async () => {
  services = await startServices({ LOG_LEVEL: 'debug' })
  otherInstallation = await startServices({}, ['auth'])
  const { email, password } = admin
  const Tokens = Type.Object({ refresh_token: Type.String() })
  const answer = await services.post('auth', '/login', { email, password })
  refreshToken = Value.Parse(Tokens, await answer.json()).refresh_token
}, startMs)
afterAll(async () => {
  output.restore()
  await services.stop()
  await otherInstallation.stop()
}, startMs)

const guarded: Readonly<Record<ServiceName, string>> = {
  auth: '/usuarios',
  productos: `/productos/${Bun.randomUUIDv7()}/precios`,
  inventario: '/inventario',
  pedidos: '/pedidos',
  pagos: '/metodos-pago/todos',
}
const jefa = { rol: 'admin' }
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The public key as the bytes of a shared secret, the way a confused verifier would read it. */
function signedWithThePublicKey({ x, kid }: Services, secret: Uint8Array): Promise<string> {
  expect(x.length).toBeGreaterThan(0)
  return new SignJWT({ ...jefa, iss: 'encargo', aud: 'encargo', sub: 's', jti: 'j' })
    .setIssuedAt()
    .setExpirationTime('10m')
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid })
    .sign(secret)
}

function unsigned(kid: string, alg: string): string {
  const claims = { ...jefa, iss: 'encargo', aud: 'encargo', sub: 's', jti: 'j' }
  const payload = { ...claims, iat: inSeconds(0), exp: inSeconds(600) }
  return `${encoded({ alg, typ: 'at+jwt', kid })}.${encoded(payload)}.`
}

const withKey = (privateKey: KeyObject, kid: string) => ({ privateKey, kid })
const corrupted = (token: string, part: number) =>
  token
    .split('.')
    .map((text, at) =>
      at === part ? text.replace(/.(?=.{5}$)/, (c) => (c === 'A' ? 'B' : 'A')) : text,
    )
    .join('.')

type Attacks = Readonly<Record<string, () => Promise<string> | string>>

/** What an attacker can have that no signature needs to be checked of. */
const toldApart: Attacks = {
  'without a signature (alg none)': () => unsigned(services.kid, 'none'),
  'without a signature (alg NoNe)': () => unsigned(services.kid, 'NoNe'),
  'HS256 with the bytes of the public key': () =>
    signedWithThePublicKey(services, Buffer.from(services.x, 'base64url')),
  'HS256 with the text of the public key': () =>
    signedWithThePublicKey(services, Buffer.from(services.x)),
  'another key under another kid': () => sign(withKey(stranger, 'otra'), jefa),
  'the right key under another kid': () => sign(services, jefa, { kid: 'otra' }),
  'a kid that is a path': () => sign(services, jefa, { kid: '../../../../dev/null' }),
  'a kid that is SQL': () => sign(services, jefa, { kid: "' OR 1=1 --" }),
  'a kid that names a property of objects': () => sign(services, jefa, { kid: '__proto__' }),
  'no kid': () => sign(services, jefa, { kid: undefined }),
  'another installation': () => sign(otherInstallation, jefa),
  'with a header changed after signing': async () => corrupted(await sign(services, jefa), 0),
  'truncated to its header': async () => (await sign(services, jefa)).split('.')[0] ?? '',
  'with a part too many': async () => `${await sign(services, jefa)}.e30`,
  huge: () => sign(services, { ...jefa, relleno: 'a'.repeat(8_000) }),
  'a refresh token for an access token': () => refreshToken,
  'five dots (JWE)': () => 'a.b.c.d.e',
}

/** What only the check of its signature, or what it says behind a good one, gives away. */
const forged: Attacks = {
  'without a signature (alg EdDSA)': () => unsigned(services.kid, 'EdDSA'),
  "another key under auth's kid": () => sign(withKey(stranger, services.kid), jefa),
  'a key of its own in the header': () =>
    new SignJWT({ ...jefa, iss: 'encargo', aud: 'encargo', sub: 's', jti: 'j' })
      .setIssuedAt()
      .setExpirationTime('10m')
      .setProtectedHeader({
        alg: 'EdDSA',
        typ: 'at+jwt',
        kid: services.kid,
        jwk: stranger.export({ format: 'jwk' }),
        jku: 'http://127.0.0.1:1/keys',
      })
      .sign(stranger),
  expired: () => sign(services, { ...jefa, exp: inSeconds(-60) }),
  'not yet valid': () => sign(services, { ...jefa, nbf: inSeconds(60) }),
  'without an end': () => sign(services, { ...jefa, exp: undefined }),
  'of another issuer': () => sign(services, { ...jefa, iss: 'otro' }),
  'for another audience': () => sign(services, { ...jefa, aud: 'otra' }),
  'of another type (JWT)': () => sign(services, jefa, { typ: 'JWT' }),
  'without a type': () => sign(services, jefa, { typ: undefined }),
  'without a subject': () => sign(services, { ...jefa, sub: undefined }),
  'with neither role nor scope': () => sign(services, {}),
  'with a role that is none': () => sign(services, { rol: 'root' }),
  'with claims changed after signing': async () => corrupted(await sign(services, jefa), 1),
  'with a signature changed': async () => corrupted(await sign(services, jefa), 2),
  truncated: async () => (await sign(services, jefa)).slice(0, -20),
}
const attacks: Attacks = { ...toldApart, ...forged }

const knock = (service: ServiceName, token: string) =>
  services.send(service, guarded[service], { headers: bearer(token) })

/** How often auth was asked for its keys. */
async function asked(): Promise<number> {
  const metrics = await (await services.send('auth', '/metrics')).text()
  const line = /http_requests_total\{[^}]*route="\/.well-known\/jwks.json"[^}]*\} (\d+)/
  return Number(line.exec(metrics)?.[1] ?? 0)
}

describe('a token that is no good', () => {
  for (const [name, make] of Object.entries(attacks)) {
    test(`is refused by every service, and told so as RFC 6750 says: ${name}`, async () => {
      const token = await make()
      for (const service of serviceNames) {
        const answer = await knock(service, token)
        const told = answer.headers.get('www-authenticate')
        expect([service, answer.status, told]).toEqual([
          service,
          401,
          'Bearer error="invalid_token"',
        ])
        expect(await codigoOf(answer)).toBe('no-autenticado')
      }
    })
  }

  test('is not what the same token is when it is good', async () => {
    const token = await sign(services, jefa)
    for (const service of serviceNames) {
      const { status } = await knock(service, token)
      expect([service, status]).toEqual([service, service === 'productos' ? 404 : 200])
    }
  })

  test('costs at most one check of a signature, and none when it can be told without', async () => {
    const verify = spyOn(crypto.subtle, 'verify')
    const costs: [string, number][] = []
    try {
      for (const [name, make] of Object.entries(attacks)) {
        const token = await make()
        for (const service of serviceNames) {
          verify.mockClear()
          await (await knock(service, token)).text()
          costs.push([name, verify.mock.calls.length])
        }
      }
    } finally {
      verify.mockRestore()
    }
    expect(costs.filter(([name, checks]) => checks > (name in toldApart ? 0 : 1))).toEqual([])
    expect(costs.some(([, checks]) => checks === 1)).toBe(true)
  })

  test('of unknown keys makes nobody ask auth for its keys again and again', async () => {
    const before = await asked()
    for (let i = 0; i < 50; i += 1) {
      const token = await sign(services, jefa, { kid: `otra-${i}` })
      for (const service of serviceNames) await (await knock(service, token)).text()
    }
    // One each at most, in the seconds that a refetch waits for.
    expect((await asked()) - before).toBeLessThanOrEqual(serviceNames.length)
  })
})

test('no token appears in what the services write, whole or in part', async () => {
  const before = output.lines.length
  const tokens: string[] = []
  for (const make of [() => sign(services, jefa), ...Object.values(attacks)]) {
    const token = await make()
    tokens.push(token)
    for (const service of serviceNames) await (await knock(service, token)).text()
  }
  const written = output.lines.slice(before).join('')
  // It is the log of these very requests that was searched.
  for (const path of Object.values(guarded)) expect(written).toContain(`"path":"${path}"`)
  expect(written).toContain('"message":"token refused"')
  for (const token of tokens) {
    const parts = token.split('.').filter((part) => part.length > 12)
    for (const part of parts) expect(written).not.toContain(part.slice(0, 40))
  }
  const everything = output.lines.join('')
  expect(everything).not.toContain('eyJ')
  expect(everything).not.toContain(refreshToken)
  expect(everything).not.toContain(admin.password)
})
