import { expect, test } from 'bun:test'
import { limiteFisico } from '../src/domain/existencia.ts'
import { checkInvariants, operador, operadorId, openWarehouse, pedido } from './fixture.ts'

test('adds what comes in, takes what goes out, and sets what is counted', async () => {
  const { mover, producto, clock } = openWarehouse()
  const id = await producto(10)
  clock.advance(1_000)
  const entrada = await mover(id, { tipo: 'ENTRADA', cantidad: 5 })
  expect([entrada.status, entrada.json.fisico, entrada.headers.get('etag')]).toEqual([
    200,
    15,
    '"2"',
  ])
  expect(entrada.json).toMatchObject({ actualizadoEn: clock.now().toISOString() })
  expect((await mover(id, { tipo: 'SALIDA', cantidad: 3 })).json.fisico).toBe(12)
  expect((await mover(id, { tipo: 'AJUSTE', cantidad: 4 })).json.fisico).toBe(4)
  expect((await mover(id, { tipo: 'AJUSTE', cantidad: 0 })).json.fisico).toBe(0)
})

test('keeps a ledger, newest first, of who did what and of what was sold', async () => {
  const { mover, producto, send, reservar, confirmar, clock } = openWarehouse()
  const id = await producto(10)
  await mover(id, { tipo: 'AJUSTE', cantidad: 8, motivo: 'Dos rotas' })
  await mover(id, { tipo: 'AJUSTE', cantidad: 8 })
  const pedidoId = pedido()
  await reservar(pedidoId, [{ productoId: id, cantidad: 3 }])
  await confirmar(pedidoId)
  const libro = await send('GET', `/inventario/${id}/movimientos`, { headers: operador })
  const creadoEn = clock.now().toISOString()
  const mio = { id: expect.any(String), creadoEn, pedidoId: null, usuarioId: operadorId }
  expect(libro.json.datos).toEqual([
    {
      ...mio,
      tipo: 'VENTA',
      cantidad: -3,
      fisicoResultante: 5,
      motivo: null,
      pedidoId,
      usuarioId: null,
    },
    { ...mio, tipo: 'AJUSTE', cantidad: 0, fisicoResultante: 8, motivo: null },
    { ...mio, tipo: 'AJUSTE', cantidad: -2, fisicoResultante: 8, motivo: 'Dos rotas' },
    { ...mio, tipo: 'ENTRADA', cantidad: 10, fisicoResultante: 10, motivo: 'Existencia inicial' },
  ])
})

test('pages through the ledger without gap or repeat while lines are added', async () => {
  const { api, mover, producto } = openWarehouse()
  const id = await producto(0)
  for (let n = 1; n <= 5; n++) await mover(id, { tipo: 'ENTRADA', cantidad: n })
  const movimientos = api.inventario({ productoId: id }).movimientos
  const first = await movimientos.get({ query: { limite: 2 }, headers: operador })
  await mover(id, { tipo: 'ENTRADA', cantidad: 99 })
  const cursor = first.data?.siguiente ?? ''
  const second = await movimientos.get({ query: { limite: 3, cursor }, headers: operador })
  const seen = [first, second].flatMap(({ data }) => data?.datos.map((one) => one.cantidad) ?? [])
  expect(seen).toEqual([5, 4, 3, 2, 1])
  expect(second.data?.siguiente).toBeNull()
})

test('answers 404 for the ledger and for changes of what is not on record', async () => {
  const { mover, send } = openWarehouse()
  const id = Bun.randomUUIDv7()
  const libro = await send('GET', `/inventario/${id}/movimientos`, { headers: operador })
  expect([libro.status, libro.json.codigo]).toEqual([404, 'no-encontrado'])
  expect((await mover(id, { tipo: 'ENTRADA', cantidad: 1 })).status).toBe(404)
  expect((await mover(id, { umbralMinimo: 1 })).status).toBe(404)
})

test('takes nothing away that is promised, neither by departure nor by count', async () => {
  const { mover, producto, reservar, existencia, storage } = openWarehouse()
  const id = await producto(10)
  await reservar(pedido(), [{ productoId: id, cantidad: 7 }])
  const salida = await mover(id, { tipo: 'SALIDA', cantidad: 4 })
  expect([salida.status, salida.json.codigo]).toEqual([409, 'stock-insuficiente'])
  expect(salida.json.faltantes).toEqual([{ productoId: id, solicitado: 4, disponible: 3 }])
  const ajuste = await mover(id, { tipo: 'AJUSTE', cantidad: 6 })
  expect([ajuste.status, ajuste.json.codigo]).toEqual([409, 'stock-insuficiente'])
  expect((await mover(id, { tipo: 'AJUSTE', cantidad: 7 })).status).toBe(200)
  expect(await existencia(id)).toEqual([7, 7])
  checkInvariants(storage)
})

test('refuses more than a stock may hold', async () => {
  const { mover, producto, existencia } = openWarehouse()
  const id = await producto(limiteFisico)
  const answer = await mover(id, { tipo: 'ENTRADA', cantidad: 1 })
  expect([answer.status, answer.json.codigo]).toEqual([409, 'existencia-fuera-de-limite'])
  expect(await existencia(id)).toEqual([limiteFisico, 0])
})

test('changes the threshold without touching the stock, and makes no version of no change', async () => {
  const { mover, producto, existencia } = openWarehouse()
  const id = await producto(10, 2)
  const changed = await mover(id, { umbralMinimo: 5 })
  expect([changed.json.umbralMinimo, changed.headers.get('etag')]).toEqual([5, '"2"'])
  expect((await mover(id, { umbralMinimo: 5 })).headers.get('etag')).toBe('"2"')
  expect(await existencia(id)).toEqual([10, 0])
})

test('refuses a change of a version that is no longer the last, sales included', async () => {
  const { mover, producto, reservar, existencia } = openWarehouse()
  const id = await producto(10)
  await reservar(pedido(), [{ productoId: id, cantidad: 1 }])
  const late = await mover(id, { tipo: 'AJUSTE', cantidad: 9 }, { 'if-match': '"1"' })
  expect([late.status, late.json.codigo]).toEqual([412, 'version-distinta'])
  expect(await existencia(id)).toEqual([10, 1])
  const inTime = await mover(id, { tipo: 'AJUSTE', cantidad: 9 }, { 'if-match': '"2"' })
  expect([inTime.status, inTime.headers.get('etag')]).toEqual([200, '"3"'])
})

test('lets one of many through that change the same version at once', async () => {
  const { mover, producto, existencia } = openWarehouse()
  const id = await producto(10)
  const answers = await Promise.all(
    Array.from({ length: 8 }, () =>
      mover(id, { tipo: 'ENTRADA', cantidad: 1 }, { 'if-match': '"1"' }),
    ),
  )
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
  expect(answers.filter((answer) => answer.status === 412)).toHaveLength(7)
  expect(await existencia(id)).toEqual([11, 0])
})

test('loses no movement among many at once', async () => {
  const { mover, producto, existencia, storage } = openWarehouse()
  const id = await producto(100)
  await Promise.all(
    Array.from({ length: 64 }, (_, n) =>
      mover(id, { tipo: n % 2 ? 'SALIDA' : 'ENTRADA', cantidad: n % 2 ? 1 : 2 }),
    ),
  )
  expect(await existencia(id)).toEqual([132, 0])
  checkInvariants(storage)
})
