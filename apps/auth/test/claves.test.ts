import { generateKeyPairSync } from 'node:crypto'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'bun:test'
import { machineClock } from '@encargo/service-kit/async/clock'
import { longestLifeSeconds, subjectDigest } from '@encargo/service-kit/identity/key-cache'
import { TokenVerifier } from '@encargo/service-kit/identity/tokens'
import { createTestClock, createTestTokens } from '@encargo/service-kit/testing/service'
import { type Static, Type } from '@sinclair/typebox'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { addKey, keyFolder, openKeyFolder } from '../src/security/key-folder.ts'
import { publishedAheadMs, retiredAfterMs } from '../src/security/key-life.ts'
import { createAccessTokens } from '../src/security/access-tokens.ts'
import { newPrivateKeyPem, readSigningKey } from '../src/security/signing-key.ts'
import { bearer, bodyOf, createHarness, issuer, refusal, temporaryFolder } from './fixture.ts'

const Cambiados = Type.Object({
  rolesCambiados: Type.Array(
    Type.Object({ sujeto: Type.String(), rol: Type.Union([Type.String(), Type.Null()]) }),
  ),
})
const sortedBySubject = ({ rolesCambiados }: Static<typeof Cambiados>) =>
  rolesCambiados.toSorted((a, b) => a.sujeto.localeCompare(b.sujeto))

describe('GET /.well-known/jwks.json', () => {
  test('tells the public part of the key and nothing of the private one', async () => {
    const { send, ring } = await createHarness()
    const answer = await send('/.well-known/jwks.json')
    const { kid } = await ring.signing()
    const key = { kid, kty: 'OKP', crv: 'Ed25519', x: expect.any(String), alg: 'EdDSA', use: 'sig' }
    expect(await answer.json()).toEqual({ issuer, keys: [key], rolesCambiados: [] })
    expect(answer.headers.get('cache-control')).toBe('public, max-age=10')
  })

  test('tells what has changed of an account for as long as a token from before could live', async () => {
    const { send, admin, cliente, clock } = await createHarness()
    const jefa = await admin()
    const [ana, eva, luz] = [await cliente(), await cliente(), await cliente()]
    await send(`/usuarios/${ana.id}`, 'PATCH', { rol: 'operador' }, jefa.headers)
    await send(`/usuarios/${eva.id}`, 'PATCH', { activo: false }, jefa.headers)
    await send(`/usuarios/${luz.id}`, 'DELETE', undefined, jefa.headers)
    const changed = async () =>
      await bodyOf(await send('/.well-known/jwks.json'), Cambiados).then(sortedBySubject)
    const told = [
      { sujeto: subjectDigest(ana.id), rol: 'operador' },
      { sujeto: subjectDigest(eva.id), rol: null },
      { sujeto: subjectDigest(luz.id), rol: null },
    ]
    expect(await changed()).toEqual(sortedBySubject({ rolesCambiados: told }))
    clock.advance(longestLifeSeconds * 1000 + 1)
    expect(await changed()).toEqual([])
  })
})

