import { expect, test } from 'bun:test'
import { pedir, preparar, rechazo, usuario } from './fixture.ts'

test('an order is said to be ready by staff, once, while it waits', async () => {
  const { app, producto } = await preparar()
  const [cliente, staff] = [await usuario(), await usuario({ rol: 'operador' })]
  const body = { lineas: [{ productoId: producto(), cantidad: 1 }] }
  const { body: pedido } = await pedir(app, 'POST', '/pedidos', { ...cliente, body })
  const path = `/pedidos/${String(pedido['id'])}`
  const listo = ({ headers }: typeof staff, de = path) =>
    pedir(app, 'POST', `${de}/preparado`, { headers })

  expect(rechazo(await listo(cliente))).toBe('403 prohibido')
  expect(rechazo(await listo(staff, `/pedidos/${Bun.randomUUIDv7()}`))).toBe('404 no-encontrado')
  const primera = await listo(staff)
  expect([primera.status, primera.headers.get('etag')]).toEqual([200, '"2"'])
  const suceso = { estado: 'Pendiente', motivo: null, actor: staff.id, tipo: 'envio.preparado' }
  expect(primera.body['historial']).toMatchObject([{ estado: 'Pendiente' }, suceso])
  expect((await listo(staff)).body).toEqual(primera.body)
  expect((await pedir(app, 'GET', path, cliente)).body).toEqual(primera.body)

  await pedir(app, 'PATCH', path, { ...staff, body: { estado: 'Completado' } })
  expect(rechazo(await listo(staff))).toBe('409 transicion-invalida')
})
