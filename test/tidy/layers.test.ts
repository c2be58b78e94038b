import { describe, expect, test } from 'bun:test'
import { layerFindings, roomFindings, rules } from './layers.ts'
import { source, told, tree } from './tree.ts'

/** For each rule a source that breaks it, and one beside it that does not. */
const examples: Record<string, { broken: [string, string][]; kept: [string, string][] }> = {
  'only store/ imports Drizzle and SQLite': {
    broken: [
      ['apps/auth/src/http/me.ts', "import { eq } from 'drizzle-orm'"],
      ['apps/auth/src/http/app.ts', "import { Database } from 'bun:sqlite'"],
      ['packages/client/src/index.ts', "import type { X } from 'drizzle-orm/bun-sqlite'"],
    ],
    kept: [
      ['apps/auth/src/store/sqlite.ts', "import { eq } from 'drizzle-orm'"],
      ['packages/storage/src/open.ts', "import { Database } from 'bun:sqlite'"],
      ['apps/auth/test/sqlite-store.test.ts', "import { Database } from 'bun:sqlite'"],
    ],
  },
  'only http/ imports Elysia': {
    broken: [
      ['apps/auth/src/clients/a.ts', "import { status } from 'elysia'"],
      ['apps/auth/src/store/sqlite.ts', "import { t } from 'elysia/type-system'"],
      ['packages/client/src/index.ts', "import { cors } from '@elysiajs/cors'"],
    ],
    kept: [
      ['apps/auth/src/http/me.ts', "import { Elysia } from 'elysia'"],
      ['apps/auth/src/clients/a.ts', "import { treaty } from '@elysiajs/eden'"],
      ['packages/client/src/index.ts', "import type { Elysia } from 'elysia'"],
    ],
  },
  'domain/ knows neither HTTP, SQL nor the machine': {
    broken: [
      ['apps/auth/src/domain/a.ts', "import type { Context } from 'elysia'"],
      ['apps/auth/src/domain/a.ts', "import { join } from 'node:path'"],
      ['apps/auth/src/domain/a.ts', "import { file } from 'bun'"],
      [
        'apps/auth/src/domain/a.ts',
        "import { rechazar } from '@encargo/service-kit/http/problems'",
      ],
      [
        'apps/auth/src/domain/a.ts',
        "import {\n  type Rol,\n  roles,\n} from '@encargo/service-kit/identity/tokens'",
      ],
    ],
    kept: [
      [
        'apps/auth/src/domain/a.ts',
        "import type { Rol } from '@encargo/service-kit/identity/tokens'",
      ],
      ['apps/auth/src/domain/a.ts', "import { b } from './b.ts'"],
      ['apps/auth/src/domain/a.ts', "import { m } from '@encargo/service-kit/values/monedas'"],
      ['apps/auth/src/domain/a.ts', "// import { join } from 'node:path'"],
    ],
  },
  'only open.ts and main.ts put adapters together': {
    broken: [
      ['apps/auth/src/domain/a.ts', "import { open } from '../store/sqlite.ts'"],
      ['apps/auth/src/http/app.ts', "export { open } from '../store/sqlite.ts'"],
      ['apps/auth/src/http/a.ts', "const s = await import('../store/sqlite.ts')"],
    ],
    kept: [
      ['apps/auth/src/domain/a.ts', "import type { Store } from '../store/store.ts'"],
      ['apps/auth/src/main.ts', "import { open } from './store/sqlite.ts'"],
      ['apps/auth/src/open.ts', "import { openAuthStorage } from './store/sqlite/open.ts'"],
      ['apps/auth/src/store/a.ts', "import { b } from './b.ts'"],
    ],
  },
  'the arrows point inward: a room imports from itself and from those behind it': {
    broken: [
      ['apps/productos/src/domain/a.ts', "import type { B } from '../http/b.ts'"],
      ['apps/productos/src/domain/a.ts', "import type { B } from '../ports.ts'"],
      ['apps/productos/src/ports.ts', "import type { B } from './app/b.ts'"],
      ['apps/productos/src/app/a.ts', "import { b } from '../clients/b.ts'"],
      ['apps/productos/src/clients/a.ts', "import { open } from '../open.ts'"],
      ['apps/productos/src/store/a.ts', "import { createApp } from '../http/app.ts'"],
      ['apps/productos/src/http/a.ts', "import { open } from '../open.ts'"],
    ],
    kept: [
      ['apps/productos/src/http/a.ts', "import { b } from '../domain/b.ts'"],
      ['apps/productos/src/http/a.ts', "import { b } from '../app/b.ts'"],
      ['apps/productos/src/app/a.ts', "import type { B } from '../ports.ts'"],
      ['apps/productos/src/store/sqlite/a.ts', "import { b } from '../b.ts'"],
      ['apps/productos/src/open.ts', "import { createApp } from './http/app.ts'"],
    ],
  },
  'only open.ts makes the app of a service': {
    broken: [
      ['apps/auth/test/fixture.ts', "import { createApp } from '../src/http/app.ts'"],
      ['scripts/audit/a.ts', "import { createApp } from '../../apps/pedidos/src/http/app.ts'"],
      ['bench/a.ts', "import { createApp } from '@encargo/inventario'"],
    ],
    kept: [
      ['apps/auth/src/open.ts', "import { createApp } from './http/app.ts'"],
      ['bench/a.ts', "import type { InventarioApp } from '@encargo/inventario'"],
    ],
  },
  'nothing imports main.ts': {
    broken: [
      ['apps/auth/src/http/app.ts', "import { start } from '../main.ts'"],
      ['apps/auth/src/http/app.ts', "import { start } from '@encargo/auth/main'"],
    ],
    kept: [['apps/auth/test/start.test.ts', "import { start } from '../src/main.ts'"]],
  },
  'an app imports another app by type only, and by its name': {
    broken: [
      ['apps/pedidos/src/clients/a.ts', "import { createApp } from '@encargo/inventario'"],
      ['apps/pedidos/src/clients/a.ts', "import { type InventarioApp } from '@encargo/inventario'"],
      [
        'apps/pedidos/src/clients/a.ts',
        "import type { A } from '../../../inventario/src/http/app.ts'",
      ],
      ['apps/pedidos/src/clients/a.ts', "await import('@encargo/auth')"],
      ['apps/encargo/src/starts.ts', "import { createAuthStore } from '@encargo/auth/store'"],
      ['apps/pedidos/src/clients/a.ts', "import { open } from '@encargo/auth/open'"],
    ],
    kept: [
      ['apps/encargo/src/starts.ts', "import { open } from '@encargo/auth/open'"],
      ['apps/pedidos/src/clients/a.ts', "import type { InventarioApp } from '@encargo/inventario'"],
      ['apps/pedidos/src/clients/a.ts', "import { ask } from '@encargo/service-kit/peer/peer'"],
    ],
  },
  'packages never import apps (the client: types only)': {
    broken: [
      ['packages/service-kit/src/a.ts', "import type { AuthApp } from '@encargo/auth'"],
      ['packages/client/src/a.ts', "import { createApp } from '@encargo/auth'"],
      [
        'packages/storage/test/a.test.ts',
        "import { t } from '../../../apps/auth/src/store/tables.ts'",
      ],
    ],
    kept: [['packages/client/src/a.ts', "import type { AuthApp } from '@encargo/auth'"]],
  },
  'a workspace is entered through what it exports': {
    broken: [
      ['packages/service-kit/src/a.ts', "import { B } from '../../circuit-breaker/src/breaker.ts'"],
    ],
    kept: [['packages/service-kit/src/http/plugins/a.ts', "import { b } from '../b.ts'"]],
  },
}

