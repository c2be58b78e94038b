import { rows } from '@encargo/storage/testing'
import { expect, test } from 'bun:test'
import { checkInvariants, openWarehouse, operador, pedido, servicio } from './fixture.ts'

const uuid = Bun.randomUUIDv7()
const numbers = ['1', '1e3', 0.5, 1.5, -1, null, true, [], {}, 1e13, Number.MAX_VALUE]
const notUuids = ['', 'x', '1', `${uuid}x`, `' OR 1=1 --`, '../inventario', null, 7, [uuid]]

const put = (lineas: unknown, extra: object = {}) => ({ lineas, ...extra })
const cursor = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url')

test('names every broken field of a new stock and keeps nothing', async () => {
  const { send, catalogo, storage } = await openWarehouse()
  catalogo.ids.add(uuid)
  const good = { productoId: uuid, cantidad: 1, umbralMinimo: 0 }
  const bad = [
    ...numbers.map((cantidad) => [{ ...good, cantidad }, 'cantidad'] as const),
    ...numbers.map((umbralMinimo) => [{ ...good, umbralMinimo }, 'umbralMinimo'] as const),
    ...notUuids.map((productoId) => [{ ...good, productoId }, 'productoId'] as const),
    [{ productoId: uuid }, 'cantidad'] as const,
    [{ ...good, fisico: 3 }, 'fisico'] as const,
    [{ ...good, reservado: 3 }, 'reservado'] as const,
  ]
  for (const [body, campo] of bad) {
    const answer = await send('POST', '/inventario', { body, headers: operador })
    expect([answer.status, answer.json.codigo]).toEqual([422, 'datos-invalidos'])
    expect(answer.json.errores.map((one) => one.campo)).toContain(campo)
  }
  expect(await rows(storage, 'SELECT producto_id FROM existencias')).toEqual([])
})

test('names every broken field of a change and changes nothing', async () => {
  const { mover, producto, existencia, storage } = await openWarehouse()
  const id = await producto(5)
  const entrada = { tipo: 'ENTRADA', cantidad: 1 }
  const bad: [body: unknown, campo: string][] = [
    ...numbers.map((cantidad): [unknown, string] => [{ ...entrada, cantidad }, 'cantidad']),
    ...numbers.map((umbralMinimo): [unknown, string] => [{ umbralMinimo }, 'umbralMinimo']),
    [{ tipo: 'ENTRADA', cantidad: 0 }, 'cantidad'],
    [{ tipo: 'SALIDA', cantidad: 0 }, 'cantidad'],
    [{ tipo: 'AJUSTE', cantidad: -1 }, 'cantidad'],
    [{ tipo: 'VENTA', cantidad: 1 }, 'tipo'],
    [{ tipo: 'entrada', cantidad: 1 }, 'tipo'],
    [{ tipo: 'ENTRADA' }, 'cantidad'],
    [{ ...entrada, umbralMinimo: 3 }, 'umbralMinimo'],
    [{ umbralMinimo: 3, fisico: 9 }, 'fisico'],
    [{ ...entrada, motivo: '' }, 'motivo'],
    [{ ...entrada, motivo: 'x'.repeat(501) }, 'motivo'],
    [{ ...entrada, motivo: 'a\u0000b' }, 'motivo'],
    [{ ...entrada, motivo: null }, 'motivo'],
    [{ ...entrada, pedidoId: uuid }, 'pedidoId'],
  ]
  for (const [body, campo] of bad) {
    const answer = await mover(id, body)
    expect([answer.status, answer.json.codigo]).toEqual([422, 'datos-invalidos'])
    expect(answer.json.errores.map((one) => one.campo)).toContain(campo)
  }
  for (const body of [{}, [], 'null', '7', '"ENTRADA"']) {
    expect((await mover(id, body)).status).toBe(422)
  }
  expect(await existencia(id)).toEqual([5, 0])
  await checkInvariants(storage)
})

test('names every broken field of a reservation and promises nothing', async () => {
  const { send, producto, existencia, storage } = await openWarehouse()
  const id = await producto(5)
  const linea = { productoId: id, cantidad: 1 }
  const bad: [body: object, campo: string][] = [
    ...[0, 1_000_001, ...numbers].map((cantidad): [object, string] => [
      put([{ ...linea, cantidad }]),
      'lineas.0.cantidad',
    ]),
    ...notUuids.map((productoId): [object, string] => [
      put([linea, { ...linea, productoId }]),
      'lineas.1.productoId',
    ]),
    ...[0, 30 * 86_400 + 1, ...numbers].map((expiraEnSegundos): [object, string] => [
      put([linea], { expiraEnSegundos }),
      'expiraEnSegundos',
    ]),
    [put([]), 'lineas'],
    [put(Array.from({ length: 101 }, () => linea)), 'lineas'],
    [put(linea), 'lineas'],
    [{}, 'lineas'],
    [put([{ ...linea, precio: 1 }]), 'lineas.0.precio'],
    [put([linea], { estado: 'confirmada' }), 'estado'],
  ]
  for (const [body, campo] of bad) {
    const answer = await send('PUT', `/reservas/${pedido()}`, { body, headers: servicio })
    expect([answer.status, answer.json.codigo]).toEqual([422, 'datos-invalidos'])
    expect(answer.json.errores.map((one) => one.campo)).toContain(campo)
  }
  expect(await existencia(id)).toEqual([5, 0])
  await checkInvariants(storage)
})

