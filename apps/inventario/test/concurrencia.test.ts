import { expect, test } from 'bun:test'
import { checkInvariants, openWarehouse, pedido } from './fixture.ts'

function count(answers: readonly { readonly status: number }[], status: number): number {
  return answers.filter((answer) => answer.status === status).length
}

test('sells exactly 10 of 10 units to 32 buyers at once', async () => {
  const { producto, reservar, confirmar, existencia, storage } = await openWarehouse()
  const id = await producto(10)
  const answers = await Promise.all(
    Array.from({ length: 32 }, async () => {
      const pedidoId = pedido()
      const reserva = await reservar(pedidoId, [{ productoId: id, cantidad: 1 }])
      return reserva.status === 201 ? await confirmar(pedidoId) : reserva
    }),
  )
  expect([count(answers, 200), count(answers, 409)]).toEqual([10, 22])
  expect(await existencia(id)).toEqual([0, 0])
  await checkInvariants(storage)
})

test('reserves once when the same order asks 32 times at once', async () => {
  const { producto, reservar, existencia } = await openWarehouse()
  const id = await producto(10)
  const pedidoId = pedido()
  const answers = await Promise.all(
    Array.from({ length: 32 }, () => reservar(pedidoId, [{ productoId: id, cantidad: 3 }])),
  )
  expect([count(answers, 201), count(answers, 200)]).toEqual([1, 31])
  expect(await existencia(id)).toEqual([10, 3])
})

test('takes the stock out once when 32 confirm at once', async () => {
  const { producto, reservar, confirmar, existencia, storage } = await openWarehouse()
  const id = await producto(10)
  const pedidoId = pedido()
  await reservar(pedidoId, [{ productoId: id, cantidad: 3 }])
  const answers = await Promise.all(Array.from({ length: 32 }, () => confirmar(pedidoId)))
  expect(count(answers, 200)).toBe(32)
  expect(await existencia(id)).toEqual([7, 0])
  await checkInvariants(storage)
})

test('lets a reservation either be confirmed or released, never both', async () => {
  const { producto, reservar, confirmar, liberar, existencia, storage } = await openWarehouse()
  const id = await producto(100)
  for (let round = 0; round < 10; round++) {
    const pedidoId = pedido()
    await reservar(pedidoId, [{ productoId: id, cantidad: 1 }])
    const [before] = await existencia(id)
    const both = [confirmar, liberar]
    if (round % 2) both.reverse()
    const answers = await Promise.all(both.map((close) => close(pedidoId)))
    expect([count(answers, 200), count(answers, 409)]).toEqual([1, 1])
    const [after] = await existencia(id)
    expect((before ?? 0) - (after ?? 0)).toBe(round % 2 ? 0 : 1)
  }
  await checkInvariants(storage)
})

test('sells whole orders only when orders of several lines cross each other', async () => {
  const { producto, reservar, existencia, storage } = await openWarehouse()
  const a = await producto(20)
  const b = await producto(20)
  const answers = await Promise.all(
    Array.from({ length: 32 }, (_, n) => {
      const lineas = [
        { productoId: a, cantidad: 1 },
        { productoId: b, cantidad: 2 },
      ]
      return reservar(pedido(), n % 2 ? lineas : lineas.toReversed())
    }),
  )
  expect([count(answers, 201), count(answers, 409)]).toEqual([10, 22])
  expect([await existencia(a), await existencia(b)]).toEqual([
    [20, 10],
    [20, 20],
  ])
  await checkInvariants(storage)
})
