import { expect, test } from 'bun:test'
import { importar } from './csv.ts'
import { cliente, openWarehouse, operador, operadorId, skuDe } from './fixture.ts'

test('what staff does to the stock is told to staff, the latest first, by product and by what was done', async () => {
  const warehouse = await openWarehouse()
  const cafe = await warehouse.producto(5)
  await warehouse.mover(cafe, { tipo: 'SALIDA', cantidad: 2 })
  await warehouse.mover(cafe, { umbralMinimo: 3 })
  await importar(warehouse, `sku,fisico\n${skuDe(cafe)},9`)
  const ver = async (query = '', headers = operador) => {
    const { status, json } = await warehouse.send('GET', `/auditoria${query}`, { headers })
    return [status, ...(json.datos ?? []).map((una) => Reflect.get(una, 'accion'))]
  }
  expect(await ver('?limite=2')).toEqual([200, 'recuento-importado', 'umbral-cambiado'])
  const suyas = ['umbral-cambiado', 'existencia-movida', 'existencia-abierta']
  expect(await ver(`?sujetoId=${cafe.toUpperCase()}`)).toEqual([200, ...suyas])
  expect(await ver(`?actorId=${operadorId}&accion=existencia-movida`)).toEqual([
    200,
    'existencia-movida',
  ])
  expect(await ver('?accion=login')).toEqual([422])
  expect(await ver('', cliente)).toEqual([403])
})
