import { describe, expect, test } from 'bun:test'
import { pedir, preparar, rechazo, usuario } from './fixture.ts'

async function comprado() {
  const todo = await preparar()
  const shopper = await usuario()
  const staff = await usuario({ rol: 'operador' })
  const productoId = todo.producto(1000, 10)
  const lineas = [{ productoId, cantidad: 2 }]
  const bought = await pedir(todo.app, 'POST', '/pedidos', {
    headers: shopper.headers,
    body: { lineas },
  })
  const path = `/pedidos/${String(bought.body['id'])}`
  const patch = (body: unknown, headers: Record<string, string> = staff.headers) =>
    pedir(todo.app, 'PATCH', path, { headers, body })
  const get = () => pedir(todo.app, 'GET', path, { headers: staff.headers })
  return { ...todo, shopper, staff, productoId, path, patch, get }
}

describe('completing', () => {
  test('takes the stock once, however often it is asked for', async () => {
    const { patch, inventario, productoId, staff } = await comprado()
    const done = await patch({ estado: 'Completado' })
    expect([done.status, done.headers.get('etag'), done.body['estado']]).toEqual([
      200,
      '"2"',
      'Completado',
    ])
    expect(done.body['historial']).toMatchObject([
      { estado: 'Pendiente' },
      { estado: 'Completado', actor: staff.id, motivo: null },
    ])
    expect((await patch({ estado: 'Completado' })).body).toEqual(done.body)
    expect(inventario.fisico.get(productoId)).toBe(8)
    expect(rechazo(await patch({ estado: 'Cancelado' }))).toBe('409 transicion-invalida')
  })

  test('is for staff and the payment service, not for the shopper', async () => {
    const { patch, shopper } = await comprado()
    expect(rechazo(await patch({ estado: 'Completado' }, shopper.headers))).toBe('403 prohibido')
    const reader = await usuario({ scopes: ['usuarios:leer'] })
    expect(rechazo(await patch({ estado: 'Completado' }, reader.headers))).toBe('403 prohibido')
    const payments = await usuario({ scopes: ['pedidos:completar'] })
    expect(rechazo(await patch({ estado: 'Cancelado' }, payments.headers))).toBe('403 prohibido')
    expect((await patch({ estado: 'Completado' }, payments.headers)).body['estado']).toBe(
      'Completado',
    )
  })

  test('comes too late for a reservation that ran out: the order is Cancelado', async () => {
    const { patch, get, clock, inventario, productoId } = await comprado()
    clock.advance(86_400_000)
    expect(rechazo(await patch({ estado: 'Completado' }))).toBe('409 transicion-invalida')
    expect((await get()).body).toMatchObject({ estado: 'Cancelado', motivo: expect.any(String) })
    expect(inventario.disponible(productoId)).toBe(10)
  })

  test('of an order whose reservation was lost cancels it and keeps it lost', async () => {
    const { patch, get, inventario } = await comprado()
    const id = String((await get()).body['id'])
    inventario.reservas.delete(id)
    expect(rechazo(await patch({ estado: 'Completado' }))).toBe('409 transicion-invalida')
    expect(inventario.reservas.get(id)?.estado).toBe('liberada')
  })
})

