import { describe, expect, test } from 'bun:test'
import { alta, cliente, crear, expired, openShop, operador, servicio } from './fixture.ts'

const id = Bun.randomUUIDv7()
const staffOnly: [string, string, unknown?][] = [
  ['POST', '/productos', alta()],
  ['PATCH', `/productos/${id}`, { precio: 1 }],
  ['DELETE', `/productos/${id}`],
  ['GET', `/productos/${id}/precios`],
  ['GET', '/productos?archivados=true'],
  ['POST', '/productos/importacion'],
  ['GET', '/productos/exportacion'],
]

describe('what only the staff may do', () => {
  for (const [method, path, body] of staffOnly) {
    const name = `${method} ${path.replace(id, ':id')}`
    test(`${name} answers 401 to a stranger, and says how to identify`, async () => {
      const answer = await (await openShop()).send(method, path, { body })
      expect(answer.status).toBe(401)
      expect(answer.json.codigo).toBe('no-autenticado')
      expect(answer.headers.get('www-authenticate')).toStartWith('Bearer')
    })

    test(`${name} answers 403 to a shopper and to a service`, async () => {
      const shop = await openShop()
      for (const headers of [cliente, servicio]) {
        const answer = await shop.send(method, path, { body, headers })
        expect([answer.status, answer.json.codigo]).toEqual([403, 'prohibido'])
      }
    })
  }

  test('a stranger learns nothing of the schema: identity comes before the body', async () => {
    const answer = await (await openShop()).send('POST', '/productos', { body: { precio: -1 } })
    expect(answer.status).toBe(401)
  })
})

describe('what anyone may read', () => {
  test('needs no token', async () => {
    const shop = await openShop()
    const producto = await crear(shop)
    for (const path of [
      '/productos',
      `/productos/${producto.id}`,
      '/categorias',
      '/productos?q=a',
    ]) {
      expect((await shop.send('GET', path)).status).toBe(200)
    }
  })

  test('refuses a token that expired or was forged, instead of taking its bearer for a stranger', async () => {
    const shop = await openShop()
    const forged = { authorization: `${operador.authorization.slice(0, -4)}AAAA` }
    for (const headers of [expired, forged, { authorization: 'Basic Zm9v' }]) {
      expect((await shop.send('GET', '/productos', { headers })).status).toBe(401)
    }
  })
})
