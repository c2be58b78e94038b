import { expect, test } from 'bun:test'
import { admin, cliente, crear, openShop, operador, operadorId } from './fixture.ts'

test('what staff changes is told to staff, the latest first, by product and by what was done', async () => {
  const shop = await openShop()
  const { id } = await crear(shop)
  await crear(shop)
  await shop.send('PATCH', `/productos/${id}`, { body: { precio: 5 }, headers: admin })
  await shop.send('PUT', '/impuestos/general', { body: { nombre: 'IVA', tasa: 1 }, headers: admin })
  const ver = async (query = '', headers = operador) => {
    const { status, json } = await shop.send('GET', `/auditoria${query}`, { headers })
    return [status, ...(json.datos ?? []).map((una) => Reflect.get(una, 'accion'))]
  }
  expect(await ver('?limite=2')).toEqual([200, 'impuesto-puesto', 'producto-editado'])
  expect(await ver(`?sujetoId=${id.toUpperCase()}`)).toEqual([
    200,
    'producto-editado',
    'producto-creado',
  ])
  expect(await ver(`?actorId=${operadorId}`)).toEqual([200, 'producto-creado', 'producto-creado'])
  expect(await ver('?accion=login')).toEqual([422])
  expect(await ver('', cliente)).toEqual([403])
})
