import { describe, expect, test } from 'bun:test'
import { pedir, preparar, rechazo, usuario } from './fixture.ts'

type Linea = { productoId: string; cantidad: number }
const hora = 3_600_000

async function tienda() {
  const todo = await preparar()
  const [lucia, pablo, staff] = await Promise.all([
    usuario(),
    usuario(),
    usuario({ rol: 'operador' }),
  ])
  const cafe = todo.producto(500, 1000, { nombre: 'Café de Loja', sku: 'CAF-LOJA-250' })
  const taza = todo.producto(900, 1000, { nombre: 'Taza de Chordeleg', sku: 'COC-TAZA' })
  const comprar = async (
    { headers }: { headers: Record<string, string> },
    productoId: string,
    extra: object = {},
  ) => {
    const lineas: Linea[] = [{ productoId, cantidad: 1 }]
    const { body } = await pedir(todo.app, 'POST', '/pedidos', {
      headers,
      body: { lineas, ...extra },
    })
    return String(body['id'])
  }
  const listar = async (query: string, { headers }: { headers: Record<string, string> }) => {
    const { status, body } = await pedir(todo.app, 'GET', `/pedidos?${query}`, { headers })
    const datos = Array.isArray(body['datos']) ? body['datos'] : []
    return { status, body, ids: datos.map((pedido: { id: string }) => pedido.id) }
  }
  return { ...todo, lucia, pablo, staff, cafe, taza, comprar, listar }
}

