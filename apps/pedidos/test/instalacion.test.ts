import { afterAll, expect, test } from 'bun:test'
import { testFolder } from '@encargo/service-kit/testing/folder'
import { join } from 'node:path'
import { instalacionDe, leerInicio } from '../src/store/inicio.ts'
import { openPedidosStorage } from '../src/store/sqlite/open.ts'
import { preparar, usuario } from './fixture.ts'

const folder = testFolder('pedidos', (work) => afterAll(work))

test('a database keeps the id that it was made with, and no other has it', async () => {
  const ids = []
  for (const file of ['a.db', 'a.db', 'b.db']) {
    const storage = openPedidosStorage(join(folder, file))
    ids.push((await storage.read(leerInicio)).instalacion)
    await storage.close()
  }
  const [first, again, other] = ids
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(again).toBe(first ?? '')
  expect(other).not.toBe(first ?? '')
})

test('it names its oldest and its newest orders, each once', async () => {
  const { api, storage, producto } = await preparar()
  const inicio = await storage.read(leerInicio)
  const instalacion = instalacionDe(storage, inicio)
  expect(await instalacion.testigos()).toEqual([])
  const { headers } = await usuario()
  const lineas = [{ productoId: producto(100, 100), cantidad: 1 }]
  const bought = []
  for (let n = 0; n < 70; n++)
    bought.push((await api.pedidos.post({ lineas }, { headers })).data?.id)
  const wanted = [...bought.slice(0, 32), ...bought.slice(-32)]
  expect((await instalacion.testigos()).toSorted()).toEqual(wanted.map(String).toSorted())
})
