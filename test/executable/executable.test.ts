import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import swaggerUi from 'swagger-ui-dist/package.json'
import { platformFor } from '../../packages/launcher/src/platform.ts'
import { cuentas } from '../../scripts/demo/cuentas.ts'
import { packAll } from '../../scripts/release/packages.ts'
import { tryRelease } from '../../scripts/release/try.ts'
import { describeRefusals } from '../system/refusals.ts'
import {
  walkAllOrNothing,
  walkClosedAccount,
  walkTheCounter,
  walkTheLastTen,
  walkThePurchase,
} from '../system/walk.ts'
import { buildOnce, type Machine, newMachine } from './machine.ts'

let built: Awaited<ReturnType<typeof buildOnce>>
beforeAll(async () => {
  built = await buildOnce()
}, 120_000)
afterAll(() => built.remove())

const machines: Machine[] = []
afterEach(() => {
  for (const machine of machines.splice(0)) machine.remove()
})
function machine(): Machine {
  const made = newMachine(built.outfile)
  machines.push(made)
  return made
}

describe('one file, alone in a folder of a machine with neither Bun nor Node', () => {
  test('sells, is killed, goes on selling, and nothing is wrong afterwards', async () => {
    const { start, run, folder, home } = machine()
    const first = await start()
    await walkThePurchase(first.clients)
    await walkAllOrNothing(first.clients)
    await walkClosedAccount(first.clients)
    await walkTheLastTen(first.clients)
    await walkTheCounter(first.clients)
    first.child.kill('SIGKILL')
    await first.child.exited
    const second = await start()
    expect(second.seen).toContain(`pedidos ready at ${second.url}/api/pedidos\n`)
    await walkThePurchase(second.clients)
    expect(await second.stop()).toBe('')
    const { out, code } = await run(['audit'])
    expect(out).toContain('Clean: everything that must hold does')
    expect(code).toBe(0)
    expect(second.seen).toContain(`its data is in ${join(folder, '.data')}.`)
    expect([readdirSync(folder).sort(), readdirSync(home)]).toEqual([['.data', 'encargo'], []])
  })

  test('says how somebody becomes its first admin, as long as nobody is', async () => {
    const { start, folder } = machine()
    const invited = /open at (\S+)[^]*encargo --env-file FILE\.\n/
    const nobody = await start({ ADMIN_EMAIL: '', ADMIN_PASSWORD: '' }, [], invited)
    await nobody.stop()
    const lines = 'ADMIN_EMAIL=ana@tienda.example\nADMIN_PASSWORD=a long sentence of my own\n'
    writeFileSync(join(folder, 'first.env'), lines)
    // Unset, not empty: then the file has nothing to say.
    const unset = { ADMIN_EMAIL: undefined, ADMIN_PASSWORD: undefined }
    const first = await start(unset, ['--env-file', 'first.env'])
    const who = { email: 'ana@tienda.example', password: 'a long sentence of my own' }
    expect((await first.clients.auth.login.post(who)).status).toBe(200)
    await first.stop()
    // It is said in one breath, so what ends here invites nobody.
    const later = await start(unset, [], /open at (\S+), .*\.\n$/)
    await later.stop()
  })

  test('shows a shop with demo data, and who can log in', async () => {
    const shown = /tienda +(\S+) {2}<- open this[^]*Ctrl-C stops everything/
    const nobody = { ADMIN_EMAIL: undefined, ADMIN_PASSWORD: undefined }
    const { clients, seen, stop } = await machine().start(nobody, ['dev'], shown)
    const { email, password } = cuentas.operador
    expect(seen).toContain(`${email}  ${password}`)
    expect((await clients.auth.login.post({ email, password })).status).toBe(200)
    const { data } = await clients.productos.productos.get({ query: { q: 'cafe organico' } })
    expect(data?.datos.length).toBeGreaterThan(0)
    expect(await stop()).toBe('')
  })

  test('brings along pages, compressed, those of the interfaces, and word lists', async () => {
    const { url, clients, stop } = await machine().start()
    const get = (path: string) => fetch(`${url}${path}`, { headers: { 'accept-encoding': 'br' } })
    const [, script = ''] = /<script[^>]* src="([^"]+)"/.exec(await (await get('/')).text()) ?? []
    const answer = await get(script)
    expect(answer.headers.get('content-encoding')).toBe('br')
    expect(answer.headers.get('content-type')).toStartWith('text/javascript')
    for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
      const asset = await get(`/api/pedidos/openapi/${swaggerUi.version}/${name}`)
      expect([name, asset.status]).toEqual([name, 200])
      expect((await asset.text()).length).toBeGreaterThan(100_000)
    }
    // By word lists, which a worker reads.
    const who = { email: 'rosa@correo.example', password: 'contraseña', nombre: 'Rosa' }
    const { error } = await clients.auth.register.post(who)
    expect(error?.value).toMatchObject({
      errores: [{ campo: 'password', regla: 'password-facil' }],
    })
    await stop()
  })

  test('copies its data while it sells, and puts the copy in the place of data', async () => {
    const { start, run, folder } = machine()
    const { clients, stop } = await start()
    await walkThePurchase(clients)
    expect(await run(['backup', 'copy'])).toMatchObject({ err: '', code: 0 })
    const manifest = await Bun.file(join(folder, 'copy', 'manifest.json')).json()
    expect(manifest).toMatchObject({ encargo: 'abcdef0' })
    await stop()
    const restored = await run(['restore', 'copy', '--data', 'elsewhere'])
    expect(restored).toMatchObject({ err: '', code: 0 })
    expect(restored.out).toContain('then: encargo audit')
    expect((await run(['audit', '--data', 'elsewhere'])).code).toBe(0)
  })

  test('takes no notice of settings that lie beside it, but of a file that is named', async () => {
    const { run, folder } = machine()
    writeFileSync(join(folder, '.env'), 'DATA_DIR=beside\n')
    writeFileSync(join(folder, 'bunfig.toml'), 'preload = ["./missing.ts"]\n')
    const looksIn = async (args: readonly string[], variables = {}) => {
      const { err, code } = await run([...args, 'audit'], variables)
      expect(code).toBe(2)
      return err
    }
    expect(await looksIn([])).toContain(join(folder, '.data'))
    expect(await looksIn(['--env-file', '.env'])).toContain(join(folder, 'beside'))
    const given = await looksIn(['--env-file=.env'], { DATA_DIR: 'given' })
    expect(given).toContain(join(folder, 'given'))
  })

  test('tells its version, and names itself in what it explains', async () => {
    const { run } = machine()
    const { version } = await Bun.file(join(import.meta.dir, '../../package.json')).json()
    expect((await run(['--version'])).out).toBe(`encargo ${version} (abcdef0)\n`)
    expect((await run(['--licences'])).out).toContain('\n## elysia ')
    for (const args of [['--help'], ['start', '--help'], ['audit', '-h'], ['dev', '--help']]) {
      const { out, code } = await run(args)
      expect([code, out]).toEqual([0, expect.stringContaining('Usage: encargo')])
      expect(out).not.toContain('bun run')
    }
  })
})

