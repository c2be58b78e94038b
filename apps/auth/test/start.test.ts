import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { chmodSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'bun:test'
import { type Environment, parseConfig } from '@encargo/service-kit/run/config'
import type { Running } from '@encargo/service-kit/http/serve'
import { AuthConfig, mailOf } from '../src/config.ts'
import { start } from '../src/main.ts'
import { newPrivateKeyPem } from '../src/security/signing-key.ts'
import { startSmtp } from '@encargo/service-kit/testing/smtp'
import { temporaryFolder } from './fixture.ts'

const adminEnv = { ADMIN_EMAIL: 'jefa@tienda.example', ADMIN_PASSWORD: 'siete-llaves-de-laton' }

async function started(env: Environment): Promise<Running> {
  const running = await start({ AUTH_PORT: '0', LOG_LEVEL: 'error', ...env })
  cleanUp(() => running.stop())
  return running
}

const failure = (env: Environment) =>
  start({ AUTH_PORT: '0', LOG_LEVEL: 'error', ...env }).then(
    () => 'it started',
    (error: unknown) => String(error),
  )

const post = (running: Running, path: string, body: object) =>
  fetch(`${running.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

/** How auth says that it is known (RFC 8414). */
async function metadataOf(env: Environment): Promise<unknown> {
  const running = await started({ DATA_DIR: temporaryFolder(), ...env })
  const answer = await fetch(`${running.url}/.well-known/oauth-authorization-server`)
  return await answer.json()
}

describe('start', () => {
  test('creates the first admin and the service accounts, once', async () => {
    const DATA_DIR = temporaryFolder()
    const first = await started({ DATA_DIR, ...adminEnv })
    await first.stop()
    const second = await started({ DATA_DIR, ...adminEnv, ADMIN_EMAIL: 'otra@tienda.example' })
    const credentials = { email: adminEnv.ADMIN_EMAIL, password: adminEnv.ADMIN_PASSWORD }
    expect((await post(second, '/login', credentials)).status).toBe(200)
    const other = { ...credentials, email: 'otra@tienda.example' }
    expect((await post(second, '/login', other)).status).toBe(401)
    const { pedidos } = JSON.parse(readFileSync(join(DATA_DIR, 'credenciales.json'), 'utf8'))
    const grant = { grant_type: 'client_credentials', client_id: 'pedidos', client_secret: pedidos }
    expect((await post(second, '/token', grant)).status).toBe(200)
  })

  test('is known by the issuer that it is given, else by its address', async () => {
    const issuer = 'https://auth.shop.example'
    expect(await metadataOf({ AUTH_ISSUER: issuer })).toMatchObject({
      issuer,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
    })
    const AUTH_URL = 'http://auth:8000'
    expect(await metadataOf({ AUTH_URL })).toMatchObject({ issuer: AUTH_URL })
    expect(await failure({ AUTH_ISSUER: 'https://shop.example/auth' })).toContain(
      'AUTH_ISSUER must be an origin such as https://auth.shop.example, without a path',
    )
  })

  test('takes key and service secrets from the environment and then writes none', async () => {
    const DATA_DIR = temporaryFolder()
    const secret = 'a secret with more than 32 characters'
    const running = await started({
      DATA_DIR,
      AUTH_SIGNING_KEY: newPrivateKeyPem(),
      PEDIDOS_CLIENT_SECRET: secret,
      PAGOS_CLIENT_SECRET: `${secret} too`,
    })
    const grant = { grant_type: 'client_credentials', client_id: 'pedidos', client_secret: secret }
    expect((await post(running, '/token', grant)).status).toBe(200)
    const files = readdirSync(DATA_DIR).filter((name) => !name.startsWith('auth.db'))
    expect(files).toEqual([])
  })

  test.each([
    ['half an admin', { ADMIN_EMAIL: 'a@b.example' }, 'ADMIN_PASSWORD must be set as well'],
    ['the other half', { ADMIN_PASSWORD: 'siete-llaves' }, 'ADMIN_EMAIL must be set as well'],
    [
      'an e-mail that is none',
      { ...adminEnv, ADMIN_EMAIL: 'jefa' },
      'ADMIN_EMAIL must be the e-mail',
    ],
    [
      'a short password',
      { ...adminEnv, ADMIN_PASSWORD: 'corta' },
      'ADMIN_PASSWORD must be the password',
    ],
    ['a key that is none', { AUTH_SIGNING_KEY: 'SECRETO' }, 'AUTH_SIGNING_KEY must be an Ed25519'],
    [
      'a guessable secret',
      { PAGOS_CLIENT_SECRET: 'SECRETO' },
      'PAGOS_CLIENT_SECRET must be a secret',
    ],
    [
      'a mail server without a sender and a page',
      { SMTP_URL: 'smtp://tienda:SECRETO@127.0.0.1:1' },
      'MAIL_FROM and PASSWORD_RESET_URL must be set as well when SMTP_URL is',
    ],
    [
      'a mail server without a page',
      { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'a@b.example' },
      'PASSWORD_RESET_URL must be set as well when SMTP_URL is',
    ],
    ['a port that is none', { AUTH_PORT: 'ocho' }, 'AUTH_PORT must be a port number'],
  ])('refuses %s in one sentence that tells no secret', async (_, env, sentence) => {
    const told = await failure({ DATA_DIR: temporaryFolder(), ...env })
    expect(told).toStartWith(`ConfigError: ${sentence}`)
    expect(told).not.toMatch(/SECRETO|corta|\n/)
  })

  test('says that a port is taken, and leaves the database closed', async () => {
    const DATA_DIR = temporaryFolder()
    const running = await started({ DATA_DIR })
    const AUTH_PORT = new URL(running.url).port
    expect(await failure({ DATA_DIR, AUTH_PORT })).toMatch(/^StartError: auth: .* already in use/)
  })

  test('says that a folder cannot be written', async () => {
    const DATA_DIR = join(temporaryFolder(), 'file')
    await Bun.write(DATA_DIR, 'not a folder')
    chmodSync(DATA_DIR, 0o400)
    expect(await failure({ DATA_DIR })).toMatch(
      /^StartError: DATA_DIR: the folder .* cannot be written/,
    )
  })

  test('refuses to make an admin of whoever registered that e-mail before', async () => {
    const DATA_DIR = temporaryFolder()
    const running = await started({ DATA_DIR })
    const { ADMIN_EMAIL: email } = adminEnv
    await post(running, '/register', { email, password: 'clave-de-otra-persona', nombre: 'X' })
    await running.stop()
    expect(await failure({ DATA_DIR, ...adminEnv })).toStartWith('ConfigError: ADMIN_EMAIL')
  })
})

const pages = (env: Environment) => mailOf(parseConfig(AuthConfig, env)).paginas
const at = (origin: string) => ({
  restablecer: `${origin}/restablecer`,
  confirmar: `${origin}/confirmar`,
  invitar: `${origin}/restablecer`,
})

describe('the pages that mails link to', () => {
  test('are where tienda is on this machine when nobody says', () => {
    expect(pages({})).toEqual(at('http://127.0.0.1:3000'))
    expect(pages({ TIENDA_PORT: '4304' })).toEqual(at('http://127.0.0.1:4304'))
    expect(pages({ HOST: '192.168.1.5' })).toEqual(at('http://192.168.1.5:3000'))
    expect(pages({ HOST: '0.0.0.0' })).toEqual(at('http://127.0.0.1:3000'))
    expect(pages({ HOST: '::1' })).toEqual(at('http://[::1]:3000'))
  })

  test('are neighbours unless it is said otherwise', () => {
    const PASSWORD_RESET_URL = 'https://tienda.example/cuenta/clave'
    const confirmar = 'https://tienda.example/cuenta/confirmar'
    expect(pages({ PASSWORD_RESET_URL })).toEqual({
      restablecer: PASSWORD_RESET_URL,
      confirmar,
      invitar: PASSWORD_RESET_URL,
    })
    const EMAIL_CONFIRM_URL = 'https://otra.example/c'
    expect(pages({ PASSWORD_RESET_URL, EMAIL_CONFIRM_URL }).confirmar).toBe(EMAIL_CONFIRM_URL)
  })
})

test('a mail that a registration owes is sent at once', async () => {
  const { received, url } = await startSmtp()
  const mail = { MAIL_FROM: 't@tienda.example', PASSWORD_RESET_URL: 'https://tienda.example/r' }
  const DATA_DIR = temporaryFolder()
  const person = { email: 'luis@correo.example', password: 'clave-de-otra-persona', nombre: 'X' }
  const running = await started({ DATA_DIR, SMTP_URL: url(), ...mail })
  await post(running, '/register', person)
  const ready = async (): Promise<unknown> => (await fetch(`${running.url}/readyz`)).json()
  while (received.length === 0) await ready()
  expect(await ready()).toMatchObject({ estado: 'listo', pendiente: { correosAbandonados: 0 } })
  expect(received.map(({ from, to }) => [from, to])).toEqual([['t@tienda.example', [person.email]]])
})

test('has no built-in secret of any kind', () => {
  const config = parseConfig(AuthConfig, {})
  const secrets = Object.keys(AuthConfig.properties).filter((name) => /ADMIN|SECRET|KEY/.test(name))
  expect(secrets).toHaveLength(6)
  for (const name of secrets) expect(config).not.toHaveProperty(name)
})
