import { afterEach, describe, expect, test } from 'bun:test'
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAuthStorage } from '../../apps/auth/src/store/sqlite/open.ts'
import { createAuthStore } from '../../apps/auth/src/store/store.ts'
import { preflight } from './preflight.ts'
import { processNames } from '@encargo/service-kit/run/together'

const folders: string[] = []
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'encargo-preflight-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const ports = Object.fromEntries(processNames.map((name) => [`${name.toUpperCase()}_PORT`, '0']))

/** What starting everything in `folder` would be refused with, if so. */
const refusal = (folder: string, env: Record<string, string>) =>
  preflight(processNames, { ...ports, DATA_DIR: folder, ...env }).then(
    () => 'none',
    (error: unknown) => String(error),
  )

describe('before anything is started', () => {
  test('a first admin’s password that is easily guessed is refused in one sentence, which does not tell it', async () => {
    const folder = newFolder()
    for (const ADMIN_PASSWORD of ['password123', 'jefa.montes']) {
      const ADMIN_EMAIL = 'jefa.montes@tienda.example'
      const told = await refusal(folder, { ADMIN_EMAIL, ADMIN_PASSWORD })
      expect(told).toStartWith('ConfigError: ADMIN_PASSWORD must be a password')
      expect(told).not.toMatch(/\n|password123|montes/)
    }
    expect(readdirSync(folder)).toEqual([])
  })

  test('a good one is not, nor one that was needed once', async () => {
    const folder = newFolder()
    const ADMIN_EMAIL = 'jefa@tienda.example'
    const good = { ADMIN_EMAIL, ADMIN_PASSWORD: 'siete-llaves-de-laton' }
    expect(await refusal(folder, good)).toBe('none')
    const storage = openAuthStorage(join(folder, 'auth.db'))
    const store = createAuthStore(storage)
    const persona = { id: Bun.randomUUIDv7(), nombre: 'Jefa', cedula: null, telefono: null }
    const rest = { emailConfirmadoEn: 1, rol: 'admin', passwordHash: 'none' } as const
    await store.usuarios.crear({ nuevo: { ...persona, ...rest, email: ADMIN_EMAIL }, now: 1 })
    await storage.close()
    expect(await refusal(folder, { ADMIN_EMAIL, ADMIN_PASSWORD: 'password123' })).toBe('none')
  })

  test('a signing key that is none is refused in one sentence, which does not tell it', async () => {
    const folder = newFolder()
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    const another = rsa.export({ type: 'pkcs8', format: 'der' }).toString('base64')
    for (const AUTH_SIGNING_KEY of ['SECRETO', another]) {
      const told = await refusal(folder, { AUTH_SIGNING_KEY })
      expect(told).toStartWith('ConfigError: AUTH_SIGNING_KEY must be an Ed25519 private key')
      expect(told).not.toContain(AUTH_SIGNING_KEY)
    }
    expect(readdirSync(folder)).toEqual([])
  })

  test('an address that is none, or of another machine, is refused with its name', async () => {
    for (const HOST of ['300.1.1.1', '[::1]', 'http://127.0.0.1', 'a b']) {
      expect(await refusal(newFolder(), { HOST })).toBe(
        `ConfigError: HOST must be the address to listen on, such as 127.0.0.1 or ::1, got "${HOST}"`,
      )
    }
    // RFC 5737: nobody's.
    const told = await refusal(newFolder(), { HOST: '192.0.2.1' })
    expect(told).toMatch(
      /^StartError: auth: cannot listen on 192\.0\.2\.1:0 \(\w+\); check HOST and AUTH_PORT$/,
    )
  })

  test('a folder of the shop’s own that is none, or is not understood, is refused', async () => {
    const [folder, own] = [newFolder(), newFolder()]
    const refusalOf = (TIENDA_DIR: string) => refusal(folder, { TIENDA_DIR })
    expect(await refusalOf(own)).toBe('none')
    expect(await refusalOf(join(own, 'nowhere'))).toMatch(
      /^ConfigError: TIENDA_DIR must .*: ENOENT$/,
    )
    mkdirSync(join(own, 'textos'))
    writeFileSync(join(own, 'textos', 'es.json'), '{')
    expect(await refusalOf(own)).toMatch(/^ConfigError: TIENDA_DIR must .* is not understood: /)
    expect(readdirSync(folder)).toEqual([])
  })

  test('a mail server without a sender is refused', async () => {
    const told = await refusal(newFolder(), { SMTP_URL: 'smtp://127.0.0.1:1' })
    expect(told).toBe(
      'ConfigError: MAIL_FROM and PASSWORD_RESET_URL must be set as well when SMTP_URL is',
    )
  })
})