describe('the list of orders', () => {
  test('shows everybody their own, newest first, and staff all', async () => {
    const { lucia, pablo, staff, cafe, taza, comprar, listar } = await tienda()
    const a = await comprar(lucia, cafe)
    const b = await comprar(pablo, taza)
    const c = await comprar(lucia, taza)
    expect((await listar('', lucia)).ids).toEqual([c, a])
    expect((await listar('', pablo)).ids).toEqual([b])
    expect((await listar('', staff)).ids).toEqual([c, b, a])
    expect((await listar(`clienteId=${lucia.id.toUpperCase()}`, staff)).ids).toEqual([c, a])
    expect((await listar(`clienteId=${lucia.id}`, lucia)).ids).toEqual([c, a])
    expect((await listar(`clienteId=${lucia.id}`, pablo)).ids).toEqual([])
  })

  test('and each order are there for a program that completes them, which may do nothing more', async () => {
    const { app, lucia, pablo, cafe, comprar, listar } = await tienda()
    const a = await comprar(lucia, cafe)
    const b = await comprar(pablo, cafe)
    const payments = await usuario({ scopes: ['pedidos:completar'] })
    expect((await listar('', payments)).ids).toEqual([b, a])
    expect((await listar(`clienteId=${lucia.id}&estado=Pendiente`, payments)).ids).toEqual([a])
    const { headers } = payments
    const one = await pedir(app, 'GET', `/pedidos/${a}`, { headers })
    expect([one.status, one.body['total']]).toEqual([200, 500])
    const body = { estado: 'Completado' }
    expect((await pedir(app, 'PATCH', `/pedidos/${a}`, { headers, body })).status).toBe(200)
    for (const path of [`/pedidos/${a}/explicacion`, '/pedidos/resumen', '/pedidos/eventos']) {
      expect([path, rechazo(await pedir(app, 'GET', path, { headers }))]).toEqual([
        path,
        '403 prohibido',
      ])
    }
    const stock = await usuario({ scopes: ['inventario:reservar', 'usuarios:leer'] })
    expect(rechazo(await listar('', stock))).toBe('403 prohibido')
    expect(rechazo(await pedir(app, 'GET', `/pedidos/${a}`, stock))).toBe('403 prohibido')
  })

  test('goes on where the page ended while new orders arrive', async () => {
    const { lucia, cafe, comprar, listar } = await tienda()
    const ids: string[] = []
    for (let n = 0; n < 5; n++) ids.unshift(await comprar(lucia, cafe))
    const first = await listar('limite=2', lucia)
    expect(first.ids).toEqual(ids.slice(0, 2))
    await comprar(lucia, cafe)
    const second = await listar(`limite=2&cursor=${String(first.body['siguiente'])}`, lucia)
    expect(second.ids).toEqual(ids.slice(2, 4))
    const last = await listar(`limite=2&cursor=${String(second.body['siguiente'])}`, lucia)
    expect([last.ids, last.body['siguiente']]).toEqual([ids.slice(4), null])
  })

  test('takes a state, and a span of time that is open at its end', async () => {
    const { app, lucia, cafe, comprar, listar, clock } = await tienda()
    const noon = clock.now().toISOString()
    const a = await comprar(lucia, cafe)
    clock.advance(hora)
    const one = clock.now().toISOString()
    const b = await comprar(lucia, cafe)
    clock.advance(24 * hora)
    const c = await comprar(lucia, cafe)
    const body = { estado: 'Cancelado' }
    await pedir(app, 'PATCH', `/pedidos/${b}`, { headers: lucia.headers, body })
    expect((await listar('estado=Pendiente', lucia)).ids).toEqual([c, a])
    expect((await listar('estado=Cancelado', lucia)).ids).toEqual([b])
    expect((await listar(`desde=${noon}&hasta=${one}`, lucia)).ids).toEqual([a])
    expect((await listar(`desde=${one}`, lucia)).ids).toEqual([c, b])
    expect((await listar('desde=2026-01-15&hasta=2026-01-15', lucia)).ids).toEqual([b, a])
    expect((await listar('desde=2030-01-01', lucia)).ids).toEqual([])
    expect((await listar('hasta=2020-01-01', lucia)).ids).toEqual([])
  })

  test('stays in the order of its numbers, and its spans true, when the clock goes back', async () => {
    const { lucia, cafe, comprar, listar, clock } = await tienda()
    const a = await comprar(lucia, cafe)
    clock.advance(-hora)
    const b = await comprar(lucia, cafe)
    const { body, ids } = await listar('', lucia)
    expect(ids).toEqual([b, a])
    const [newer, older] = Array.isArray(body['datos']) ? body['datos'] : []
    expect(newer.creadoEn).toBe(older.creadoEn)
  })

  test('is bounded in bytes: of orders with many lines a page has fewer, each whole, and none is missed', async () => {
    const { app, lucia, producto, listar } = await tienda()
    const lineas = Array.from({ length: 100 }, () => ({
      productoId: producto(500, 1_000, { nombre: 'Café de altura, '.repeat(12) }),
      cantidad: 1,
    }))
    for (let made = 0; made < 30; made++) {
      await pedir(app, 'POST', '/pedidos', { headers: lucia.headers, body: { lineas } })
    }
    const numeros: number[] = []
    let pages = 0
    for (let cursor = ''; ; pages++) {
      const { body } = await listar(`limite=200${cursor}`, lucia)
      expect(JSON.stringify(body).length).toBeLessThan(700_000)
      const datos = body['datos'] as { numero: number; lineas: { productoId: string }[] }[]
      for (const pedido of datos) {
        expect(pedido.lineas.map(({ productoId }) => productoId)).toEqual(
          lineas.map(({ productoId }) => productoId),
        )
      }
      numeros.push(...datos.map(({ numero }) => numero))
      if (body['siguiente'] === null) break
      cursor = `&cursor=${String(body['siguiente'])}`
    }
    expect(numeros).toEqual(Array.from({ length: 30 }, (_, index) => 30 - index))
    expect(pages).toBeGreaterThanOrEqual(2)
  })

  test('finds by number, product, SKU, notes and who receives it, whatever case and accents', async () => {
    const { lucia, pablo, staff, cafe, taza, comprar, listar } = await tienda()
    const direccionEnvio = { nombre: 'Doña Ñusta', calle: 'C', ciudad: 'Q', pais: 'EC' }
    const a = await comprar(lucia, cafe, { notas: 'Dejar en portería' })
    const b = await comprar(pablo, taza, { direccionEnvio })
    for (const q of ['cafe', 'CAFÉ loja', 'caf-loja-250', 'porteria', 'portería', 'lo', '1']) {
      const query = `q=${encodeURIComponent(q)}`
      expect([q, (await listar(query, staff)).ids]).toEqual([q, q === 'lo' ? [] : [a]])
    }
    expect((await listar('q=nusta', staff)).ids).toEqual([b])
    expect((await listar('q=chord', staff)).ids).toEqual([b])
    expect((await listar('q=chordeleg&estado=Pendiente', staff)).ids).toEqual([b])
    expect((await listar('q=chordeleg&estado=Cancelado', staff)).ids).toEqual([])
    expect((await listar('q=de&limite=1', staff)).body['siguiente']).toBeString()
    expect((await listar('q=chordeleg', lucia)).ids).toEqual([])
    expect((await listar(`q=chordeleg&clienteId=${pablo.id}`, staff)).ids).toEqual([b])
  })

  test('finds by what people say: a product in the plural, a SKU without dashes, an order by its name', async () => {
    const { lucia, pablo, staff, cafe, taza, comprar, listar } = await tienda()
    const a = await comprar(lucia, cafe)
    const b = await comprar(pablo, taza, { notas: 'Como el pedido 1' })
    const found = async (q: string, who = staff) =>
      (await listar(`q=${encodeURIComponent(q)}`, who)).ids
    for (const q of ['cafés', 'CAFLOJA250', 'Pedido 1', '#1', 'order 1', 'Pedido nº 1', 'no. 1']) {
      expect([q, await found(q)]).toEqual([q, [a]])
    }
    expect(await found('tazas')).toEqual([b])
    expect(await found('pedido 3')).toEqual([])
    expect(await found('pedido 1', pablo)).toEqual([])
    expect(await found('pedido 2', pablo)).toEqual([b])
    expect(await found('1')).toEqual([b, a])
  })

  test('finds by the customer for staff alone, and by what else the order says while auth is away', async () => {
    const { lucia, pablo, staff, cafe, comprar, listar, clientes } = await tienda()
    const a = await comprar(lucia, cafe)
    const direccionEnvio = {
      nombre: 'Lucía Mora',
      calle: 'C',
      ciudad: 'Q',
      pais: 'EC',
      telefono: '(02) 200-0101',
    }
    const b = await comprar(pablo, cafe, { direccionEnvio })
    clientes.nombres.set(lucia.id, 'Lucía')
    const found = async (q: string, who = staff) =>
      (await listar(`q=${encodeURIComponent(q)}`, who)).ids
    expect(await found('Lucía')).toEqual([b, a])
    for (const q of ['022000101', '+593 2 200 0101', '2000101'])
      expect([q, await found(q)]).toEqual([q, [b]])
    expect((await listar('q=Lucía&limite=1', staff)).ids).toEqual([b])
    expect((await listar(`q=Lucía&clienteId=${pablo.id}`, staff)).ids).toEqual([b])
    expect(await found('Lucía', lucia)).toEqual([])
    // A program may read orders, and nobody's name.
    expect(await found('Lucía', await usuario({ scopes: ['pedidos:completar'] }))).toEqual([b])
    clientes.caido = true
    expect(await found('Lucía')).toEqual([b])
  })

  test.each([
    '" OR 1',
    '*',
    '-',
    'texto:cafe',
    'cafe" OR cliente:"x',
    '%',
    ';DROP TABLE pedidos',
    '(',
    '^a',
    '𞤀a',
  ])('takes any text to search for as words and nothing else: %s', async (q) => {
    const { lucia, cafe, comprar, listar } = await tienda()
    await comprar(lucia, cafe)
    const answer = await listar(`q=${encodeURIComponent(q)}`, lucia)
    expect([answer.status, answer.ids]).toEqual([200, []])
  })

  test.each([
    ['limite=0', 'limite'],
    ['limite=201', 'limite'],
    ['limite=x', 'limite'],
    ['estado=pendiente', 'estado'],
    ['clienteId=1', 'clienteId'],
    ['desde=ayer', 'desde'],
    ['hasta=2026-13-45', 'hasta'],
    ['desde=2026-02-30', 'desde'],
    ['hasta=2026-06-31T10:00:00Z', 'hasta'],
    ['desde=2025-02-29T00:00Z', 'desde'],
    ['hasta=2026-01-01T24:00:00Z', 'hasta'],
    ['hasta=275760-09-13', 'hasta'],
    ['q=', 'q'],
    ['cursor=rubbish', 'cursor'],
    ['cursor=eyJhIjoxfQ', 'cursor'],
    ['cursor=MC41', 'cursor'],
    ['estdo=Pendiente', 'estdo'],
  ])('refuses a query it does not understand, naming the member: %s', async (query, campo) => {
    const { lucia, listar } = await tienda()
    const { status, body } = await listar(query, lucia)
    expect([status, body['codigo']]).toEqual([422, 'datos-invalidos'])
    expect(body['errores']).toMatchObject([{ campo }])
  })
})

