import { rows } from '@encargo/storage/testing'
import { describe, expect, test } from 'bun:test'
import { pedir, preparar, usuario } from './fixture.ts'

describe("a customer's list of orders", () => {
  test('has an order as soon as it is bought, though the purchase writes nothing for it', async () => {
    const { app, storage, producto, casos } = await preparar()
    const ana = await usuario()
    const luis = await usuario()
    const body = { lineas: [{ productoId: producto(100, 100), cantidad: 1 }] }
    const comprar = async ({ headers }: typeof ana) =>
      String((await pedir(app, 'POST', '/pedidos', { headers, body })).body['id'])
    const lista = async ({ headers }: typeof ana) => {
      const { datos } = (await pedir(app, 'GET', '/pedidos', { headers })).body
      return Array.isArray(datos) ? datos.map(({ id }: { id: string }) => id) : null
    }
    const anotados = async () => (await rows(storage, 'SELECT * FROM pedidos_de_cliente')).length
    const primero = await comprar(ana)
    await comprar(luis)
    expect(await anotados()).toBe(0)
    expect(await lista(ana)).toEqual([primero])
    await casos.driver.tick()
    expect(await anotados()).toBe(2)
    const segundo = await comprar(ana)
    expect(await anotados()).toBe(2)
    expect(await lista(ana)).toEqual([segundo, primero])
    await casos.driver.tick()
    expect(await lista(ana)).toEqual([segundo, primero])
  })
})
