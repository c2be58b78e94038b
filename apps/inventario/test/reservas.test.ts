import { expect, test } from 'bun:test'
import {
  checkInvariants,
  openWarehouse,
  operador,
  pedido,
  plazoSegundos,
  servicio,
} from './fixture.ts'

test('promises every line of an order until it runs out', async () => {
  const { api, producto, existencia, clock } = await openWarehouse()
  const a = await producto(10)
  const b = await producto(3)
  const pedidoId = pedido()
  const { status, data } = await api.reservas({ id: pedidoId }).put(
    {
      lineas: [
        { productoId: b, cantidad: 3 },
        { productoId: a, cantidad: 2 },
      ],
    },
    { headers: servicio },
  )
  expect(status).toBe(201)
  expect(data).toEqual({
    id: pedidoId,
    pedidoId,
    estado: 'activa',
    lineas: [
      { productoId: a, cantidad: 2 },
      { productoId: b, cantidad: 3 },
    ],
    expiraEn: new Date(clock.ms() + plazoSegundos * 1000).toISOString(),
    firme: false,
    creadaEn: clock.now().toISOString(),
    cerradaEn: null,
  })
  expect([await existencia(a), await existencia(b)]).toEqual([
    [10, 2],
    [3, 3],
  ])
})

test('takes no line when one is short, and names every short product', async () => {
  const { producto, reservar, existencia, send, storage } = await openWarehouse()
  const a = await producto(10)
  const b = await producto(1)
  const c = await producto(5)
  const unknown = Bun.randomUUIDv7()
  const pedidoId = pedido()
  const answer = await reservar(pedidoId, [
    { productoId: unknown, cantidad: 1 },
    { productoId: c, cantidad: 5 },
    { productoId: b, cantidad: 2 },
    { productoId: a, cantidad: 10 },
  ])
  expect([answer.status, answer.json.codigo]).toEqual([409, 'stock-insuficiente'])
  expect(answer.json.faltantes).toEqual([
    { productoId: b, solicitado: 2, disponible: 1 },
    { productoId: unknown, solicitado: 1, disponible: 0 },
  ])
  for (const [id, fisico] of [
    [a, 10],
    [b, 1],
    [c, 5],
  ] as const) {
    expect(await existencia(id)).toEqual([fisico, 0])
  }
  const read = await send('GET', `/reservas/${pedidoId}`, { headers: servicio })
  expect(read.status).toBe(404)
  await checkInvariants(storage)
})

test('makes the reservation on a later try when there is stock again', async () => {
  const { producto, reservar, mover } = await openWarehouse()
  const id = await producto(1)
  const pedidoId = pedido()
  expect((await reservar(pedidoId, [{ productoId: id, cantidad: 2 }])).status).toBe(409)
  await mover(id, { tipo: 'ENTRADA', cantidad: 1 })
  expect((await reservar(pedidoId, [{ productoId: id, cantidad: 2 }])).status).toBe(201)
})

test('sums the lines of one product before it looks at the stock', async () => {
  const { producto, reservar, existencia } = await openWarehouse()
  const id = await producto(5)
  const lineas = [
    { productoId: id, cantidad: 3 },
    { productoId: id.toUpperCase(), cantidad: 3 },
  ]
  const short = await reservar(pedido(), lineas)
  expect(short.json.faltantes).toEqual([{ productoId: id, solicitado: 6, disponible: 5 }])
  const fits = await reservar(pedido(), [...lineas.slice(1), { productoId: id, cantidad: 2 }])
  expect(fits.json.lineas).toEqual([{ productoId: id, cantidad: 5 }])
  expect(await existencia(id)).toEqual([5, 5])
})

test('reserves once when the same order asks again, however it writes its lines', async () => {
  const { producto, reservar, existencia, clock } = await openWarehouse()
  const a = await producto(10)
  const b = await producto(10)
  const pedidoId = pedido()
  const first = await reservar(pedidoId, [
    { productoId: a, cantidad: 4 },
    { productoId: b, cantidad: 1 },
  ])
  clock.advance(5_000)
  const again = await reservar(
    pedidoId.toUpperCase(),
    [
      { productoId: b, cantidad: 1 },
      { productoId: a, cantidad: 1 },
      { productoId: a, cantidad: 3 },
    ],
    { expiraEnSegundos: 5 },
  )
  expect([first.status, again.status]).toEqual([201, 200])
  expect(again.json).toEqual(first.json)
  expect(await existencia(a)).toEqual([10, 4])
})

