import { describe, expect, test } from 'bun:test'
import { pedir, preparar, rechazo, usuario } from './fixture.ts'

const hora = 60 * 60 * 1000
const dia = 24 * hora

async function comprado() {
  const todo = await preparar()
  const shopper = await usuario()
  const staff = await usuario({ rol: 'operador' })
  const productoId = todo.producto(500, 10)
  const { body } = await pedir(todo.app, 'POST', '/pedidos', {
    headers: shopper.headers,
    body: { lineas: [{ productoId, cantidad: 2 }] },
  })
  const path = `/pedidos/${String(body['id'])}`
  const en = (ms: number) => new Date(todo.clock.ms() + ms).toISOString()
  const prorrogar = (expiraEn: string, headers = staff.headers) =>
    pedir(todo.app, 'POST', `${path}/prorrogar`, { headers, body: { expiraEn } })
  const leer = () => pedir(todo.app, 'GET', path, staff)
  const pasar = async (ms: number) => {
    todo.clock.advance(ms)
    todo.inventario.expirar()
    await todo.casos.driver.tick()
  }
  return { ...todo, shopper, staff, productoId, path, en, prorrogar, leer, pasar }
}

describe('holding the stock of an order for longer', () => {
  test('puts its end off, here and in inventario, and is in its story', async () => {
    const { app, staff, path, en, prorrogar, leer, pasar, inventario, productoId } =
      await comprado()
    const hasta = en(4 * dia)
    const answer = await prorrogar(hasta)
    expect([answer.status, answer.body['expiraEn']]).toEqual([200, hasta])
    expect(answer.headers.get('etag')).toBe('"2"')
    expect((await leer()).body).toEqual(answer.body)
    const { body } = await pedir(app, 'GET', `${path}/explicacion`, staff)
    expect(body['sucesos']).toMatchObject([
      { que: 'comprar' },
      { que: 'prorrogar', quien: staff.id, pasos: [{ resultado: 'prorrogada' }] },
    ])
    await pasar(3 * dia)
    expect((await leer()).body['estado']).toBe('Pendiente')
    expect(inventario.reservado(productoId)).toBe(2)
    await pasar(dia)
    expect((await leer()).body['estado']).toBe('Cancelado')
    expect(inventario.reservado(productoId)).toBe(0)
  })

  test('is only ever for later: an earlier moment, or the same again, changes nothing', async () => {
    const { en, prorrogar, leer } = await comprado()
    const hasta = en(2 * dia)
    await prorrogar(hasta)
    for (const earlier of [hasta, en(hora), en(-dia)]) {
      const { status, body } = await prorrogar(earlier)
      expect([status, body['expiraEn']]).toEqual([200, hasta])
    }
    expect((await leer()).headers.get('etag')).toBe('"2"')
  })

  test('is granted to each who ask at once, as long as the longest of them', async () => {
    const { en, prorrogar, leer } = await comprado()
    const dias = [2, 5, 3, 4].map((n) => en(n * dia))
    const answers = await Promise.all(dias.map((hasta) => prorrogar(hasta)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect((await leer()).body['expiraEn']).toBe(en(5 * dia))
  })

  test('is bounded by 30 days, and a moment must be one', async () => {
    const { en, prorrogar } = await comprado()
    expect((await prorrogar(en(30 * dia))).status).toBe(200)
    for (const bad of [en(30 * dia + 1), 'mañana', '2026-02-30']) {
      const { status, body } = await prorrogar(bad)
      expect([status, body['errores']]).toMatchObject([422, [{ campo: 'expiraEn' }]])
    }
  })

  test('is for staff, and for orders that wait', async () => {
    const { app, staff, shopper, path, en, prorrogar } = await comprado()
    expect(rechazo(await prorrogar(en(2 * dia), shopper.headers))).toBe('403 prohibido')
    await pedir(app, 'PATCH', path, { headers: staff.headers, body: { estado: 'Completado' } })
    expect(rechazo(await prorrogar(en(2 * dia)))).toBe('409 transicion-invalida')
    const nobodys = `/pedidos/${Bun.randomUUIDv7()}/prorrogar`
    const unknown = await pedir(app, 'POST', nobodys, {
      headers: staff.headers,
      body: { expiraEn: en(dia) },
    })
    expect(rechazo(unknown)).toBe('404 no-encontrado')
  })

  test('comes too late for a reservation that ran out', async () => {
    const { clock, inventario, en, prorrogar, leer, pasar } = await comprado()
    clock.advance(dia)
    inventario.expirar()
    expect(rechazo(await prorrogar(en(dia)))).toBe('409 transicion-invalida')
    await pasar(0)
    expect((await leer()).body['estado']).toBe('Cancelado')
  })

  test('that inventario never heard of, or whose answer was lost, is made up for by asking again', async () => {
    const { inventario, en, prorrogar, leer } = await comprado()
    const before = (await leer()).body['expiraEn']
    const hasta = en(3 * dia)
    for (const averia of ['antes', 'despues'] as const) {
      inventario.averia = () => averia
      expect(rechazo(await prorrogar(hasta))).toBe('503 servicio-no-disponible')
      expect((await leer()).body['expiraEn']).toBe(before)
    }
    inventario.averia = () => undefined
    expect((await prorrogar(hasta)).body['expiraEn']).toBe(hasta)
  })

  test('loses to whoever ends the order meanwhile', async () => {
    const { app, shopper, path, inventario, en, prorrogar, leer } = await comprado()
    inventario.alLlegar = async (operacion) => {
      if (operacion !== 'prorrogar') return
      inventario.alLlegar = async () => undefined
      await pedir(app, 'PATCH', path, { headers: shopper.headers, body: { estado: 'Cancelado' } })
    }
    expect(rechazo(await prorrogar(en(3 * dia)))).toBe('409 transicion-invalida')
    expect((await leer()).body['estado']).toBe('Cancelado')
  })
})

describe('the orders that run out first', () => {
  test('come first, page by page, for staff; what is ending and what has ended is not among them', async () => {
    const { app, staff, shopper, productoId, clock, inventario } = await comprado()
    const headers = shopper.headers
    const listar = async (query: string, who = staff) => {
      const { status, body } = await pedir(app, 'GET', `/pedidos?orden=expiraEn${query}`, who)
      const datos = (body['datos'] ?? []) as { numero: number }[]
      return { status, numeros: datos.map(({ numero }) => numero), body }
    }
    const ids: string[] = []
    for (let made = 0; made < 5; made++) {
      clock.advance(1_000)
      const body = { lineas: [{ productoId, cantidad: 1 }] }
      ids.push(String((await pedir(app, 'POST', '/pedidos', { headers, body })).body['id']))
    }
    const body = { expiraEn: new Date(clock.ms() + 3 * dia).toISOString() }
    await pedir(app, 'POST', `/pedidos/${ids[0]}/prorrogar`, { headers: staff.headers, body })
    const estado = { estado: 'Cancelado' }
    await pedir(app, 'PATCH', `/pedidos/${ids[1]}`, { headers, body: estado })
    inventario.averia = () => 'antes'
    await pedir(app, 'PATCH', `/pedidos/${ids[2]}`, { headers, body: estado })
    const first = await listar('&limite=2')
    expect(first.numeros).toEqual([1, 5])
    const second = await listar(`&limite=2&cursor=${String(first.body['siguiente'])}`)
    expect([second.numeros, second.body['siguiente']]).toEqual([[6, 2], null])
    expect((await listar(`&clienteId=${Bun.randomUUIDv7()}`)).numeros).toEqual([])
    expect((await listar('&estado=Pendiente')).numeros).toEqual([1, 5, 6, 2])
    for (const query of ['&q=taza', '&desde=2026-01-01', '&estado=Cancelado']) {
      expect([query, (await listar(query)).status]).toEqual([query, 422])
    }
    expect((await listar('', shopper)).status).toBe(403)
  })
})