describe('cancelling', () => {
  test('gives the stock back once, for the owner and for staff', async () => {
    const { patch, shopper, inventario, productoId } = await comprado()
    const body = { estado: 'Cancelado', motivo: 'Ya no lo quiero' }
    const done = await patch(body, shopper.headers)
    expect(done.body).toMatchObject({ estado: 'Cancelado', motivo: 'Ya no lo quiero' })
    expect(done.body['historial']).toMatchObject([
      {},
      { actor: shopper.id, motivo: 'Ya no lo quiero' },
    ])
    const again = await patch({ estado: 'Cancelado', motivo: 'Otro' })
    expect(again.body).toEqual(done.body)
    expect([inventario.disponible(productoId), inventario.fisico.get(productoId)]).toEqual([10, 10])
    expect(rechazo(await patch({ estado: 'Completado' }))).toBe('409 transicion-invalida')
  })

  test('comes too late when the stock has left already: the order is Completado', async () => {
    const { patch, get, inventario } = await comprado()
    await inventario.confirmar(String((await get()).body['id']))
    expect(rechazo(await patch({ estado: 'Cancelado' }))).toBe('409 transicion-invalida')
    expect((await get()).body['estado']).toBe('Completado')
  })

  test("of somebody else's order answers 404, as does one that is not there", async () => {
    const { patch, app, shopper } = await comprado()
    const stranger = await usuario()
    expect(rechazo(await patch({ estado: 'Cancelado' }, stranger.headers))).toBe(
      '404 no-encontrado',
    )
    const path = `/pedidos/${Bun.randomUUIDv7()}`
    const body = { estado: 'Cancelado' }
    expect(rechazo(await pedir(app, 'PATCH', path, { headers: shopper.headers, body }))).toBe(
      '404 no-encontrado',
    )
  })

  test('by ten at once happens once', async () => {
    const { patch, get, inventario, productoId } = await comprado()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => patch({ estado: 'Cancelado' })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect((await get()).body['historial']).toHaveLength(2)
    expect(inventario.disponible(productoId)).toBe(10)
  })

  test('and completing at the same moment end as one of the two', async () => {
    const { patch, get, inventario, productoId } = await comprado()
    const answers = await Promise.all([
      patch({ estado: 'Cancelado' }),
      patch({ estado: 'Completado' }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const completed = (await get()).body['estado'] === 'Completado'
    expect(inventario.fisico.get(productoId)).toBe(completed ? 8 : 10)
    expect(inventario.reservado(productoId)).toBe(0)
  })
})

describe('a change of an order', () => {
  test.each([
    ['another state', { estado: 'Pendiente' }, 'estado'],
    ['no state', {}, 'estado'],
    ['a state of another case', { estado: 'completado' }, 'estado'],
    ['a reason for completing', { estado: 'Completado', motivo: 'x' }, 'motivo'],
    ['an empty reason', { estado: 'Cancelado', motivo: ' ' }, 'motivo'],
    ['an overlong reason', { estado: 'Cancelado', motivo: 'x'.repeat(501) }, 'motivo'],
    ['a price', { estado: 'Cancelado', total: 0 }, 'total'],
  ])('is refused with 422 naming the field: %s', async (_, body, campo) => {
    const { patch, get } = await comprado()
    const answer = await patch(body)
    expect(rechazo(answer)).toBe('422 datos-invalidos')
    expect(answer.body['errores']).toMatchObject([{ campo }])
    expect((await get()).body['estado']).toBe('Pendiente')
  })

  test('needs a token, a UUID and a version that is still the current one', async () => {
    const { patch, app, path, staff } = await comprado()
    const body = { estado: 'Cancelado' }
    expect(rechazo(await pedir(app, 'PATCH', path, { body }))).toBe('401 no-autenticado')
    expect(rechazo(await pedir(app, 'PATCH', '/pedidos/1', { headers: staff.headers, body }))).toBe(
      '422 datos-invalidos',
    )
    const late = await patch(body, { ...staff.headers, 'if-match': '"2"' })
    expect(rechazo(late)).toBe('412 version-distinta')
    const inTime = { ...staff.headers, 'if-match': '"1"' }
    expect((await patch(body, inTime)).status).toBe(200)
    // What was asked for is so already: RFC 9110, 13.1.1 allows a success here.
    expect((await patch(body, inTime)).status).toBe(200)
    expect(rechazo(await patch({ estado: 'Completado' }, inTime))).toBe('409 transicion-invalida')
  })

  test('while inventario is away answers 503, is on disk, and is finished by itself', async () => {
    for (const averia of ['antes', 'despues', 'local'] as const) {
      for (const estado of ['Completado', 'Cancelado'] as const) {
        const { patch, get, inventario, productoId, casos, clock } = await comprado()
        inventario.averia = () => averia
        const waiting = await patch({ estado })
        expect(rechazo(waiting)).toBe('503 servicio-no-disponible')
        expect(waiting.headers.get('retry-after')).toBe('1')
        expect(waiting.body['detail']).toContain('se terminará solo')
        expect((await get()).body['estado']).toBe('Pendiente')
        expect(rechazo(await patch({ estado }))).toBe('503 servicio-no-disponible')
        inventario.averia = () => undefined
        clock.advance(60_000)
        await casos.driver.tick()
        expect((await get()).body).toMatchObject({ estado, historial: [{}, { estado }] })
        expect(inventario.reservado(productoId)).toBe(0)
        expect(inventario.fisico.get(productoId)).toBe(estado === 'Completado' ? 8 : 10)
      }
    }
  })

  test('waits for the purpose that is there already, and is judged by its end', async () => {
    const { patch, get, inventario } = await comprado()
    inventario.averia = () => 'antes'
    expect(rechazo(await patch({ estado: 'Cancelado' }))).toBe('503 servicio-no-disponible')
    expect(rechazo(await patch({ estado: 'Completado' }))).toBe('503 servicio-no-disponible')
    inventario.averia = () => undefined
    expect(rechazo(await patch({ estado: 'Completado' }))).toBe('409 transicion-invalida')
    expect((await get()).body['estado']).toBe('Cancelado')
  })
})
