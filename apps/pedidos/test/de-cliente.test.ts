import { describe, expect, test } from 'bun:test'
import { pedir, preparar, usuario } from './fixture.ts'

describe("a customer's list of orders", () => {
  test('has an order as soon as it is bought, though the purchase writes nothing for it', async () => {
    const { app, storage, producto, casos } = preparar()
    const ana = await usuario()
    const luis = await usuario()
    const body = { lineas: [{ productoId: producto(100, 100), cantidad: 1 }] }
    const comprar = async ({ headers }: typeof ana) =>
      String((await pedir(app, 'POST', '/pedidos', { headers, body })).body['id'])
    const lista = async ({ headers }: typeof ana) => {
      const { datos } = (await pedir(app, 'GET', '/pedidos', { headers })).body
      return Array.isArray(datos) ? datos.map(({ id }: { id: string }) => id) : null
    }
    const anotados = () =>
      storage.client.query('SELECT count(*) AS n FROM pedidos_de_cliente').get()
    const primero = await comprar(ana)
    await comprar(luis)
    expect(anotados()).toEqual({ n: 0 })
    expect(await lista(ana)).toEqual([primero])
    await casos.driver.tick()
    expect(anotados()).toEqual({ n: 2 })
    const segundo = await comprar(ana)
    expect(anotados()).toEqual({ n: 2 })
    expect(await lista(ana)).toEqual([segundo, primero])
    await casos.driver.tick()
    expect(await lista(ana)).toEqual([segundo, primero])
  })
})
