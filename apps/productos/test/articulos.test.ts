import { describe, expect, test } from 'bun:test'
import { crear, openShop, operador, type Shop } from './fixture.ts'

async function articulos(shop: Shop, ids: readonly string[]): Promise<unknown> {
  const answer = await shop.send('GET', `/productos/articulos?ids=${ids.join(',')}`)
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-cache'])
  return answer.json
}

describe('GET /productos/articulos', () => {
  test('tells in the order asked for what a line of an order holds, archived ones included', async () => {
    const shop = await openShop()
    const a = await crear(shop, { sku: 'A-1', nombre: 'Té', precio: 250, descripcion: 'Verde' })
    const b = await crear(shop, { sku: 'B-1', nombre: 'Café', precio: 300 })
    await shop.send('DELETE', `/productos/${b.id}`, { headers: operador })
    const sinImpuesto = { claseImpuesto: 'general', tasa: 0, modo: 'incluido' }
    const comun = { moneda: 'USD', categoria: null, pesoGramos: null, ...sinImpuesto }
    expect(await articulos(shop, [b.id, Bun.randomUUIDv7(), a.id.toUpperCase(), b.id])).toEqual({
      datos: [
        { id: b.id, sku: 'B-1', nombre: 'Café', precio: 300, activo: false, ...comun },
        { id: a.id, sku: 'A-1', nombre: 'Té', precio: 250, activo: true, ...comun },
      ],
    })
  })

  test('tells the price of now', async () => {
    const shop = await openShop()
    const { id } = await crear(shop, { precio: 250 })
    await shop.send('PATCH', `/productos/${id}`, { body: { precio: 5 }, headers: operador })
    expect(await articulos(shop, [id])).toMatchObject({ datos: [{ id, precio: 5 }] })
  })

  test('takes 200 ids, and refuses 201, none, and what is no id', async () => {
    const shop = await openShop()
    const ids = Array.from({ length: 201 }, () => Bun.randomUUIDv7())
    expect(await articulos(shop, ids.slice(1))).toEqual({ datos: [] })
    const wrong = ['', '?ids=', `?ids=${ids.join()}`, '?ids=1', `?ids=${ids[0]}&limite=1`]
    for (const query of wrong) {
      const { status, json } = await shop.send('GET', `/productos/articulos${query}`)
      expect([query, status, json.codigo]).toEqual([query, 422, 'datos-invalidos'])
    }
  })
})
