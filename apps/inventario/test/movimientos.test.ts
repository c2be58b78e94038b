import { expect, test } from 'bun:test'
import { limiteFisico } from '../src/domain/existencia.ts'
import { checkInvariants, cliente, operador, operadorId, openWarehouse, pedido } from './fixture.ts'

test('adds what comes in, takes what goes out, and sets what is counted', async () => {
  const { mover, producto, clock } = await openWarehouse()
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
  const { mover, producto, send, reservar, confirmar, clock } = await openWarehouse()
  const id = await producto(10)
  await mover(id, { tipo: 'AJUSTE', cantidad: 8, motivo: 'Dos rotas' })
  await mover(id, { tipo: 'AJUSTE', cantidad: 8 })
  const pedidoId = pedido()
  await reservar(pedidoId, [{ productoId: id, cantidad: 3 }])
  await confirmar(pedidoId)
  const libro = await send('GET', `/inventario/${id}/movimientos`, { headers: operador })
  const creadoEn = clock.now().toISOString()
  const mio = {
    id: expect.any(String),
    productoId: id,
    creadoEn,
    pedidoId: null,
    usuarioId: operadorId,
  }
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
  const { api, mover, producto } = await openWarehouse()
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

test('lists what an order took of every product, and of no other order', async () => {
  const { api, producto, reservar, confirmar } = await openWarehouse()
  const [cafe, taza] = [await producto(10), await producto(10)]
  const [pedidoId, otro] = [pedido(), pedido()]
  const lineas = [cafe, taza].map((productoId) => ({ productoId, cantidad: 2 }))
  for (const id of [pedidoId, otro]) {
    await reservar(id, lineas)
    await confirmar(id)
  }
  const pedir = async (query: { pedidoId: string; limite?: number; cursor?: string }) =>
    (await api.inventario.movimientos.get({ query, headers: operador })).data
  const vendidas = await pedir({ pedidoId: pedidoId.toUpperCase() })
  const una = { tipo: 'VENTA', pedidoId, cantidad: -2, fisicoResultante: 8 }
  expect(vendidas).toMatchObject({
    datos: [
      { productoId: taza, ...una },
      { productoId: cafe, ...una },
    ],
    siguiente: null,
  })
  const primera = await pedir({ pedidoId, limite: 1 })
  const segunda = await pedir({ pedidoId, limite: 1, cursor: primera?.siguiente ?? '' })
  expect([primera, segunda].flatMap((pagina) => pagina?.datos ?? [])).toEqual(vendidas?.datos ?? [])
  expect(segunda?.siguiente).toBeNull()
  expect((await pedir({ pedidoId: pedido() }))?.datos).toEqual([])
})

test('answers 404 for the ledger and for changes of what is not on record', async () => {
  const { mover, send } = await openWarehouse()
  const id = Bun.randomUUIDv7()
  const libro = await send('GET', `/inventario/${id}/movimientos`, { headers: operador })
  expect([libro.status, libro.json.codigo]).toEqual([404, 'no-encontrado'])
  expect((await mover(id, { tipo: 'ENTRADA', cantidad: 1 })).status).toBe(404)
  expect((await mover(id, { umbralMinimo: 1 })).status).toBe(404)
})

test('takes nothing away that is promised by a departure', async () => {
  const { mover, producto, reservar, existencia, storage } = await openWarehouse()
  const id = await producto(10)
  await reservar(pedido(), [{ productoId: id, cantidad: 7 }])
  const salida = await mover(id, { tipo: 'SALIDA', cantidad: 4 })
  expect([salida.status, salida.json.codigo]).toEqual([409, 'stock-insuficiente'])
  expect(salida.json.faltantes).toEqual([{ productoId: id, solicitado: 4, disponible: 3 }])
  expect(await existencia(id)).toEqual([10, 7])
  await checkInvariants(storage)
})

test('counts what is there though more is promised: nothing more is sold, and what is promised no longer leaves', async () => {
  const { mover, producto, reservar, liberar, existencia, send, storage } = await openWarehouse()
  const id = await producto(10)
  const [primero, segundo] = [pedido(), pedido()]
  await reservar(primero, [{ productoId: id, cantidad: 6 }])
  await reservar(segundo, [{ productoId: id, cantidad: 2 }])
  const contado = await mover(id, { tipo: 'AJUSTE', cantidad: 3, motivo: 'Inventario' })
  expect(contado.status).toBe(200)
  expect(contado.json).toMatchObject({ fisico: 8, reservado: 8, faltan: 5, disponible: 0 })
  const otro = await reservar(pedido(), [{ productoId: id, cantidad: 1 }])
  expect(otro.json.codigo).toBe('stock-insuficiente')
  expect((await mover(id, { tipo: 'SALIDA', cantidad: 1 })).status).toBe(409)

  await liberar(segundo)
  expect(await existencia(id)).toEqual([6, 6])
  await checkInvariants(storage)
  // Repeated it changes nothing.
  await liberar(segundo)
  await liberar(primero)
  expect(await existencia(id)).toEqual([3, 0])
  await checkInvariants(storage)
  const libro = await send('GET', `/inventario/${id}/movimientos`, { headers: operador })
  const motivo = 'Unidades que faltaban al contar y que ya nadie espera'
  expect(libro.json.datos).toMatchObject([
    { tipo: 'AJUSTE', cantidad: -3, fisicoResultante: 3, motivo, usuarioId: operadorId },
    { tipo: 'AJUSTE', cantidad: -2, fisicoResultante: 6, motivo, usuarioId: operadorId },
    {
      cantidad: -2,
      motivo: 'Inventario. Se contaron 3: faltan 5 de las reservadas',
    },
    { tipo: 'ENTRADA' },
  ])
})

test('fills up what is missing by what comes in, by what is found after all, and by orders that are completed', async () => {
  const { mover, producto, reservar, confirmar, store, clock, storage } = await openWarehouse()
  const id = await producto(10)
  const pedidoId = pedido()
  await reservar(pedidoId, [{ productoId: id, cantidad: 4 }], { expiraEnSegundos: 90 })
  await reservar(pedido(), [{ productoId: id, cantidad: 6 }], { expiraEnSegundos: 60 })
  await mover(id, { tipo: 'AJUSTE', cantidad: 1 })
  const vista = async () => {
    const { fisico, reservado, faltan } = (await store.existencia(id)) ?? {}
    await checkInvariants(storage)
    return [fisico, reservado, faltan]
  }
  expect(await vista()).toEqual([10, 10, 9])
  const entrada = await mover(id, { tipo: 'ENTRADA', cantidad: 2 })
  expect(entrada.json).toMatchObject({ fisico: 10, faltan: 7, disponible: 0 })
  await mover(id, { umbralMinimo: 4 })
  expect(await vista()).toEqual([10, 10, 7])
  // Four were handed over, one more than there should have been.
  await confirmar(pedidoId)
  expect(await vista()).toEqual([6, 6, 6])
  await mover(id, { tipo: 'AJUSTE', cantidad: 5 })
  expect(await vista()).toEqual([6, 6, 1])
  clock.advance(61_000)
  await store.expirarVencidas(clock.ms(), 10)
  expect(await vista()).toEqual([5, 0, 0])
})

test('names the orders that a product is promised to, newest first and page by page', async () => {
  const { producto, reservar, liberar, clock, api, send } = await openWarehouse()
  const [id, otro] = [await producto(10), await producto(10)]
  const [uno, ajeno, tres, cuatro] = [pedido(), pedido(), pedido(), pedido()]
  for (const [at, pedidoId] of [uno, ajeno, tres, cuatro].entries()) {
    clock.advance(at === 2 ? 0 : 1_000)
    await reservar(pedidoId, [{ productoId: at === 1 ? otro : id, cantidad: at + 1 }])
  }
  await reservar(pedido(), [{ productoId: otro, cantidad: 1 }])
  const cerrado = pedido()
  await reservar(cerrado, [{ productoId: id, cantidad: 1 }])
  await liberar(cerrado)
  const de = api.inventario({ productoId: id }).reservas
  const first = await de.get({ query: { limite: 2 }, headers: operador })
  const cursor = first.data?.siguiente ?? ''
  const second = await de.get({ query: { limite: 2, cursor }, headers: operador })
  const seen = [first, second].flatMap(({ data }) => data?.datos ?? [])
  expect(seen.map(({ pedidoId, cantidad }) => [pedidoId, cantidad])).toEqual([
    [cuatro, 4],
    [tres, 3],
    [uno, 1],
  ])
  expect(second.data?.siguiente).toBeNull()
  expect((await send('GET', `/inventario/${id}/reservas`, { headers: cliente })).status).toBe(403)
})

test('tells who counted that goods have moved since they looked, and minds no reservation', async () => {
  const { mover, producto, reservar, confirmar, existencia, api } = await openWarehouse()
  const id = await producto(10)
  const ultimo = async () => {
    const { movimientos } = api.inventario({ productoId: id })
    const { data } = await movimientos.get({ query: { limite: 1 }, headers: operador })
    return data?.datos[0]?.id
  }
  const ultimoMovimiento = await ultimo()
  const pedidoId = pedido()
  await reservar(pedidoId, [{ productoId: id, cantidad: 2 }])
  const count = { tipo: 'AJUSTE', cantidad: 9, ultimoMovimiento }
  const key = { 'idempotency-key': 'k' }
  expect((await mover(id, count, key)).status).toBe(200)
  // Its own line is no reason to refuse the same request again.
  expect((await mover(id, count, key)).status).toBe(200)
  await confirmar(pedidoId)
  const inCapitals = (await ultimo())?.toUpperCase()
  const late = await mover(id, { ...count, ultimoMovimiento: inCapitals, cantidad: 8 })
  expect(late.status).toBe(200)
  const stale = await mover(id, count)
  expect([stale.status, stale.json.codigo]).toEqual([412, 'version-distinta'])
  const nothing = await mover(id, { ...count, ultimoMovimiento: null })
  expect(nothing.status).toBe(412)
  expect(await existencia(id)).toEqual([8, 0])
})

test('refuses more than a stock may hold', async () => {
  const { mover, producto, existencia } = await openWarehouse()
  const id = await producto(limiteFisico)
  const answer = await mover(id, { tipo: 'ENTRADA', cantidad: 1 })
  expect([answer.status, answer.json.codigo]).toEqual([409, 'existencia-fuera-de-limite'])
  expect(await existencia(id)).toEqual([limiteFisico, 0])
})

test('changes the threshold without touching the stock, and makes no version of no change', async () => {
  const { mover, producto, existencia } = await openWarehouse()
  const id = await producto(10, 2)
  const changed = await mover(id, { umbralMinimo: 5 })
  expect([changed.json.umbralMinimo, changed.headers.get('etag')]).toEqual([5, '"2"'])
  expect((await mover(id, { umbralMinimo: 5 })).headers.get('etag')).toBe('"2"')
  expect(await existencia(id)).toEqual([10, 0])
})

test('refuses a change of a version that is no longer the last, sales included', async () => {
  const { mover, producto, reservar, existencia } = await openWarehouse()
  const id = await producto(10)
  await reservar(pedido(), [{ productoId: id, cantidad: 1 }])
  const late = await mover(id, { tipo: 'AJUSTE', cantidad: 9 }, { 'if-match': '"1"' })
  expect([late.status, late.json.codigo]).toEqual([412, 'version-distinta'])
  expect(await existencia(id)).toEqual([10, 1])
  const inTime = await mover(id, { tipo: 'AJUSTE', cantidad: 9 }, { 'if-match': '"2"' })
  expect([inTime.status, inTime.headers.get('etag')]).toEqual([200, '"3"'])
})

test('lets one of many through that change the same version at once', async () => {
  const { mover, producto, existencia } = await openWarehouse()
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
  const { mover, producto, existencia, storage } = await openWarehouse()
  const id = await producto(100)
  await Promise.all(
    Array.from({ length: 64 }, (_, n) =>
      mover(id, { tipo: n % 2 ? 'SALIDA' : 'ENTRADA', cantidad: n % 2 ? 1 : 2 }),
    ),
  )
  expect(await existencia(id)).toEqual([132, 0])
  await checkInvariants(storage)
})