const lost = (path: string) => roomFindings(source(`apps/${path}`, '')).length > 0

describe('the layers', () => {
  for (const { name } of rules) {
    test(`${name}: proven by what breaks it and what does not`, () => {
      const { broken = [], kept = [] } = examples[name] ?? {}
      expect(broken.length).toBeGreaterThan(0)
      expect(kept.length).toBeGreaterThan(0)
      const flagged = ([path, text]: [string, string]) =>
        layerFindings(source(path, text)).some(({ what }) => what.includes(`(${name})`))
      expect(broken.filter((one) => !flagged(one))).toEqual([])
      expect(kept.filter(flagged)).toEqual([])
    })
  }

  test('hold everywhere', () => {
    expect(tree.length).toBeGreaterThan(100)
    expect(told(tree.flatMap(layerFindings))).toEqual([])
  })

  test('every service has the same rooms, and nothing lies beside them', () => {
    const broken = ['auth/src/admin.ts', 'pedidos/src/routes/a.ts', 'pedidos/src/security/a.ts']
    const kept = ['auth/src/security/a.ts', 'pedidos/src/ports.ts', 'pedidos/src/store/sqlite/a.ts']
    const elsewhere = ['tienda/src/raiz.ts', 'pedidos/test/a.test.ts']
    expect(broken.filter((path) => !lost(path))).toEqual([])
    expect([...kept, ...elsewhere].filter(lost)).toEqual([])
    expect(told(tree.flatMap(roomFindings))).toEqual([])
  })
})

test('comments, strings and regular expressions are not taken for code', () => {
  const file = source(
    'apps/auth/src/domain/a.ts',
    [
      "const a = 'Date.now()' // Date.now()",
      'const b = `${"`"} Date.now() ${`x${1}`}`',
      'const c = /["\'`/]Date.now()/g',
      '/** Date.now() */ const d = 4 / 2 / 1',
      'const e = now()',
    ].join('\n'),
  )
  expect(file.code).not.toContain('Date.now')
  expect(file.code).toContain('const d = 4 / 2 / 1')
  expect(file.code.split('\n')).toHaveLength(5)
  expect(file.code).toContain('const e = now()')
})
