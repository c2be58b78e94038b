import { describe, expect, test } from 'bun:test'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { AuthConfig } from '../apps/auth/src/config.ts'
import { EncargoConfig } from '../apps/encargo/src/config.ts'
import { InventarioConfig } from '../apps/inventario/src/config.ts'
import { PagosConfig } from '../apps/pagos/src/config.ts'
import { PedidosConfig } from '../apps/pedidos/src/config.ts'
import { ProductosConfig } from '../apps/productos/src/config.ts'
import { TiendaConfig } from '../apps/tienda/src/config.ts'
import rootPackage from '../package.json'

const root = join(import.meta.dir, '..')
const english = await Bun.file(join(root, 'README.md')).text()
const spanish = await Bun.file(join(root, 'README.es.md')).text()

const contributing = await Bun.file(join(root, 'CONTRIBUTING.md')).text()

/** The text of the fenced blocks; their language and mark included. */
const blocks = (text: string) => text.match(/```[\s\S]*?```/g) ?? []

/** The variables in the first column of the table. */
function tableVariables(text: string): string[] {
  const rows = text.split('\n').filter((line) => line.startsWith('| `'))
  return rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map((one) => one[1] ?? ''),
  )
}

const read = async (path: string) => ({ path, text: await Bun.file(join(root, path)).text() })

/** Every page that is written for people. */
async function documents() {
  const paths = ['*.md', '{docs,bench}/*.md', '{apps,packages}/*/*.md', 'test/*/*.md'].flatMap(
    (pattern) => [...new Bun.Glob(pattern).scanSync(root)],
  )
  expect(paths.length).toBeGreaterThan(10)
  return await Promise.all(paths.map(read))
}

describe('the READMEs', () => {
  test('list exactly the variables that the services read', () => {
    const services = [AuthConfig, ProductosConfig, InventarioConfig, PedidosConfig, PagosConfig]
    const schemas = [EncargoConfig, ...services, TiendaConfig]
    const read = new Set<string>(schemas.flatMap((schema) => Object.keys(schema.properties)))
    // `dev` and `start` set them themselves.
    for (const own of ['NODE_ENV', 'BUN_CONFIG_MAX_HTTP_REQUESTS']) read.delete(own)
    const wanted = [...read].sort()
    expect(tableVariables(english).sort()).toEqual(wanted)
    expect(tableVariables(spanish).sort()).toEqual(wanted)
  })

  test('show the same commands and pictures in both languages', () => {
    expect(blocks(spanish)).toEqual(blocks(english))
  })

  test('name only scripts that exist', () => {
    const scripts = Object.keys(rootPackage.scripts)
    for (const text of [english, spanish, contributing]) {
      for (const [, name] of text.matchAll(/bun(?:@[\d.]+)? run ([a-z][a-z-]*)/g)) {
        expect(scripts).toContain(name ?? '')
      }
    }
  })

  test('link only to pages that exist', async () => {
    for (const { path, text } of await documents()) {
      for (const [, target] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
        expect([path, target, existsSync(join(root, dirname(path), target ?? ''))]).toEqual([
          path,
          target,
          true,
        ])
      }
    }
  })

  test('name only modules that exist', async () => {
    const all = [...new Bun.Glob('{apps,packages,scripts,bench,test}/**/*.{ts,tsx}').scanSync(root)]
    const missing: string[] = []
    for (const doc of await documents()) {
      for (const [, name = ''] of doc.text.matchAll(/`([\w./-]+\.tsx?)`/g)) {
        if (!all.some((path) => `/${path}`.endsWith(`/${name}`)))
          missing.push(`${doc.path}: ${name}`)
      }
    }
    expect(missing).toEqual([])
  })

  test('have the test command that CI runs', async () => {
    const ci = await Bun.file(join(root, '.ci', 'run')).text()
    const command = /^npx .*run test$/m.exec(english)?.[0] ?? ''
    expect(command).toBe('npx bun@1.4.5 run test')
    expect(ci).toContain(command.replace('npx', 'npx --yes'))
  })
})

describe('CONTRIBUTING', () => {
  test('shows a loop that tests one package, and counts', async () => {
    const [, commands = ''] = /```sh checked\n([\s\S]*?)```/.exec(contributing) ?? []
    const path = [dirname(process.execPath), process.env['PATH']].join(':')
    const env = { ...process.env, PATH: path }
    const shell = Bun.spawn(['bash', '-euc', commands], { cwd: root, env, stderr: 'pipe' })
    const told = await new Response(shell.stdout).text()
    expect([await shell.exited, told]).toEqual([
      0,
      expect.stringMatching(/\d{2,} passed, 0 failed\n$/),
    ])
  }, 60_000)

  test('migrates by a command that every service with a database has', async () => {
    const [, script] = /bun run --cwd apps\/pedidos ([a-z]+)/.exec(contributing) ?? []
    for (const config of new Bun.Glob('apps/*/drizzle.config.ts').scanSync(root)) {
      const { scripts } = await Bun.file(join(root, dirname(config), 'package.json')).json()
      expect(scripts[script ?? '']).toBe('drizzle-kit generate')
    }
  })
})
