import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { credentialsFile, ensureServiceSecrets } from '../src/identity/service-accounts.ts'
import { StartError } from '../src/run/start-error.ts'
import { createOnce } from '../src/identity/service-accounts.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'encargo-kit-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const child = () =>
  Bun.spawn([process.execPath, join(import.meta.dir, 'create-once-child.ts'), folder], {
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'inherit',
  })

describe('the secrets of the service accounts', () => {
  test('are the same for processes that start together', async () => {
    const children = [child(), child(), child()]
    for (const one of children) one.stdin.end()
    const told = await Promise.all(children.map((one) => new Response(one.stdout).text()))
    expect(new Set(told).size).toBe(1)
    expect(JSON.parse(told[0] ?? '')).toEqual(await ensureServiceSecrets(folder))
    expect(readdirSync(folder)).toEqual(['credenciales.json'])
  })

  test('are readable by their owner only, in a folder of the same kind', async () => {
    const inside = join(folder, 'new', 'data')
    await ensureServiceSecrets(inside)
    expect(statSync(credentialsFile(inside)).mode & 0o777).toBe(0o600)
    expect(statSync(inside).mode & 0o777).toBe(0o700)
  })

  test('are long, random and stay', async () => {
    const secrets = await ensureServiceSecrets(folder)
    expect(secrets.pedidos).toMatch(/^[\w-]{43}$/)
    expect(secrets.pedidos).not.toBe(secrets.pagos)
    expect(await ensureServiceSecrets(folder)).toEqual(secrets)
  })

  for (const damage of ['', '{', '{}', '{"pedidos":"short","pagos":"short"}', '[]']) {
    test(`that are damaged are told in a sentence naming the file: ${damage || 'empty'}`, async () => {
      await Bun.write(credentialsFile(folder), damage)
      const error: unknown = await ensureServiceSecrets(folder).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(StartError)
      expect(String(error)).toContain(`${credentialsFile(folder)} is damaged`)
      expect(String(error)).not.toContain('short')
      expect(await Bun.file(credentialsFile(folder)).text()).toBe(damage)
    })
  }

  test('that cannot be written are told in a sentence naming the folder', async () => {
    await Bun.write(join(folder, 'file'), 'in the way')
    const inside = join(folder, 'file', 'data')
    const error: unknown = await ensureServiceSecrets(inside).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(StartError)
    expect(String(error)).toContain(inside)
    expect(String(error)).toContain('DATA_DIR')
  })
})

describe('creating a file once', () => {
  test('leaves the first content and no draft behind', async () => {
    const file = join(folder, 'llave')
    await Promise.all(['a', 'b', 'c'].map((content) => createOnce(file, content)))
    const first = readFileSync(file, 'utf8')
    await createOnce(file, 'd')
    expect(readFileSync(file, 'utf8')).toBe(first)
    expect(readdirSync(folder)).toEqual(['llave'])
  })
})