/** What is said where nothing is begun. */
async function refused({ run }: Machine, args: readonly string[]): Promise<string> {
  const { out, err, code } = await run(args)
  expect({ out, err, lines: err.trim().split('\n').length, code }).toMatchObject({
    out: '',
    lines: 1,
    code: 1,
  })
  return err
}

const here = platformFor(process.platform, process.arch)
const npm = Bun.which('npm')
if (npm === null) console.log('left out: the executable as npm installs it, which is not here')
for (const platform of npm !== null && here !== undefined ? [here] : []) {
  test('is what npm installs: a newcomer makes a shop, sells, stops it and audits it', async () => {
    const release = mkdtempSync(join(tmpdir(), 'encargo-release-'))
    const done: string[] = []
    try {
      const executables = [[platform, built.outfile]] as const
      const tarballs = await packAll({ release, executables, gzipLevel: 1 })
      await tryRelease({ tarballs, release, report: (line) => void done.push(line) })
    } finally {
      rmSync(release, { recursive: true })
    }
    console.log(done.join('\n'))
    expect(done.at(-1)).toEndWith('npm run audit: all holds')
  }, 120_000)
}

test('a service that is named is a process of its own, with its own port and room for its calls', async () => {
  const { start } = machine()
  const auth = await start({}, ['start', 'auth'], /^auth ready at (\S+)\n$/)
  const productos = await start(
    { AUTH_URL: auth.url },
    ['start', 'productos'],
    /^productos ready at (\S+)\n$/,
  )
  const tienda = await start(
    { AUTH_URL: auth.url },
    ['start', 'tienda'],
    /^tienda ready at (\S+)\n/,
  )
  for (const { url, child } of [auth, productos, tienda]) {
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    const environment = await Bun.file(`/proc/${child.pid}/environ`).text()
    expect(environment).toContain('BUN_CONFIG_MAX_HTTP_REQUESTS=4096')
  }
  expect([await tienda.stop(), await productos.stop(), await auth.stop()]).toEqual(['', '', ''])
  // What it keeps, and who administers it, is said where the accounts are.
  const rest = Buffer.concat(await Array.fromAsync(tienda.child.stdout)).toString()
  expect(tienda.seen + rest).toMatch(/^.*\n$/)
})

test('refuses what there is not in one sentence, and begins nothing', async () => {
  const made = machine()
  expect(await refused(made, ['vender'])).toContain('There is no command "vender"')
  expect(await refused(made, ['start', 'nadie'])).toContain('There is no service "nadie"')
  expect(await refused(made, ['--env-file', 'none'])).toContain('none cannot be read (ENOENT)')
  for (const command of ['start', 'dev'])
    expect(await refused(made, [command, '--separados'])).toContain('one process')
  expect(readdirSync(made.folder)).toEqual(['encargo'])
})

describeRefusals({
  'one file': () => ({
    command: [built.outfile, 'start'],
    env: (port) => ({ PUERTO_UNICO: String(port) }),
  }),
})
