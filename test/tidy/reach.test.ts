import { expect, test } from 'bun:test'
import { isDrizzle, isHttp, waysTo, withoutHttp } from './reach.ts'
import { tree } from './tree.ts'

const files = {
  'apps/auth/src/app/one.ts': "export { two } from '../domain/two.ts'",
  'apps/auth/src/domain/two.ts': "import { three } from './three.ts'\nexport const two = three",
  'apps/auth/src/domain/three.ts': "export { rechazar as three } from '../http/four.ts'",
  'apps/auth/src/http/four.ts': "export { status as rechazar } from 'elysia'",
  'apps/auth/src/store/five.ts': "import { t } from 'elysia'\nexport const five = t.String()",
  'apps/auth/src/app/six.ts':
    "import type { rechazar } from '../http/four.ts'\nexport type Six = typeof rechazar",
}

test('a way to HTTP is found, through however many modules, and told whole', async () => {
  const found = await waysTo(isHttp, Object.keys(files).filter(withoutHttp), files)
  expect(found).toEqual([
    'apps/auth/src/domain/three.ts -> apps/auth/src/http/four.ts',
    expect.stringMatching(/^apps\/auth\/src\/store\/five\.ts -> .*node_modules\/elysia\//),
  ])
  expect(await waysTo(isHttp, ['apps/auth/src/app/one.ts'], files)).toEqual([
    'apps/auth/src/app/one.ts -> apps/auth/src/domain/two.ts -> apps/auth/src/domain/three.ts -> apps/auth/src/http/four.ts',
  ])
  expect(await waysTo(isHttp, ['apps/auth/src/app/six.ts'], files)).toEqual([])
})

test('neither Elysia nor http/ is loaded with what a service decides, asks for and keeps, nor with what that is made of', async () => {
  const entrypoints = tree.map(({ path }) => path).filter(withoutHttp)
  expect(entrypoints.length).toBeGreaterThan(200)
  expect(await waysTo(isHttp, entrypoints)).toEqual([])
})

test('Drizzle is loaded by no service: its tables are for migrations and for tests', async () => {
  const entrypoints = ['auth', 'productos', 'inventario', 'pedidos', 'pagos'].map(
    (name) => `apps/${name}/src/main.ts`,
  )
  expect(await waysTo(isDrizzle, entrypoints)).toEqual([])
  expect(await waysTo(isDrizzle, ['apps/auth/src/store/sqlite/tables.ts'])).not.toEqual([])
})

const isStripe = (path: string) => /(?:^|\/)node_modules\/stripe\//.test(path)

test('what a provider brings along is loaded by a shop that has an account there, and by no other', async () => {
  const start = ['apps/pagos/src/main.ts']
  expect(await waysTo(isStripe, start, {}, (kind) => kind !== 'dynamic-import')).toEqual([])
  expect(await waysTo(isStripe, start)).not.toEqual([])
})
