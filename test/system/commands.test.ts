import { afterEach, describe, expect, test } from 'bun:test'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '@encargo/service-kit/run/config'
import { childOf, freshEnvironment } from './harness.ts'

const root = join(import.meta.dir, '..', '..')
const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

function command(script: string, args: readonly string[], env: Environment) {
  const child = Bun.spawn([process.execPath, join(root, 'scripts', script), ...args], {
    env: { ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    detached: true,
  })
  cleanups.push(() => child.kill('SIGKILL'))
  return child
}
type Child = ReturnType<typeof command>

function fresh(extra: Environment = {}) {
  const made = freshEnvironment(extra)
  cleanups.push(made.remove)
  return made
}

async function ended(child: Child) {
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  return { out, err, code }
}

/** Reads standard output until `wanted` has come `times` times. */
async function until(child: Child, wanted: RegExp, times = 1): Promise<string> {
  let text = ''
  const decoder = new TextDecoder()
  const reader = child.stdout.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) throw new Error(`ended before ${wanted} came ${times} times:\n${text}`)
    text += decoder.decode(value, { stream: true })
    if ([...text.matchAll(new RegExp(wanted, 'g'))].length >= times) break
  }
  reader.releaseLock()
  return text
}

const answers = (url: string) =>
  fetch(`${url}/livez`).then(
    () => true,
    () => false,
  )

/** How many requests productos still takes of whoever it thinks asks. */
async function left(productos: string, claim: string): Promise<number> {
  const headers = { 'x-forwarded-for': claim }
  const answer = await fetch(`${productos}/categorias`, { headers })
  await answer.text()
  return Number(/r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1])
}

/** The visitor's own bucket is drawn on, whatever the visitor claims to be; tienda's word counts. */
async function expectLimitsPerVisitor(throughTienda: string, productos: string): Promise<void> {
  const flood = () =>
    Promise.all(Array.from({ length: 50 }, () => left(throughTienda, '192.0.2.1')))
  for (let round = 0; round < 40; round += 1) if (Math.min(...(await flood())) < 400) break
  expect(await left(throughTienda, '192.0.2.2')).toBeLessThan(450)
  expect(await left(productos, '192.0.2.1')).toBe(499)
}