describe('one order', () => {
  test('is shown to its owner and to staff, and is not there for anybody else', async () => {
    const { app, lucia, pablo, staff, cafe, comprar } = await tienda()
    const path = `/pedidos/${await comprar(lucia, cafe)}`
    const get = (headers?: Record<string, string>, at = path) =>
      pedir(app, 'GET', at, headers ? { headers } : {})
    expect((await get(lucia.headers)).status).toBe(200)
    expect((await get(staff.headers)).status).toBe(200)
    expect(rechazo(await get(pablo.headers))).toBe('404 no-encontrado')
    expect(rechazo(await get(lucia.headers, `/pedidos/${Bun.randomUUIDv7()}`))).toBe(
      '404 no-encontrado',
    )
    expect(rechazo(await get(lucia.headers, '/pedidos/1'))).toBe('422 datos-invalidos')
    expect(rechazo(await get())).toBe('401 no-autenticado')
    const known = await get({ ...lucia.headers, 'if-none-match': '"1"' })
    expect(known.status).toBe(304)
  })

  test('is explained to staff: every run, its steps, and the reservation as it is now', async () => {
    const { app, lucia, staff, cafe, comprar, inventario, casos, clock } = await tienda()
    const id = await comprar(lucia, cafe)
    const explain = (headers: Record<string, string>) =>
      pedir(app, 'GET', `/pedidos/${id}/explicacion`, { headers })
    inventario.averia = () => 'antes'
    const body = { estado: 'Completado' }
    for (let n = 0; n < 3; n++) {
      await pedir(app, 'PATCH', `/pedidos/${id}`, { headers: staff.headers, body })
    }
    const waiting = await explain(staff.headers)
    expect(waiting.body).toMatchObject({ inventarioResponde: false, reserva: null })
    expect(waiting.body['sucesos']).toMatchObject([
      {
        que: 'comprar',
        quien: lucia.id,
        resultado: 'Pendiente',
        pasos: [
          { paso: 'auth: cliente', resultado: 'activo' },
          { paso: 'productos: precios', resultado: '1 de 1' },
          { paso: 'inventario: reservar', resultado: 'reservada' },
        ],
      },
      { que: 'completar', quien: staff.id, resultado: 'fallo: servicio-no-disponible', veces: 3 },
      { que: 'intención de completar', resultado: 'pendiente: servicio-no-disponible', veces: 3 },
    ])
    inventario.averia = () => undefined
    clock.advance(60_000)
    await casos.driver.tick()
    const done = await explain(staff.headers)
    expect(done.body).toMatchObject({
      estado: 'Completado',
      inventarioResponde: true,
      reserva: { estado: 'confirmada' },
    })
    expect(done.body['sucesos']).toMatchObject([
      { que: 'comprar' },
      { que: 'completar', veces: 3 },
      {
        que: 'completar',
        resultado: 'Completado',
        pasos: [{ paso: 'inventario: confirmar', resultado: 'confirmada' }],
      },
    ])
    await pedir(app, 'POST', `/pedidos/${id}/anulacion`, { ...staff, body: { motivo: 'm' } })
    expect((await explain(staff.headers)).body['sucesos']).toMatchObject([
      ...['comprar', 'completar', 'completar'].map((que) => ({ que })),
      { que: 'anular', quien: staff.id, resultado: 'anulado', pasos: [] },
    ])
    expect(rechazo(await explain(lucia.headers))).toBe('403 prohibido')
    const nowhere = `/pedidos/${Bun.randomUUIDv7()}/explicacion`
    expect(rechazo(await pedir(app, 'GET', nowhere, { headers: staff.headers }))).toBe(
      '404 no-encontrado',
    )
  })
})
