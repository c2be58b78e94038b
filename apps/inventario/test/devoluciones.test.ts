import { expect, test } from 'bun:test'
import { checkInvariants, openWarehouse, operador, pedido, servicio } from './fixture.ts'

const linea = (productoId: string, cantidad: number) => ({ productoId, cantidad })

test('puts back what an order took: 201, then 200, never more than it took', async () => {
  const { storage, producto, existencia, reservar, confirmar, send, clock } = await openWarehouse()
  const [cafe, taza] = [await producto(10), await producto(5)]
  const [pedidoId, una] = [pedido(), pedido()]
  await reservar(pedidoId, [linea(cafe, 3), linea(taza, 1)])
  const devolver = (id: string, lineas: object[], de = pedidoId) =>
    send('PUT', `/devoluciones/${id}`, { body: { pedidoId: de, lineas }, headers: servicio })
  const antes = await devolver(una, [linea(cafe, 1)])
  expect([antes.status, antes.json.codigo]).toEqual([409, 'cantidad-excedida'])
  expect(antes.json.detail).toContain('se devuelven 1 y quedan 0')
  await confirmar(pedidoId)

  const hecha = await devolver(una.toUpperCase(), [linea(cafe, 1), linea(taza, 1), linea(cafe, 1)])
  expect(hecha.status).toBe(201)
  expect<unknown>(hecha.json).toEqual({
    id: una,
    pedidoId,
    lineas: [linea(cafe, 2), linea(taza, 1)],
    creadaEn: clock.now().toISOString(),
  })
  clock.advance(1_000)
  const otraVez = await devolver(una, [linea(taza, 1), linea(cafe, 2)])
  expect([otraVez.status, otraVez.json]).toEqual([200, hecha.json])
  const distinta = await devolver(una, [linea(cafe, 3)])
  expect([distinta.status, distinta.json.codigo]).toEqual([409, 'devolucion-distinta'])
  const demas = await devolver(pedido(), [linea(cafe, 2)])
  expect([demas.status, demas.json.codigo]).toEqual([409, 'cantidad-excedida'])
  expect(demas.json.detail).toContain('se devuelven 2 y quedan 1')
  expect((await devolver(pedido(), [linea(cafe, 1)], pedido())).json.codigo).toBe(
    'cantidad-excedida',
  )
  expect((await devolver(pedido(), [])).status).toBe(422)
  expect([await existencia(cafe), await existencia(taza)]).toEqual([
    [9, 0],
    [5, 0],
  ])
  const libro = await send('GET', `/inventario/movimientos?pedidoId=${pedidoId}`, {
    headers: operador,
  })
  expect(libro.json.datos.map(({ tipo, cantidad }) => [tipo, cantidad])).toEqual([
    ['DEVOLUCION', 1],
    ['DEVOLUCION', 2],
    ['VENTA', -1],
    ['VENTA', -3],
  ])
  await checkInvariants(storage)
})
