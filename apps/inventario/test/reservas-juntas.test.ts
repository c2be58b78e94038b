import { expect, test } from 'bun:test'
import { checkInvariants, openWarehouse, pedido, servicio } from './fixture.ts'

const headers = servicio

test('takes the reservations of several orders in one call, each by itself', async () => {
  const { api, producto, existencia, storage } = await openWarehouse()
  const a = await producto(10)
  const scarce = await producto(1)
  const [first, second, third] = [pedido(), pedido(), pedido()]
  const answer = await api.reservas.put(
    {
      reservas: [
        { pedidoId: first, lineas: [{ productoId: a, cantidad: 4 }] },
        {
          pedidoId: second,
          lineas: [
            { productoId: a, cantidad: 1 },
            { productoId: scarce, cantidad: 2 },
          ],
        },
        { pedidoId: third, lineas: [{ productoId: a, cantidad: 6 }] },
      ],
    },
    { headers },
  )
  expect(answer.data?.resultados.map(({ resultado }) => resultado)).toEqual([
    'reservada',
    'stock-insuficiente',
    'reservada',
  ])
  expect(answer.data?.resultados[1]).toEqual({
    resultado: 'stock-insuficiente',
    faltantes: [{ productoId: scarce, solicitado: 2, disponible: 1 }],
  })
  expect([await existencia(a), await existencia(scarce)]).toEqual([
    [10, 10],
    [1, 0],
  ])
  await checkInvariants(storage)
})

test('reserves once when the same call comes twice, and tells what is other or closed', async () => {
  const { api, producto, existencia, storage } = await openWarehouse()
  const a = await producto(10)
  const [kept, closed, never] = [pedido(), pedido(), pedido()]
  const lineas = [{ productoId: a, cantidad: 2 }]
  const reservas = [kept, closed].map((pedidoId) => ({ pedidoId, lineas }))
  const first = await api.reservas.put({ reservas }, { headers })
  expect((await api.reservas.put({ reservas }, { headers })).data).toEqual(first.data)
  expect(await existencia(a)).toEqual([10, 4])

  await api.reservas({ id: closed }).confirmar.post({}, { headers })
  await api.reservas({ id: never }).liberar.post({}, { headers })
  const other = { pedidoId: kept, lineas: [{ productoId: a, cantidad: 3 }] }
  const later = await api.reservas.put(
    { reservas: [other, { pedidoId: closed, lineas }, { pedidoId: never, lineas }] },
    { headers },
  )
  expect(later.data?.resultados.map(({ resultado }) => resultado)).toEqual([
    'distinta',
    'cerrada',
    'cerrada',
  ])
  await checkInvariants(storage)
})

test('gives the last unit to one of the orders that name it in the same call', async () => {
  const { api, producto, existencia, storage } = await openWarehouse()
  const last = await producto(1)
  const reservas = Array.from({ length: 32 }, () => ({
    pedidoId: pedido(),
    lineas: [{ productoId: last, cantidad: 1 }],
  }))
  const answer = await api.reservas.put({ reservas }, { headers })
  const taken = answer.data?.resultados.filter(({ resultado }) => resultado === 'reservada')
  expect(taken).toHaveLength(1)
  expect(await existencia(last)).toEqual([1, 1])
  await checkInvariants(storage)
})

test('takes none of a call in which one contradicts itself', async () => {
  const { send, producto, existencia } = await openWarehouse()
  const a = await producto(10)
  const una = { pedidoId: pedido(), lineas: [{ productoId: a, cantidad: 1 }] }
  const body = { reservas: [una, { ...una, pedidoId: pedido(), firme: true, expiraEnSegundos: 9 }] }
  const answer = await send('PUT', '/reservas', { headers, body })
  expect([answer.status, answer.json.codigo]).toEqual([422, 'datos-invalidos'])
  expect(await existencia(a)).toEqual([10, 0])
})

test('refuses more reservations than one call takes, and takes none of them', async () => {
  const { send, producto, existencia } = await openWarehouse()
  const a = await producto(100)
  const reservas = Array.from({ length: 33 }, () => ({
    pedidoId: pedido(),
    lineas: [{ productoId: a, cantidad: 1 }],
  }))
  const body = JSON.stringify({ reservas })
  const answer = await send('PUT', '/reservas', { headers, body })
  expect([answer.status, answer.json.codigo]).toEqual([422, 'datos-invalidos'])
  expect(await existencia(a)).toEqual([100, 0])
})

test('takes among them one for an order that had another, under an id of its own', async () => {
  const { api, send, producto, storage } = await openWarehouse()
  const lineas = [{ productoId: await producto(10), cantidad: 2 }]
  const [pedidoId, id] = [pedido(), pedido()]
  const reservas = [
    { pedidoId, lineas },
    { pedidoId, id, lineas, firme: true as const },
  ]
  const { data } = await api.reservas.put({ reservas }, { headers })
  expect(data?.resultados).toMatchObject([
    { resultado: 'reservada', firme: false },
    { resultado: 'reservada', expiraEn: null, firme: true },
  ])
  for (const one of [pedidoId, id]) {
    expect((await send('GET', `/reservas/${one}`, { headers })).json).toMatchObject({ pedidoId })
  }
  await checkInvariants(storage)
})