test('refuses other lines for an order that has a reservation', async () => {
  const { producto, reservar, existencia } = await openWarehouse()
  const a = await producto(10)
  const b = await producto(10)
  const pedidoId = pedido()
  await reservar(pedidoId, [{ productoId: a, cantidad: 4 }])
  const others = [
    [{ productoId: a, cantidad: 5 }],
    [{ productoId: b, cantidad: 4 }],
    [
      { productoId: a, cantidad: 4 },
      { productoId: b, cantidad: 1 },
    ],
  ]
  for (const lineas of others) {
    const answer = await reservar(pedidoId, lineas)
    expect([answer.status, answer.json.codigo]).toEqual([409, 'reserva-distinta'])
  }
  expect(await existencia(a)).toEqual([10, 4])
  expect(await existencia(b)).toEqual([10, 0])
})

test('takes the stock out when confirmed, once', async () => {
  const { producto, reservar, confirmar, existencia, storage, clock } = await openWarehouse()
  const id = await producto(10)
  const pedidoId = pedido()
  const lineas = [{ productoId: id, cantidad: 4 }]
  await reservar(pedidoId, lineas)
  clock.advance(1_000)
  const first = await confirmar(pedidoId)
  const cerradaEn = clock.now().toISOString()
  expect(first.json).toMatchObject({ estado: 'confirmada', cerradaEn })
  clock.advance(plazoSegundos * 1000)
  const again = await confirmar(pedidoId)
  expect([first.status, again.status, again.json]).toEqual([200, 200, first.json])
  expect(await existencia(id)).toEqual([6, 0])
  const late = await reservar(pedidoId, lineas)
  expect([late.status, late.json]).toEqual([200, first.json])
  expect(await existencia(id)).toEqual([6, 0])
  await checkInvariants(storage)
})

test('gives the stock back when released, once', async () => {
  const { producto, reservar, liberar, confirmar, existencia, storage } = await openWarehouse()
  const id = await producto(10)
  const pedidoId = pedido()
  await reservar(pedidoId, [{ productoId: id, cantidad: 4 }])
  const first = await liberar(pedidoId)
  const again = await liberar(pedidoId)
  expect([first.status, first.json.estado]).toEqual([200, 'liberada'])
  expect([again.status, again.json]).toEqual([200, first.json])
  expect(await existencia(id)).toEqual([10, 0])
  const late = await confirmar(pedidoId)
  expect([late.status, late.json.codigo]).toEqual([409, 'reserva-cerrada'])
  const put = await reservar(pedidoId, [{ productoId: id, cantidad: 4 }])
  expect([put.status, put.json.codigo]).toEqual([409, 'reserva-cerrada'])
  expect(await existencia(id)).toEqual([10, 0])
  await checkInvariants(storage)
})

test('does not release what was confirmed', async () => {
  const { producto, reservar, liberar, confirmar, existencia } = await openWarehouse()
  const id = await producto(10)
  const pedidoId = pedido()
  await reservar(pedidoId, [{ productoId: id, cantidad: 4 }])
  await confirmar(pedidoId)
  const answer = await liberar(pedidoId)
  expect([answer.status, answer.json.codigo]).toEqual([409, 'reserva-cerrada'])
  expect(await existencia(id)).toEqual([6, 0])
})

test('remembers a release that came before its reservation', async () => {
  const { producto, reservar, liberar, confirmar, existencia, send } = await openWarehouse()
  const id = await producto(10)
  const pedidoId = pedido()
  const first = await liberar(pedidoId)
  expect([first.status, first.json.estado, first.json.lineas]).toEqual([200, 'liberada', []])
  expect((await liberar(pedidoId)).json).toEqual(first.json)
  const late = await reservar(pedidoId, [{ productoId: id, cantidad: 1 }])
  expect([late.status, late.json.codigo]).toEqual([409, 'reserva-cerrada'])
  expect((await confirmar(pedidoId)).status).toBe(409)
  const read = await send('GET', `/reservas/${pedidoId}`, { headers: operador })
  expect(read.json).toEqual(first.json)
  expect(await existencia(id)).toEqual([10, 0])
})

