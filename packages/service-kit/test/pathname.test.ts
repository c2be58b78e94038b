import { expect, test } from 'bun:test'
import { loggedPath, pathnameOf } from '../src/http/edge/pathname.ts'

const token = `${'a'.repeat(20)}.${'b'.repeat(40)}.${'C-_0'.repeat(10)}`
const asked = (path: string) => new Request(`http://shop.test${path}?q=1`)

test('a path is logged without the signed token that it may hold', () => {
  expect(pathnameOf(asked(`/seguimiento/${token}`))).toBe(`/seguimiento/${token}`)
  expect(loggedPath(asked(`/seguimiento/${token}`))).toBe('/seguimiento/:token')
  expect(loggedPath(asked(`/seguimiento/${token}/cancelar`))).toBe('/seguimiento/:token/cancelar')
  const plain = '/pedidos/0198c0de-7f00-7000-8000-00000000002a/explicacion'
  expect(loggedPath(asked(plain))).toBe(plain)
  expect(loggedPath(asked('/openapi/v1.2.3/swagger-ui.min.js'))).toBe(
    '/openapi/v1.2.3/swagger-ui.min.js',
  )
})
