import { change } from '@encargo/storage/testing'
import { expect, test } from 'bun:test'
import { pedir, preparar, usuario } from './fixture.ts'

test('refuses to change what an order was made as, its lines, its history and its end, or to have it run out earlier', async () => {
  const { app, storage, producto } = await preparar()
  const { headers } = await usuario()
  const body = { lineas: [{ productoId: producto(), cantidad: 1 }] }
  const bought = await pedir(app, 'POST', '/pedidos', { headers, body })
  await pedir(app, 'PATCH', `/pedidos/${String(bought.body['id'])}`, {
    headers,
    body: { estado: 'Cancelado' },
  })
  const refused = [
    'UPDATE pedido_lineas SET precio_unitario = 0',
    'DELETE FROM pedido_lineas',
    'UPDATE pedidos SET total = 0',
    "UPDATE pedidos SET cliente_id = 'x'",
    "UPDATE pedidos SET estado = 'Pendiente'",
    "UPDATE pedidos SET intencion = 'completar'",
    'DELETE FROM pedidos',
    "UPDATE pedido_eventos SET actor = 'x'",
    'UPDATE pedidos SET creado_en = 1',
    'UPDATE pedidos SET expira_en = expira_en - 1',
  ]
  for (const sql of refused) await expect(change(storage, sql)).rejects.toThrow()
})
