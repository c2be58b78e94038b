import { expect, test } from 'bun:test'
import { statement } from '@encargo/storage'
import { change } from '@encargo/storage/testing'
import { checkInvariants, openWarehouse, pedido, place } from './fixture.ts'

test('keeps reserved stock between nothing and what is there, whoever writes the SQL', async () => {
  const { storage, producto, reservar } = await openWarehouse()
  const id = await producto(10)
  await reservar(pedido(), [{ productoId: id, cantidad: 4 }])
  const attempts = [
    'UPDATE existencias SET reservado = 11',
    'UPDATE existencias SET reservado = -1',
    'UPDATE existencias SET fisico = 3',
    'UPDATE existencias SET fisico = 1000000000001',
    'UPDATE existencias SET umbral_minimo = -1',
    'UPDATE existencias SET faltan = -1',
    'UPDATE existencias SET faltan = fisico + 1',
  ]
  for (const sql of attempts) {
    await expect(change(storage, sql)).rejects.toThrow(/check constraint/i)
  }
  await checkInvariants(storage)
})

test('lets nobody rewrite the ledger, the lines, or a closed reservation', async () => {
  const { storage, producto, reservar, confirmar } = await openWarehouse()
  const id = await producto(10)
  const pedidoId = pedido()
  await reservar(pedidoId, [{ productoId: id, cantidad: 4 }])
  await confirmar(pedidoId)
  const attempts = [
    'UPDATE movimientos SET cantidad = cantidad + 1',
    'DELETE FROM movimientos',
    'UPDATE reserva_lineas SET cantidad = 9',
    'DELETE FROM reserva_lineas',
    `UPDATE reservas SET estado = 'activa', cerrada_en = NULL`,
    'DELETE FROM reservas',
    'DELETE FROM existencias',
  ]
  for (const sql of attempts) await expect(change(storage, sql)).rejects.toThrow()
  await checkInvariants(storage)
})

test('accepts no line of the ledger whose sign or origin does not fit its kind', async () => {
  const { storage, producto } = await openWarehouse()
  const id = await producto(10)
  const anotar = statement<never, [id: string, productoId: string, ...Line]>(
    `INSERT INTO movimientos (secuencia, id, producto_id, tipo, cantidad, fisico_resultante,
       pedido_id, usuario_id, creado_en)
     VALUES ((SELECT max(secuencia) + 1 FROM movimientos), ?1, ?2, ?3, ?4, 10, ?5, ?6, 0)`,
  )
  type Line = [tipo: string, cantidad: number, pedidoId: string | null, usuarioId: string | null]
  const insert = (...[tipo, cantidad, pedidoId, usuarioId]: Line) =>
    storage.write(() => anotar.run(pedido(), id, tipo, cantidad, pedidoId, usuarioId))
  const wrong: Line[] = [
    ['ENTRADA', -1, null, 'u'],
    ['SALIDA', 1, null, 'u'],
    ['VENTA', 1, 'p', null],
    ['VENTA', -1, null, 'u'],
    ['ENTRADA', 1, 'p', 'u'],
    ['AJUSTE', 1, null, null],
    ['REGALO', 1, null, 'u'],
  ]
  for (const line of wrong) {
    await expect(insert(...line)).rejects.toThrow(/check constraint/i)
  }
})

test('has everything again after it is closed and opened', async () => {
  const where = await place()
  const first = await openWarehouse(where)
  const id = await first.producto(10)
  const pedidoId = pedido()
  await first.reservar(pedidoId, [{ productoId: id, cantidad: 4 }])
  await first.mover(id, { tipo: 'ENTRADA', cantidad: 1 }, { 'idempotency-key': 'a' })
  await first.close()

  const { store, storage } = await openWarehouse(where)
  expect(await store.existencia(id)).toMatchObject({ fisico: 11, reservado: 4 })
  expect(await store.reserva(pedidoId)).toMatchObject({ estado: 'activa' })
  await checkInvariants(storage)
})

test('does nothing but answer 503 when its storage cannot serve', async () => {
  const { storage, reservar, mover, producto } = await openWarehouse()
  const id = await producto(1)
  await storage.close()
  const answers = [
    await reservar(pedido(), [{ productoId: id, cantidad: 1 }]),
    await mover(id, { tipo: 'ENTRADA', cantidad: 1 }),
  ]
  for (const answer of answers) {
    expect([answer.status, answer.json.codigo]).toEqual([503, 'almacenamiento-no-disponible'])
    expect(answer.headers.get('retry-after')).not.toBeNull()
  }
})