test('knows nothing of an order that never asked', async () => {
  const { confirmar, send } = await openWarehouse()
  const pedidoId = pedido()
  const answer = await confirmar(pedidoId)
  expect([answer.status, answer.json.codigo]).toEqual([404, 'no-encontrado'])
  expect((await send('GET', `/reservas/${pedidoId}`, { headers: servicio })).status).toBe(404)
})

test('lists active reservations from the oldest on, page by page, with their lines', async () => {
  const { api, producto, reservar, confirmar, clock } = await openWarehouse()
  const a = await producto(100)
  const b = await producto(100)
  const pedidos: string[] = []
  for (let n = 1; n <= 5; n++) {
    // Random ids: the order must come from the time, and from the id where times are equal.
    const pedidoId = crypto.randomUUID()
    pedidos.push(pedidoId)
    if (n > 2) clock.advance(1_000)
    await reservar(pedidoId, [
      { productoId: a, cantidad: n },
      { productoId: b, cantidad: 1 },
    ])
  }
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = pedidos
  await confirmar(third)
  const expected = [...[first, second].sort(), fourth, fifth]
  const query = { estado: 'activa', limite: 3 } as const
  const page = await api.reservas.get({ query, headers: servicio })
  const cursor = page.data?.siguiente ?? ''
  const rest = await api.reservas.get({ query: { ...query, cursor }, headers: operador })
  const seen = [page, rest].flatMap(({ data }) => data?.datos ?? [])
  expect(seen.map((one) => one.pedidoId)).toEqual(expected)
  expect(rest.data?.siguiente).toBeNull()
  expect(seen.at(-1)?.lineas).toEqual([
    { productoId: a, cantidad: 5 },
    { productoId: b, cantidad: 1 },
  ])
  const creadasAntesDe = clock.now().toISOString()
  const old = await api.reservas.get({ query: { ...query, creadasAntesDe }, headers: servicio })
  expect(old.data?.datos.map((one) => one.pedidoId)).toEqual(expected.slice(0, 3))
  expect(old.data?.siguiente).toBeNull()
})

test('takes stock for an order a second time, firm, and sells it under the name of the order', async () => {
  const { send, reservar, liberar, confirmar, producto, existencia, storage } =
    await openWarehouse()
  const productoId = await producto(5)
  const lineas = [{ productoId, cantidad: 3 }]
  const [pedidoId, id] = [pedido(), pedido()]
  await reservar(pedidoId, lineas)
  await liberar(pedidoId)
  const otra = { pedidoId: pedidoId.toUpperCase(), firme: true }
  const suya = { id, pedidoId, estado: 'activa', expiraEn: null, firme: true }
  expect(await reservar(id, lineas, otra)).toMatchObject({ status: 201, json: suya })
  expect(await reservar(id, lineas, otra)).toMatchObject({ status: 200, json: suya })
  const ajena = await reservar(id, lineas, { pedidoId: pedido() })
  expect([ajena.status, ajena.json.codigo]).toEqual([409, 'reserva-distinta'])
  const de = await send('GET', `/inventario/${productoId}/reservas`, { headers: operador })
  expect(de.json.datos).toMatchObject([{ id, pedidoId, cantidad: 3, expiraEn: null, firme: true }])
  expect((await confirmar(id)).json).toMatchObject({ id, pedidoId, estado: 'confirmada' })
  const vendido = await send('GET', `/inventario/movimientos?pedidoId=${pedidoId}`, {
    headers: operador,
  })
  expect(vendido.json.datos).toMatchObject([{ tipo: 'VENTA', cantidad: -3, pedidoId }])
  const devuelta = await send('PUT', `/devoluciones/${pedido()}`, {
    body: { pedidoId, lineas: [{ productoId, cantidad: 1 }] },
    headers: servicio,
  })
  expect(devuelta.status).toBe(201)
  expect(await existencia(productoId)).toEqual([3, 0])
  await checkInvariants(storage)
})

test('is firm or runs out, not both', async () => {
  const { reservar, producto, existencia } = await openWarehouse()
  const productoId = await producto(5)
  const ambas = { firme: true, expiraEnSegundos: 60 }
  const answer = await reservar(pedido(), [{ productoId, cantidad: 1 }], ambas)
  expect([answer.status, answer.json.errores[0]?.campo]).toEqual([422, 'firme'])
  expect(await existencia(productoId)).toEqual([5, 0])
})
