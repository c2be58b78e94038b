import { describe, expect, test } from 'bun:test'
import { change } from '@encargo/storage/testing'
import { openWarehouse, operador, pedido, place, servicio, type Warehouse } from './fixture.ts'

const instalacion = () => crypto.randomUUID()

const enlazar = ({ send }: Warehouse, suya: string, testigos: readonly string[] = []) =>
  send('PUT', '/instalacion', { body: { instalacion: suya, testigos }, headers: servicio })

/** Every call about reservations, in the name of `suya`. */
async function llamadas({ send, producto }: Warehouse, suya: string, id: string) {
  const headers = { ...servicio, 'encargo-instalacion': suya }
  const lineas = [{ productoId: await producto(1), cantidad: 1 }]
  const reservas = [{ pedidoId: pedido(), lineas }]
  return [
    await send('PUT', `/reservas/${pedido()}`, { body: { lineas }, headers }),
    await send('PUT', '/reservas', { body: { reservas }, headers }),
    await send('GET', '/reservas?estado=activa', { headers }),
    await send('GET', `/reservas/${id}`, { headers }),
    await send('POST', `/reservas/${id}/confirmar`, { headers }),
    await send('POST', `/reservas/${id}/liberar`, { headers }),
  ]
}

describe('the installation of pedidos that stock is for', () => {
  test('is the first that asks, and no other, also after a restart', async () => {
    const where = await place()
    const [una, otra] = [instalacion(), instalacion()]
    const warehouse = await openWarehouse(where)
    expect((await enlazar(warehouse, una)).status).toBe(200)
    expect((await enlazar(warehouse, una)).status).toBe(200)
    await warehouse.reservar(pedido(), [{ productoId: await warehouse.producto(1), cantidad: 1 }])
    expect(await enlazar(warehouse, otra, [pedido()])).toMatchObject({
      status: 409,
      json: { codigo: 'instalacion-distinta' },
    })
    await warehouse.close()
    const again = await openWarehouse(where)
    expect((await enlazar(again, otra)).status).toBe(409)
    expect((await enlazar(again, una)).status).toBe(200)
  })

  test('may be another as long as nothing was ever reserved', async () => {
    const warehouse = await openWarehouse()
    const [una, otra] = [instalacion(), instalacion()]
    await warehouse.producto(5)
    expect((await enlazar(warehouse, una)).status).toBe(200)
    expect((await enlazar(warehouse, otra, [pedido()])).status).toBe(409)
    expect((await enlazar(warehouse, otra)).status).toBe(200)
    const [first] = await llamadas(warehouse, una, pedido())
    expect(first?.json.codigo).toBe('instalacion-distinta')
  })

  test('alone takes, sees, confirms and releases reservations', async () => {
    const warehouse = await openWarehouse()
    const [una, otra] = [instalacion(), instalacion()]
    const productoId = await warehouse.producto(5)
    await enlazar(warehouse, una)
    const id = pedido()
    await warehouse.reservar(id, [{ productoId, cantidad: 2 }])
    for (const answer of await llamadas(warehouse, otra, id)) {
      expect([answer.status, answer.json.codigo]).toEqual([409, 'instalacion-distinta'])
    }
    expect(await warehouse.existencia(productoId)).toEqual([5, 2])
    const own = await llamadas(warehouse, una, id)
    expect(own.map(({ status }) => status)).toEqual([201, 200, 200, 200, 200, 409])
  })

  test('is not asked of those who name an order, or of staff', async () => {
    const warehouse = await openWarehouse()
    await enlazar(warehouse, instalacion())
    const lista = await warehouse.send('GET', '/reservas?estado=activa', { headers: operador })
    expect(lista.status).toBe(200)
    expect((await warehouse.liberar(pedido())).status).toBe(200)
  })

  test('refuses calls of an installation while the stock is nobody’s', async () => {
    const warehouse = await openWarehouse()
    const [first] = await llamadas(warehouse, instalacion(), pedido())
    expect(first?.json.codigo).toBe('instalacion-distinta')
  })

  test('of stock with a past is only one that shares it', async () => {
    const warehouse = await openWarehouse()
    const id = pedido()
    await warehouse.reservar(id, [{ productoId: await warehouse.producto(5), cantidad: 2 }])
    const [vacia, ajena, suya] = [instalacion(), instalacion(), instalacion()]
    expect((await enlazar(warehouse, vacia)).status).toBe(409)
    expect((await enlazar(warehouse, ajena, [pedido(), pedido()])).status).toBe(409)
    expect((await enlazar(warehouse, suya, [pedido(), id.toUpperCase()])).status).toBe(200)
    expect((await enlazar(warehouse, vacia)).status).toBe(409)
  })

  test('of stock without a past is none that has one', async () => {
    const warehouse = await openWarehouse()
    await warehouse.producto(5)
    expect((await enlazar(warehouse, instalacion(), [pedido()])).status).toBe(409)
    expect((await enlazar(warehouse, instalacion())).status).toBe(200)
  })

  test('may be changed from outside while the service runs', async () => {
    const where = await place()
    const warehouse = await openWarehouse(where)
    const [una, otra] = [instalacion(), instalacion()]
    await enlazar(warehouse, una)
    await warehouse.reservar(pedido(), [{ productoId: await warehouse.producto(1), cantidad: 1 }])
    await change(warehouse.storage, `UPDATE instalacion SET pedidos = '${otra}'`)
    expect((await enlazar(warehouse, otra)).status).toBe(200)
    expect((await enlazar(warehouse, una)).status).toBe(409)
  })

  test('is asked for again after a second, as another process may have given the stock away', async () => {
    const warehouse = await openWarehouse()
    const [una, otra] = [instalacion(), instalacion()]
    await enlazar(warehouse, una)
    await change(warehouse.storage, `UPDATE instalacion SET pedidos = '${otra}'`)
    warehouse.clock.advance(1_000)
    const [first] = await llamadas(warehouse, una, pedido())
    expect(first?.json.codigo).toBe('instalacion-distinta')
    const [suya] = await llamadas(warehouse, otra, pedido())
    expect(suya?.status).toBe(201)
  })

  test('is for service accounts that may reserve', async () => {
    const { send } = await openWarehouse()
    const body = { instalacion: instalacion(), testigos: [] }
    expect((await send('PUT', '/instalacion', { body, headers: operador })).status).toBe(403)
    expect((await send('PUT', '/instalacion', { body })).status).toBe(401)
  })
})
