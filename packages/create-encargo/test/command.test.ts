import { afterAll, beforeAll, expect, test } from 'bun:test'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from '../build/build.ts'

const work = mkdtempSync(join(tmpdir(), 'encargo-command-'))
const command = join(work, 'package/bin/create-encargo.js')
const node = Bun.which('node') ?? process.execPath
beforeAll(() => build(join(work, 'package')))
afterAll(() => rmSync(work, { recursive: true, force: true }))

/** The command as it is published, at a terminal at which somebody types. */
function atTerminal(type: (shown: string) => string | undefined) {
  let shown = ''
  return Bun.spawn([node, command], {
    cwd: work,
    env: { PATH: process.env['PATH'], LANG: 'es_EC.UTF-8', TERM: 'xterm' },
    terminal: {
      data(terminal, bytes) {
        shown += new TextDecoder().decode(bytes)
        const typed = type(shown)
        if (typed === undefined) return
        shown = ''
        terminal.write(typed)
      },
    },
  })
}

test('at a terminal it asks, and takes what is typed ahead for the questions to come', async () => {
  const child = atTerminal((shown) =>
    shown.includes('Carpeta')
      ? 'mi-tienda\nBazar\ncop\nAmerica/Bogota\nana@bazar.example\n'
      : undefined,
  )
  expect(await child.exited).toBe(0)
  const settings = readFileSync(join(work, 'mi-tienda/.env'), 'utf8')
  for (const line of [
    'TIENDA_NOMBRE="Bazar"',
    'MONEDA=COP',
    'TIENDA_ZONA=America/Bogota',
    'ADMIN_EMAIL=ana@bazar.example',
  ]) {
    expect(settings).toContain(`\n${line}\n`)
  }
})

test('Ctrl-C makes nothing', async () => {
  const child = atTerminal((shown) =>
    shown.includes('Carpeta') ? 'otra\n' : shown.includes('Nombre') ? '\u0003' : undefined,
  )
  expect(await child.exited).toBe(1)
  expect(existsSync(join(work, 'otra'))).toBe(false)
})

test('without a terminal it asks nothing, and has nothing to install', async () => {
  const child = Bun.spawn([node, command, 'tercera'], {
    cwd: work,
    stdin: 'ignore',
    stdout: 'pipe',
  })
  expect(await new Response(child.stdout).text()).toContain('cd tercera')
  expect(await child.exited).toBe(0)
  const manifest = await Bun.file(join(work, 'package/package.json')).json()
  expect([manifest.dependencies, manifest.scripts]).toEqual([undefined, undefined])
  const { dependencies } = await Bun.file(join(work, 'tercera/package.json')).json()
  expect(dependencies).toEqual({ encargo: manifest.version })
})