test('takes the largest order that the contract allows', async () => {
  const { reservar, producto, existencia } = await openWarehouse()
  const id = await producto(100_000_000)
  const lineas = Array.from({ length: 100 }, () => ({ productoId: id, cantidad: 1_000_000 }))
  const answer = await reservar(pedido(), lineas, { expiraEnSegundos: 30 * 86_400 })
  expect(answer.status).toBe(201)
  expect(await existencia(id)).toEqual([100_000_000, 100_000_000])
})

test('refuses ids in paths and queries that are no UUIDs', async () => {
  const { send } = await openWarehouse()
  for (const id of ['x', '1', `${uuid}x`, encodeURIComponent(`' OR 1=1 --`), '%01', '%2e%2e%2fa']) {
    const requests = [
      ['GET', `/inventario/${id}`, operador, 'productoId'],
      ['GET', `/inventario/${id}/movimientos`, operador, 'productoId'],
      ['GET', `/reservas/${id}`, servicio, 'id'],
      ['POST', `/reservas/${id}/confirmar`, servicio, 'id'],
      ['POST', `/reservas/${id}/liberar`, servicio, 'id'],
      ['GET', `/disponibilidad?ids=${id}`, {}, 'ids'],
      ['GET', `/inventario?ids=${uuid},${id}`, operador, 'ids'],
    ] as const
    for (const [method, path, headers, campo] of requests) {
      const answer = await send(method, path, { headers })
      expect([path, answer.status]).toEqual([path, 422])
      expect(answer.json.errores.map((one) => one.campo)).toContain(campo)
    }
  }
  // No text holds it: a query is refused as a whole, whatever it asks.
  expect((await send('GET', '/reservas/%00', { headers: servicio })).status).toBe(422)
  expect((await send('GET', '/disponibilidad?ids=%00')).status).toBe(400)
})

test('refuses queries that it does not understand', async () => {
  const { send, producto } = await openWarehouse()
  const id = await producto(1)
  const rubbish = [
    'x',
    '%01',
    'e30',
    cursor([]),
    cursor({ a: 1 }),
    cursor(-1),
    cursor('x'),
    'a'.repeat(1025),
  ]
  const lists = ['/inventario?', `/inventario/${id}/movimientos?`, '/reservas?estado=activa&']
  for (const list of lists) {
    const queries = [
      ...rubbish.map((text) => `cursor=${text}`),
      'limite=0',
      'limite=201',
      'limite=1.5',
      'limite=x',
      'desconocido=1',
    ]
    for (const query of queries) {
      const answer = await send('GET', `${list}${query}`, { headers: operador })
      expect([list, query, answer.status]).toEqual([list, query, 422])
    }
  }
  const others = [
    '/inventario?bajoMinimo=quiza',
    '/reservas',
    '/reservas?estado=confirmada',
    '/reservas?estado=activa&creadasAntesDe=ayer',
    '/reservas?estado=activa&creadasAntesDe=2026-13-45T00:00:00.000Z',
    '/reservas?estado=activa&creadasAntesDe=2026-02-30T00:00:00.000Z',
  ]
  for (const path of others) {
    const answer = await send('GET', path, { headers: operador })
    expect([path, answer.status]).toEqual([path, 422])
  }
  expect((await send('GET', '/disponibilidad')).status).toBe(422)
  const page = await send('GET', '/inventario?limite=200', { headers: operador })
  expect(page.status).toBe(200)
})

test('refuses bodies that are not JSON, are too large, or come where none belongs', async () => {
  const { send, mover, producto, existencia } = await openWarehouse()
  const id = await producto(5)
  expect((await mover(id, '{"tipo":')).status).toBe(400)
  const large = JSON.stringify({ tipo: 'ENTRADA', cantidad: 1, motivo: 'x'.repeat(1024 * 1024) })
  expect((await mover(id, large)).status).toBe(413)
  const xml = { body: '<a/>', headers: { ...operador, 'content-type': 'text/xml' } }
  expect((await send('PATCH', `/inventario/${id}`, xml)).status).toBe(415)
  const path = `/reservas/${pedido()}/liberar`
  const forced = await send('POST', path, { body: { forzar: true }, headers: servicio })
  expect([forced.status, forced.json.errores[0]?.campo]).toEqual([422, 'forzar'])
  expect((await send('POST', path, { body: {}, headers: servicio })).status).toBe(200)
  expect(await existencia(id)).toEqual([5, 0])
})

test('keeps text that looks like SQL or markup as the text that it is', async () => {
  const { mover, producto, send } = await openWarehouse()
  const id = await producto(5)
  const motivo = `'); DROP TABLE movimientos; -- <script>alert(1)</script> ñ 💥`
  expect((await mover(id, { tipo: 'ENTRADA', cantidad: 1, motivo })).status).toBe(200)
  const libro = await send('GET', `/inventario/${id}/movimientos`, { headers: operador })
  expect(libro.json.datos[0]?.['motivo']).toBe(motivo)
})