describe('bun run start', () => {
  test('starts all of them, says where each is, limits each visitor of tienda apart, and stops cleanly', async () => {
    const { env, origins: services, ports, dataDir } = fresh()
    const origins = { ...services, tienda: `http://127.0.0.1:${ports.tienda}` }
    const child = command('start.ts', [], env)
    const text = await until(child, /ready at/, 6)
    for (const [name, url] of Object.entries(origins))
      expect(text).toContain(`${name} ready at ${url}`)
    expect(await (await fetch(origins.tienda)).text()).toContain('<div id="raiz">')
    await expectLimitsPerVisitor(`${origins.tienda}/api/productos`, origins.productos)
    expect(
      readdirSync(dataDir)
        .filter((file) => file.endsWith('.db'))
        .sort(),
    ).toEqual(['auth.db', 'inventario.db', 'pagos.db', 'pedidos.db', 'productos.db'])
    child.kill('SIGTERM')
    expect(await child.exited).toBe(0)
    for (const url of Object.values(origins)) expect(await answers(url)).toBe(false)
    // A write-ahead log that was folded into its database tells a clean close.
    expect(readdirSync(dataDir).filter((file) => file.endsWith('-wal'))).toEqual([])
  })

  test('keeps generated secrets readable by their owner alone', async () => {
    const { env, dataDir } = fresh()
    const child = command('start.ts', ['auth'], env)
    await until(child, /auth ready at/)
    child.kill('SIGINT')
    expect(await child.exited).toBe(0)
    const modes = readdirSync(dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mode & 0o077)
    expect(modes.length).toBeGreaterThan(1)
    expect(modes.every((mode) => mode === 0)).toBe(true)
  })

  test('starts one service alone when it is named', async () => {
    const { env, origins } = fresh()
    const child = command('start.ts', ['productos'], env)
    await until(child, /productos ready at/)
    expect(await answers(origins.productos)).toBe(true)
    expect(await answers(origins.auth)).toBe(false)
    child.kill('SIGINT')
    expect(await child.exited).toBe(0)
  })

  const refused: [string, Environment, string][] = [
    ['a port that is no number', { PEDIDOS_PORT: 'ocho' }, 'PEDIDOS_PORT'],
    [
      'a time that is no number',
      { RESERVA_TTL_SEGUNDOS: '1h' },
      'RESERVA_TTL_SEGUNDOS must be a positive integer',
    ],
    ['a currency that is none', { MONEDA: 'dólares' }, 'MONEDA'],
    ['a log level that is none', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    ['an origin with a path', { AUTH_URL: 'http://127.0.0.1:8000/x' }, 'AUTH_URL'],
    ['an admin without a password', { ADMIN_PASSWORD: '' }, 'ADMIN_PASSWORD'],
  ]
  for (const [what, extra, wanted] of refused) {
    test(`refuses ${what} with one sentence that names it, and starts nothing`, async () => {
      const { env, dataDir, origins } = fresh(extra)
      const { err, out, code } = await ended(command('start.ts', [], env))
      expect(code).toBe(1)
      expect(err).toContain(wanted)
      expect(err.trim().split('\n')).toHaveLength(1)
      expect(out).toBe('')
      expect(readdirSync(dataDir)).toEqual([])
      for (const url of Object.values(origins)) expect(await answers(url)).toBe(false)
    })
  }

  test('refuses a service that does not exist, naming those that do', async () => {
    const { err, code } = await ended(command('start.ts', ['envios'], fresh().env))
    expect(code).toBe(1)
    expect(err).toContain('"envios"')
    expect(err).toContain('auth, productos, inventario, pedidos, pagos, tienda')
  })

  test('explains itself', async () => {
    const { out, code } = await ended(command('start.ts', ['--help'], fresh().env))
    expect(code).toBe(0)
    expect(out).toContain('bun run start [--juntos | --separados] [service...]')
  })

  test('starts one that dies again, loudly, while the others go on, and replaces all on SIGUSR2', async () => {
    const { env, origins } = fresh()
    const child = command('start.ts', ['auth', 'productos'], env)
    await until(child, /ready at/, 2)
    const others = childOf(child.pid, 'apps/auth/src/main.ts')
    for (let death = 1; death <= 2; death += 1) {
      process.kill(childOf(child.pid, 'apps/productos/src/main.ts'), 'SIGKILL')
      expect(await until(child, /productos ready at/)).toContain(origins.productos)
      expect(await answers(origins.productos)).toBe(true)
    }
    expect(childOf(child.pid, 'apps/auth/src/main.ts')).toBe(others)
    child.kill('SIGUSR2')
    await until(child, /ready at/, 2)
    expect(childOf(child.pid, 'apps/auth/src/main.ts')).not.toBe(others)
    child.kill('SIGTERM')
    expect(await child.exited).toBe(0)
    const err = await new Response(child.stderr).text()
    const told = err.split('\n').filter((line) => line.includes('"level":"error"'))
    expect(told.map((line) => JSON.parse(line))).toMatchObject([
      { service: 'productos', exitCode: 137, restart: 1 },
      { service: 'productos', exitCode: 137, restart: 2 },
    ])
    for (const url of Object.values(origins)) expect(await answers(url)).toBe(false)
  })
})

describe('bun run start --juntos', () => {
  test('is one process that says where each is, limits each visitor of tienda apart, and stops cleanly', async () => {
    const { env, origins: services, ports, dataDir } = fresh()
    const origins = { ...services, tienda: `http://127.0.0.1:${ports.tienda}` }
    const child = command('start.ts', ['--juntos'], env)
    const text = await until(child, /ready at/, 6)
    for (const [name, url] of Object.entries(origins))
      expect(text).toContain(`${name} ready at ${url}`)
    expect(() => childOf(child.pid, '')).toThrow('no child')
    await expectLimitsPerVisitor(`${origins.tienda}/api/productos`, origins.productos)
    // A unit that was written for several processes asks so to replace them.
    child.kill('SIGUSR2')
    expect(await answers(origins.pedidos)).toBe(true)
    child.kill('SIGTERM')
    expect(await child.exited).toBe(0)
    for (const url of Object.values(origins)) expect(await answers(url)).toBe(false)
    expect(readdirSync(dataDir).filter((file) => file.endsWith('-wal'))).toEqual([])
    expect(await new Response(child.stderr).text()).toContain('restart it')
  })

  test('starts some of them alone, also where PROCESO=uno says so', async () => {
    const { env, origins } = fresh({ PROCESO: 'uno' })
    const child = command('start.ts', ['productos', 'auth'], env)
    await until(child, /productos ready at/)
    expect(() => childOf(child.pid, '')).toThrow('no child')
    expect(await answers(origins.pedidos)).toBe(false)
    child.kill('SIGINT')
    expect(await child.exited).toBe(0)
  })

  test('listens on one port for all where PUERTO_UNICO says which, and sends people there', async () => {
    const { env, ports, origins, dataDir } = fresh()
    const only = String(ports.auth)
    const child = command('start.ts', ['--juntos'], { ...env, PUERTO_UNICO: only })
    const text = await until(child, /ready at/, 6)
    const tienda = `http://127.0.0.1:${only}`
    expect(text).toContain(`tienda ready at ${tienda}\n`)
    expect(text).toContain(`pedidos ready at ${tienda}/api/pedidos\n`)
    for (const name of ['productos', 'inventario', 'pedidos'] as const)
      expect(await answers(origins[name])).toBe(false)
    const body = JSON.stringify({ email: env['ADMIN_EMAIL'] })
    const headers = { 'content-type': 'application/json' }
    await fetch(`${tienda}/api/auth/password/olvido`, { method: 'POST', headers, body })
    const mails = join(dataDir, 'correo')
    // What another process does takes real time.
    while (!existsSync(mails) || readdirSync(mails).length === 0) await Bun.sleep(20)
    const [mail = ''] = readdirSync(mails)
    expect(await Bun.file(join(mails, mail)).text()).toContain(`${tienda}/restablecer`)
    child.kill('SIGTERM')
    expect(await child.exited).toBe(0)
  })

  const refused: [string, readonly string[], Environment, string][] = [
    ['one port for several processes', [], { PUERTO_UNICO: '8080' }, 'PUERTO_UNICO is for one'],
    ['a port that is none', ['--juntos'], { PUERTO_UNICO: 'uno' }, 'PUERTO_UNICO must be'],
    ['a number that is none', ['--juntos'], { PEDIDOS_PORT: 'ocho' }, 'PEDIDOS_PORT'],
    ['a form that there is not', [], { PROCESO: 'tres' }, 'PROCESO must be uno or varios'],
    ['two forms at once', ['--juntos', '--separados'], {}, 'exclude each other'],
  ]
  for (const [what, args, extra, wanted] of refused) {
    test(`refuses ${what} in one sentence, and starts nothing`, async () => {
      const { env, dataDir, origins } = fresh(extra)
      const { err, out, code } = await ended(command('start.ts', args, env))
      expect([code, out, err.trim().split('\n').length]).toEqual([1, '', 1])
      expect(err).toContain(wanted)
      expect(readdirSync(dataDir)).toEqual([])
      for (const url of Object.values(origins)) expect(await answers(url)).toBe(false)
    })
  }
})

describe('bun run dev', () => {
  test('fills the shop, says who can log in, sells by what is written, and ends on Ctrl-C', async () => {
    const { env, origins, dataDir } = fresh({ ADMIN_EMAIL: '', ADMIN_PASSWORD: '' })
    const child = command('dev.ts', [], env)
    const text = await until(child, /Ctrl-C stops everything/)
    for (const url of Object.values(origins)) expect(text).toContain(url)
    for (const rol of ['cliente', 'operador', 'admin'])
      expect(text).toContain(`${rol}@encargo.example`)
    expect(existsSync(join(dataDir, 'pedidos.db'))).toBe(true)

    const pages = await Promise.all(
      ['README.md', 'docs/checkout.md'].map((page) => Bun.file(join(root, page)).text()),
    )
    const blocks = pages.map((page) =>
      [...page.matchAll(/```sh walk-through\n([\s\S]*?)```/g)].map((match) => match[1]),
    )
    expect(blocks.map(({ length }) => length)).toEqual([5, 3])
    const urls = Object.fromEntries(
      Object.entries(origins).map(([name, url]) => [name.toUpperCase(), url]),
    )
    const shell = Bun.spawn(['bash', '-euo', 'pipefail', '-c', blocks.flat().join('\n')], {
      env: { PATH: process.env['PATH'], ...urls },
      stdout: 'pipe',
      stderr: 'pipe',
    })
    const walk = await new Response(shell.stdout).text()
    expect([await new Response(shell.stderr).text(), await shell.exited]).toEqual(['', 0])
    expect(walk).toContain('"estado":"Pendiente"')
    expect(walk).toContain('"estado":"cobrado"')
    expect(walk).toContain('"estado":"Completado"')
    expect(walk).toMatch(/"cupon":\{?[^}]*"BIENVENIDA"/)
    // No answer is a refusal.
    expect(walk).not.toContain('"detail"')

    child.kill('SIGINT')
    expect(await child.exited).toBe(0)
    for (const url of Object.values(origins)) expect(await answers(url)).toBe(false)
  }, 60_000)
})

describe('who asks to stop', () => {
  test('while everything still starts is obeyed without a complaint', async () => {
    const { env, origins } = fresh()
    const child = command('start.ts', [], env)
    const someAnswer = async () =>
      (await Promise.all(Object.values(origins).map(answers))).some(Boolean)
    // What another process does takes real time.
    while (!(await someAnswer())) await Bun.sleep(5)
    child.kill('SIGINT')
    expect(await child.exited).toBe(0)
    expect(await new Response(child.stderr).text()).toBe('')
    for (const url of Object.values(origins)) expect(await answers(url)).toBe(false)
  })

  test('while dev starts is not told afterwards that it runs, nor that nobody answered', async () => {
    const { env, origins } = fresh()
    const child = command('dev.ts', [], env)
    // What another process does takes real time.
    while (!(await answers(origins.auth))) await Bun.sleep(5)
    child.kill('SIGINT')
    const { out, err, code } = await ended(child)
    expect([out.split('Stopping...')[1], err, code]).toEqual(['\n', '', 0])
  })

  test('and again a second later does not want to wait for what hangs', async () => {
    const { env, origins } = fresh()
    const child = command('start.ts', ['productos'], env)
    await until(child, /ready at/)
    process.kill(childOf(child.pid, 'apps/productos/src/main.ts'), 'SIGSTOP')
    child.kill('SIGINT')
    // This takes real time: one press reaches a command twice, so what comes within a second is one.
    await Bun.sleep(1_100)
    expect(child.exitCode).toBeNull()
    child.kill('SIGINT')
    expect(await child.exited).toBe(1)
    // What another process does takes real time.
    while (await answers(origins.productos)) await Bun.sleep(5)
  })
})