describe('the key folder', () => {
  test('is made on first use for its owner alone, and stays the same afterwards', async () => {
    const dataDir = temporaryFolder()
    const first = await openKeyFolder({ dataDir, clock: machineClock })
    const again = await openKeyFolder({ dataDir, clock: machineClock })
    expect(await again.publicKeys()).toEqual(await first.publicKeys())
    const folder = keyFolder(dataDir)
    const modes = [folder, ...readdirSync(folder).map((name) => join(folder, name))]
    expect(modes.map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600])
  })

  test('has one key when two processes start at once', async () => {
    const dataDir = temporaryFolder()
    const open = () => openKeyFolder({ dataDir, clock: machineClock })
    const rings = await Promise.all([open(), open(), open()])
    const kids = await Promise.all(rings.map(async (ring) => (await ring.signing()).kid))
    expect(new Set(kids).size).toBe(1)
  })

  test('takes a new key without a restart: public first, then signing, the old one public until its tokens are gone', async () => {
    const dataDir = temporaryFolder()
    const clock = createTestClock()
    const ring = await openKeyFolder({ dataDir, clock })
    const old = (await ring.signing()).kid
    const verifier = new TokenVerifier({
      fetchKeys: async () => ({ issuer, keys: await ring.publicKeys() }),
      now: clock.ms,
    })
    const sign = createAccessTokens({
      ring,
      issuer,
      clock,
      uuid: () => Bun.randomUUIDv7(),
    })
    const token = () => sign({ tipo: 'servicio', id: 'pedidos', scopes: ['usuarios:leer'] })
    expect((await verifier.verify(await token())).ok).toBe(true)

    clock.advance(60_000)
    await addKey(keyFolder(dataDir), 'segunda', clock.ms() + publishedAheadMs)
    clock.advance(1_000)
    const kids = async () => (await ring.publicKeys()).map(({ kid }) => kid)
    expect(await kids()).toHaveLength(2)
    expect((await ring.signing()).kid).toBe(old)
    clock.advance(publishedAheadMs - 2_000)
    const lastOfOld = await token()
    clock.advance(1_000)
    expect((await ring.signing()).kid).not.toBe(old)
    expect((await verifier.verify(await token())).ok).toBe(true)
    clock.advance(599_000)
    expect((await verifier.verify(lastOfOld)).ok).toBe(true)
    clock.advance(retiredAfterMs - 599_000)
    expect(await kids()).toEqual([(await ring.signing()).kid])
  })

  test('keeps its keys in use when the folder goes away, and says so', async () => {
    const dataDir = temporaryFolder()
    const clock = createTestClock()
    const told: unknown[] = []
    const ring = await openKeyFolder({
      dataDir,
      clock,
      onError: (error) => told.push(error),
    })
    rmSync(keyFolder(dataDir), { recursive: true })
    clock.advance(5_000)
    expect((await ring.publicKeys()).length).toBe(1)
    expect((await ring.signing()).kid).toBeString()
    expect(told).toHaveLength(1)
  })

  test('refuses a damaged file with a sentence that names it and quotes nothing', async () => {
    const dataDir = temporaryFolder()
    await openKeyFolder({ dataDir, clock: machineClock })
    const file = join(keyFolder(dataDir), 'primera.json')
    await Bun.write(file, '{"firmaDesde":"2026-01-01T00:00:00.000Z","pkcs8":"SECRETO"}')
    const failure = await openKeyFolder({ dataDir, clock: machineClock }).catch(
      (error: unknown) => error,
    )
    expect(String(failure)).toContain(file)
    expect(Bun.inspect(failure)).not.toContain('SECRETO')
  })
})

describe('readSigningKey', () => {
  test('takes PEM, also on one line, and gives the same kid', async () => {
    const pem = newPrivateKeyPem()
    const base64 = pem.replace(/-----[A-Z ]+-----|\n/g, '')
    const kids = [pem, pem.replaceAll('\n', '\\n'), base64].map(
      async (text) => (await readSigningKey(text)).kid,
    )
    expect(new Set(await Promise.all(kids)).size).toBe(1)
  })

  test('gives a private key that cannot be taken out again', async () => {
    const { privateKey } = await readSigningKey(newPrivateKeyPem())
    expect(privateKey.extractable).toBe(false)
  })

  test('refuses a key of another kind', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(readSigningKey(pem)).rejects.toThrow('Ed25519')
    expect(readSigningKey('x'.repeat(64))).rejects.toThrow('Ed25519')
  })
})

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('forged tokens', () => {
  const claims = { iss: 'encargo', aud: 'encargo', rol: 'admin', jti: '1' }

  test.each([
    'alg none',
    'HS256 with the public key',
    'another key',
    'the kid of ours with another key',
  ])('are refused: %s', async (kind) => {
    const { send, ring, clock } = await createHarness()
    const { kid, jwk } = await ring.signing()
    const sub = Bun.randomUUIDv7()
    const jwt = new SignJWT({
      ...claims,
      sub,
      iat: clock.ms() / 1000,
      exp: clock.ms() / 1000 + 600,
    })
    const header = { typ: 'at+jwt', kid }
    const { privateKey, publicKey } = await generateKeyPair('EdDSA')
    const tokens: Record<string, () => Promise<string>> = {
      'alg none': async () => {
        return `${part({ ...header, alg: 'none' })}.${part({ ...claims, sub })}.`
      },
      'HS256 with the public key': () =>
        jwt.setProtectedHeader({ ...header, alg: 'HS256' }).sign(Buffer.from(jwk.x, 'base64url')),
      'another key': async () => {
        const other = String((await exportJWK(publicKey)).x)
        return jwt.setProtectedHeader({ ...header, alg: 'EdDSA', kid: other }).sign(privateKey)
      },
      'the kid of ours with another key': () =>
        jwt.setProtectedHeader({ ...header, alg: 'EdDSA' }).sign(privateKey),
    }
    const token = (await tokens[kind]?.()) ?? ''
    const answer = await send('/usuarios', 'GET', undefined, bearer(token))
    expect(await refusal(answer)).toBe('401 no-autenticado')
  })

  test('one of another installation is refused', async () => {
    const { send, clock } = await createHarness()
    const other = createTestTokens(clock.ms)
    const answer = await send('/usuarios', 'GET', undefined, other.as({ rol: 'admin' }))
    expect(await refusal(answer)).toBe('401 no-autenticado')
  })
})
