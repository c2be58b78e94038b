import { change, rows } from '@encargo/storage/testing'
import { describe, expect, test } from 'bun:test'
import { huellaDe } from '@encargo/service-kit/values/idempotency'
import { idsDeClaves } from '../src/domain/identidad-pedido.ts'
import { arrancar, montar, pedir, preparar, rechazo, usuario } from './fixture.ts'

const idDeClave = idsDeClaves(0)
const dia = 24 * 60 * 60 * 1000

async function prepararCompra() {
  const todo = await preparar()
  const shopper = await usuario()
  const productoId = todo.producto(500, 3)
  const body = { lineas: [{ productoId, cantidad: 1 }] }
  const buy = (key: string, other: object = body, headers = shopper.headers) =>
    pedir(todo.app, 'POST', '/pedidos', {
      headers: { ...headers, 'idempotency-key': key },
      body: other,
    })
  return { ...todo, shopper, productoId, body, buy }
}

describe('the id of a key', () => {
  test('is a UUID of version 8, the same each time, and another for another user, key or attempt', () => {
    const id = idDeClave('u', 'k', 0)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(idDeClave('u', 'k', 0)).toBe(id)
    const others = [idDeClave('u2', 'k', 0), idDeClave('u', 'k2', 0), idDeClave('u', 'k', 1)]
    // A separator that a key may hold must not let one user's key look like another's.
    others.push(idDeClave('u","k', '', 0), idDeClave('', 'u","k', 0))
    expect(new Set([id, ...others]).size).toBe(6)
  })

  test('begins with the moment that a key of UUID version 7 tells, and is as much its own', () => {
    const key = '01924c7e-9f3a-7abc-8def-0123456789ab'
    const ids = [
      idDeClave('u', key, 0),
      idDeClave('u', key, 1),
      idDeClave('u2', key, 0),
      idDeClave('u', key.replace('7abc', '7abd'), 0),
      idDeClave('u', key.toUpperCase(), 0),
    ]
    for (const id of ids) {
      expect(id).toMatch(/^01924c7e-9f3a-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    }
    expect(new Set(ids.map((id) => id.slice(15))).size).toBe(5)
    expect(idDeClave('u', key, 0)).toBe(ids[0] ?? '')
    for (const other of [key.replace('7abc', '4abc'), key.replace('8def', 'cdef'), `${key}0`]) {
      expect(idDeClave('u', other, 0)).not.toStartWith('01924c7e')
    }
  })

  test('has no moment of a key that may have been used when there were none', () => {
    const key = '01924c7e-9f3a-7abc-8def-0123456789ab'
    const moment = 0x01924c7e9f3a
    const before = idsDeClaves(Infinity)('u', key, 0)
    expect(before).not.toStartWith('01924c7e')
    expect(idsDeClaves(moment + 1)('u', key, 0)).toBe(before)
    expect(idsDeClaves(moment)('u', key, 0)).toBe(idDeClave('u', key, 0))
  })
})

describe('a purchase with an Idempotency-Key', () => {
  test('is answered again as it was first, and takes stock once', async () => {
    const { buy, inventario, productoId, app, shopper } = await prepararCompra()
    const first = await buy('uno')
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, null])
    const id = String(first.body['id'])
    expect(id).toBe(idDeClave(shopper.id, 'uno', 0))
    await pedir(app, 'PATCH', `/pedidos/${id}`, {
      headers: shopper.headers,
      body: { estado: 'Cancelado' },
    })
    const again = await buy('uno')
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
    expect(again.body).toEqual(first.body)
    for (const name of ['location', 'etag'])
      expect(again.headers.get(name)).toBe(first.headers.get(name))
    expect(inventario.reservas.size).toBe(1)
    expect(inventario.disponible(productoId)).toBe(3)
  })

  test('keeps final refusals, but neither broken requests nor outages', async () => {
    const { buy, producto, inventario, catalogo, productoId, shopper } = await prepararCompra()
    const tooMany = { lineas: [{ productoId, cantidad: 4 }] }
    expect(rechazo(await buy('a', tooMany))).toBe('409 stock-insuficiente')
    inventario.fisico.set(productoId, 10)
    const again = await buy('a', tooMany)
    expect([rechazo(again), again.headers.get('idempotency-replayed')]).toEqual([
      '409 stock-insuficiente',
      'true',
    ])
    expect(again.body['faltantes']).toEqual([{ productoId, solicitado: 4, disponible: 3 }])

    expect(rechazo(await buy('b', { lineas: [] }))).toBe('422 datos-invalidos')
    expect((await buy('b')).status).toBe(201)
    catalogo.caido = true
    const fresh = { lineas: [{ productoId: producto(), cantidad: 1 }] }
    expect(rechazo(await buy('c', fresh))).toBe('503 servicio-no-disponible')
    catalogo.caido = false
    expect((await buy('c', fresh)).status).toBe(201)
    expect(shopper.id).toBeString()
  })

  test('is the same request with its ids in capitals', async () => {
    const { buy, productoId } = await prepararCompra()
    const first = await buy('k')
    const lineas = [{ productoId: productoId.toUpperCase(), cantidad: 1 }]
    const again = await buy('k', { lineas })
    expect([again.status, again.body['id']]).toEqual([201, first.body['id']])
  })

  test('is refused with another body, and free for another user', async () => {
    const { buy, producto } = await prepararCompra()
    expect((await buy('uno')).status).toBe(201)
    const other = { lineas: [{ productoId: producto(), cantidad: 1 }] }
    expect(rechazo(await buy('uno', other))).toBe('422 idempotencia-distinta')
    const stranger = await usuario()
    const theirs = await buy('uno', other, stranger.headers)
    expect([theirs.status, theirs.headers.get('idempotency-replayed')]).toEqual([201, null])
  })

  test('tells who repeats it too early to wait a second, and sells once', async () => {
    const { buy, inventario } = await prepararCompra()
    const arrived = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    inventario.alLlegar = async () => {
      arrived.resolve()
      await go.promise
    }
    const first = buy('uno')
    await arrived.promise
    const second = await buy('uno')
    expect(rechazo(second)).toBe('409 idempotencia-en-curso')
    expect(second.headers.get('retry-after')).toBe('1')
    go.resolve()
    expect((await first).status).toBe(201)
    expect((await buy('uno')).headers.get('idempotency-replayed')).toBe('true')
    expect(inventario.reservas.size).toBe(1)
  })

  test('is refused when the key is longer than 255 or not printable', async () => {
    const { buy } = await prepararCompra()
    for (const key of ['x'.repeat(256), 'ñandú', 'a\tb']) {
      const answer = await buy(key)
      expect(rechazo(answer)).toBe('422 datos-invalidos')
      expect(answer.body['errores']).toMatchObject([{ campo: 'idempotency-key' }])
    }
  })

  test('meets its own reservation after an answer was lost, even for the last unit', async () => {
    const { buy, inventario, productoId, casos } = await prepararCompra()
    inventario.fisico.set(productoId, 1)
    inventario.averia = (operacion) => (operacion === 'reservar' ? 'despues' : undefined)
    expect(rechazo(await buy('uno'))).toBe('503 servicio-no-disponible')
    inventario.averia = () => undefined
    await casos.driver.tick()
    expect((await buy('uno')).status).toBe(201)
    expect([inventario.reservado(productoId), inventario.reservas.size]).toEqual([1, 1])
  })

  test('with other lines after such a loss is another request', async () => {
    const { buy, inventario, productoId } = await prepararCompra()
    inventario.averia = (operacion) => (operacion === 'reservar' ? 'despues' : undefined)
    await buy('uno')
    inventario.averia = () => undefined
    const other = { lineas: [{ productoId, cantidad: 2 }] }
    expect(rechazo(await buy('uno', other))).toBe('422 idempotencia-distinta')
  })

  test('goes on to the next id when its reservation was closed meanwhile', async () => {
    const { buy, inventario, shopper } = await prepararCompra()
    await inventario.liberar(idDeClave(shopper.id, 'uno', 0))
    const bought = await buy('uno')
    expect(bought.body['id']).toBe(idDeClave(shopper.id, 'uno', 1))
  })

  test('is found again by its id: no answer of its own is written, whatever the answer was', async () => {
    const { buy, storage, inventario, producto, productoId } = await prepararCompra()
    const kept = () => rows(storage, 'SELECT clave, numero FROM idempotencia ORDER BY clave')
    const first = await buy('uno')
    expect(first.status).toBe(201)
    expect(await kept()).toEqual([])
    const other = { lineas: [{ productoId: producto(), cantidad: 1 }] }
    expect(rechazo(await buy('uno', other))).toBe('422 idempotencia-distinta')
    expect((await buy('uno')).headers.get('idempotency-replayed')).toBe('true')
    inventario.fisico.set(productoId, 1)
    expect(rechazo(await buy('dos'))).toBe('409 stock-insuficiente')
    expect(await kept()).toEqual([{ clave: 'dos', numero: null }])
  })

  test('that took another attempt is answered again without asking anybody', async () => {
    const { buy, inventario, catalogo, clientes, productoId, shopper } = await prepararCompra()
    await inventario.liberar(idDeClave(shopper.id, 'uno', 0))
    const first = await buy('uno')
    expect(first.body['id']).toBe(idDeClave(shopper.id, 'uno', 1))
    inventario.averia = () => 'antes'
    clientes.caido = true
    catalogo.caido = true
    const again = await buy('uno')
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
    expect(again.body).toEqual(first.body)
    const other = { lineas: [{ productoId, cantidad: 2 }] }
    expect(rechazo(await buy('uno', other))).toBe('422 idempotencia-distinta')
  })

  test('that was answered by an older version of the service is answered again', async () => {
    const { buy, storage, shopper, clock } = await prepararCompra()
    const first = await buy('uno')
    // As orders and answers were written before orders kept a seal.
    await change(storage, 'UPDATE pedidos SET sello = NULL')
    const body = { lineas: first.body['lineas'] as { productoId: string; cantidad: number }[] }
    const asked = {
      lineas: body.lineas.map(({ productoId, cantidad }) => ({ productoId, cantidad })),
    }
    await change(
      storage,
      `INSERT INTO idempotencia (usuario_id, clave, huella, numero, creada_en)
       VALUES ('${shopper.id}', 'uno', '${huellaDe('POST /pedidos', asked)}', 1, ${clock.ms()})`,
    )
    const again = await buy('uno')
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
    expect(again.body).toEqual(first.body)
    clock.advance(dia)
    expect((await buy('uno')).body['id']).toBe(idDeClave(shopper.id, 'uno', 1))
  })

  test('may be used anew after 24 h, for a new order', async () => {
    const { buy, clock, casos, shopper } = await prepararCompra()
    const first = await buy('uno')
    clock.advance(dia - 1)
    expect((await buy('uno')).headers.get('idempotency-replayed')).toBe('true')
    clock.advance(1)
    const second = await buy('uno')
    expect([second.status, second.headers.get('idempotency-replayed')]).toEqual([201, null])
    expect(second.body['id']).toBe(idDeClave(shopper.id, 'uno', 1))
    expect(second.body['id']).not.toBe(first.body['id'])
    clock.advance(dia)
    await casos.driver.tick()
    const third = await buy('uno')
    expect(third.body['id']).toBe(idDeClave(shopper.id, 'uno', 2))
  })

  test('is answered once by two instances that get it at the same moment', async () => {
    const montaje = montar()
    const [one, two] = [await arrancar(montaje), await arrancar(montaje)]
    const productoId = Bun.randomUUIDv7()
    montaje.catalogo.articulos.set(productoId, {
      id: productoId,
      sku: 'S',
      nombre: 'N',
      precio: 1,
      moneda: 'USD',
      activo: true,
    })
    montaje.inventario.fisico.set(productoId, 5)
    const shopper = await usuario()
    const headers = { ...shopper.headers, 'idempotency-key': 'k' }
    const body = { lineas: [{ productoId, cantidad: 1 }] }
    const answers = await Promise.all(
      [one, two].map(({ app }) => pedir(app, 'POST', '/pedidos', { headers, body })),
    )
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    expect(answers[0]?.body).toEqual(answers[1]?.body ?? {})
    expect(montaje.inventario.reservado(productoId)).toBe(1)
  })

  test('of a counter sale is answered as completed', async () => {
    const { app, producto } = await preparar()
    const staff = await usuario({ rol: 'operador' })
    const headers = { ...staff.headers, 'idempotency-key': 'mostrador' }
    const body = { lineas: [{ productoId: producto(), cantidad: 1 }], completar: true }
    const first = await pedir(app, 'POST', '/pedidos', { headers, body })
    const again = await pedir(app, 'POST', '/pedidos', { headers, body })
    expect(first.body['estado']).toBe('Completado')
    expect(again.body).toEqual(first.body)
  })
})
