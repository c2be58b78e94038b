import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { testFolder } from '@encargo/service-kit/testing/folder'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { tokensOf } from './fixture.ts'
import { createRemoteJWKSet, jwtVerify } from 'jose'

const secret = 'un secreto con mas de 32 caracteres, y: signos+'
const cuenta = { email: 'jefa@tienda.example', password: 'siete-llaves-de-laton' }
const closing: (() => void | Promise<void>)[] = []
let issuer: URL

/** auth as a process of its own, known by the address where it listens. */
beforeAll(async () => {
  const held = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() })
  issuer = new URL(held.url.origin)
  await held.stop(true)
  const main = join(import.meta.dir, '..', 'src', 'main.ts')
  const child = Bun.spawn([process.execPath, '--no-orphans', main], {
    env: {
      DATA_DIR: testFolder('oauth', (work) => closing.push(work)),
      AUTH_PORT: issuer.port,
      LOG_LEVEL: 'error',
      ADMIN_EMAIL: cuenta.email,
      ADMIN_PASSWORD: cuenta.password,
      PEDIDOS_CLIENT_SECRET: secret,
      PAGOS_CLIENT_SECRET: `${secret}, otro`,
    },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'inherit',
  })
  closing.push(async () => {
    child.kill('SIGTERM')
    await child.exited
  })
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    if (text.includes('auth ready at')) return
  }
  throw new Error('auth ended before it was ready')
}, 30_000)
afterAll(async () => {
  for (const work of closing.toReversed()) await work()
})

async function refreshToken(): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(new URL('/login', issuer), {
    method: 'POST',
    headers,
    body: JSON.stringify(cuenta),
  })
  return (await tokensOf(answer)).refresh_token
}

const plainHttp = { [oauth.allowInsecureRequests]: true }

const discovered = async () => {
  const answer = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...plainHttp })
  return await oauth.processDiscoveryResponse(issuer, answer)
}

describe('oauth4webapi, told nothing but where auth is', () => {
  const ways = {
    ClientSecretBasic: oauth.ClientSecretBasic,
    ClientSecretPost: oauth.ClientSecretPost,
  }
  for (const [name, way] of Object.entries(ways)) {
    test(`signs a program in by ${name}, and its token is what its keys say`, async () => {
      const server = await discovered()
      const client = { client_id: 'pedidos' }
      const parameters = { audience: 'encargo', scope: 'usuarios:leer' }
      const answer = await oauth.clientCredentialsGrantRequest(
        server,
        client,
        way(secret),
        parameters,
        plainHttp,
      )
      const told = await oauth.processClientCredentialsResponse(server, client, answer)
      expect(told).toMatchObject({ token_type: 'bearer', scope: 'usuarios:leer', expires_in: 600 })
      const keys = createRemoteJWKSet(new URL(server.jwks_uri ?? ''))
      const expected = { issuer: issuer.origin, audience: 'encargo', typ: 'at+jwt' }
      const { payload } = await jwtVerify(told.access_token, keys, expected)
      expect(payload).toMatchObject({ sub: 'pedidos', client_id: 'pedidos' })
    })
  }

  test('understands why a program is refused', async () => {
    const server = await discovered()
    const refused = async (
      id: string,
      parameters: Record<string, string>,
      way = oauth.ClientSecretPost,
    ) => {
      const client = { client_id: id }
      const answer = await oauth.clientCredentialsGrantRequest(
        server,
        client,
        way(secret),
        parameters,
        plainHttp,
      )
      return await oauth
        .processClientCredentialsResponse(server, client, answer)
        .catch((error) => error)
    }
    const scope = await refused('pedidos', { scope: 'todo' })
    expect(scope).toBeInstanceOf(oauth.ResponseBodyError)
    expect(scope).toMatchObject({ error: 'invalid_scope', status: 400 })
    const unknown = await refused('nadie', {}, oauth.ClientSecretBasic)
    expect(unknown).toBeInstanceOf(oauth.WWWAuthenticateChallengeError)
    expect(unknown.cause).toMatchObject([{ scheme: 'basic' }])
    // HTTP wants a challenge with each 401 (RFC 9110, 15.5.2).
    expect(await refused('nadie', {})).toMatchObject({ status: 401 })
  })
})

const configuration = () =>
  openid.discovery(issuer, 'app', undefined, openid.None(), {
    algorithm: 'oauth2',
    execute: [openid.allowInsecureRequests],
  })

describe('openid-client, told nothing but where auth is', () => {
  test('renews a session, and understands when it is over', async () => {
    const config = await configuration()
    const first = await openid.refreshTokenGrant(config, await refreshToken(), { scope: 'x' })
    const next = await openid.refreshTokenGrant(config, first.refresh_token ?? '')
    expect(next.access_token).toBeString()
    const refused = openid.refreshTokenGrant(config, 'un-token-de-nadie')
    await expect(refused).rejects.toMatchObject({
      error: 'invalid_grant',
      error_description: expect.stringContaining('Vuelve a iniciar sesion'),
      status: 400,
    })
    const unsupported = openid.genericGrantRequest(config, 'password', {
      username: 'a',
      password: 'b',
    })
    await expect(unsupported).rejects.toMatchObject({
      error: 'unsupported_grant_type',
      status: 400,
    })
  })
})
