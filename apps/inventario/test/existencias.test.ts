import { expect, test } from 'bun:test'
import { admin, operador, openWarehouse } from './fixture.ts'

test('opens the stock of a product that the catalogue has', async () => {
  const { api, catalogo, clock } = await openWarehouse()
  const productoId = Bun.randomUUIDv7()
  catalogo.ids.add(productoId)
  const { status, data, response } = await api.inventario.post(
    { productoId, cantidad: 10, umbralMinimo: 3 },
    { headers: operador },
  )
  expect(status).toBe(201)
  expect(data).toEqual({
    productoId,
    fisico: 10,
    reservado: 0,
    faltan: 0,
    disponible: 10,
    umbralMinimo: 3,
    actualizadoEn: clock.now().toISOString(),
  })
  expect(response.headers.get('location')).toBe(`/inventario/${productoId}`)
  expect(response.headers.get('etag')).toBe('"1"')
})

test('opens a stock of zero, without a line in the ledger', async () => {
  const warehouse = await openWarehouse()
  const productoId = await warehouse.producto(0)
  const libro = await warehouse.send('GET', `/inventario/${productoId}/movimientos`, {
    headers: operador,
  })
  expect(libro.json.datos).toEqual([])
  expect(await warehouse.existencia(productoId)).toEqual([0, 0])
})

test('refuses a product that the catalogue does not have', async () => {
  const { send } = await openWarehouse()
  const body = { productoId: Bun.randomUUIDv7(), cantidad: 1 }
  const answer = await send('POST', '/inventario', { body, headers: operador })
  expect([answer.status, answer.json.codigo]).toEqual([422, 'producto-inexistente'])
})

test('refuses a second stock for a product, in whatever case its id is written', async () => {
  const { send, producto, existencia } = await openWarehouse()
  const productoId = await producto(5)
  const body = { productoId: productoId.toUpperCase(), cantidad: 9 }
  const answer = await send('POST', '/inventario', { body, headers: admin })
  expect([answer.status, answer.json.codigo]).toEqual([409, 'inventario-existente'])
  expect(await existencia(productoId)).toEqual([5, 0])
})

test('opens one stock when two ask for the same product at once', async () => {
  const { send, catalogo, existencia } = await openWarehouse()
  const productoId = Bun.randomUUIDv7()
  catalogo.ids.add(productoId)
  const body = { productoId, cantidad: 7 }
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => send('POST', '/inventario', { body, headers: operador })),
  )
  expect(answers.map((answer) => answer.status).sort()).toEqual([
    201,
    ...Array.from({ length: 7 }, () => 409),
  ])
  expect(await existencia(productoId)).toEqual([7, 0])
})

test('answers 503 with Retry-After while the catalogue cannot be asked', async () => {
  const { send, catalogo, store } = await openWarehouse()
  const productoId = Bun.randomUUIDv7()
  catalogo.ids.add(productoId)
  catalogo.go(true)
  const request = { body: { productoId, cantidad: 1 }, headers: operador }
  const answer = await send('POST', '/inventario', request)
  expect([answer.status, answer.json.codigo]).toEqual([503, 'servicio-no-disponible'])
  expect(answer.headers.get('retry-after')).toBe('1')
  expect(await store.existencia(productoId)).toBeUndefined()
  catalogo.go(false)
  expect((await send('POST', '/inventario', request)).status).toBe(201)
})

test('shows one product with its tag, and 304 to whoever has it', async () => {
  const { send, producto } = await openWarehouse()
  const productoId = await producto(5)
  const one = await send('GET', `/inventario/${productoId.toUpperCase()}`, { headers: operador })
  expect([one.status, one.json.productoId, one.json.disponible]).toEqual([200, productoId, 5])
  const again = await send('GET', `/inventario/${productoId}`, {
    headers: { ...operador, 'if-none-match': one.headers.get('etag') ?? '' },
  })
  expect(again.status).toBe(304)
  const none = await send('GET', `/inventario/${Bun.randomUUIDv7()}`, { headers: operador })
  expect([none.status, none.json.codigo]).toEqual([404, 'no-encontrado'])
})

test('lists the stock page by page, each product once, while others are added', async () => {
  const { api, producto } = await openWarehouse()
  const ids: string[] = []
  for (let made = 0; made < 7; made++) ids.push(await producto(made))
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const query = { limite: 3, ...(cursor === undefined ? {} : { cursor }) }
    const { data } = await api.inventario.get({ query, headers: operador })
    seen.push(...(data?.datos ?? []).map((one) => one.productoId))
    cursor = data?.siguiente ?? undefined
    if (seen.length === 3) ids.push(await producto(1))
  } while (cursor !== undefined)
  expect(seen).toEqual(ids)
})

test('lists what must be bought again: available at or below the threshold', async () => {
  const { send, producto, reservar } = await openWarehouse()
  const low = await producto(3, 3)
  const reserved = await producto(10, 4)
  await producto(10, 4)
  const soldOut = await producto(0)
  await reservar(Bun.randomUUIDv7(), [{ productoId: reserved, cantidad: 6 }])
  const lista = await send('GET', '/inventario?bajoMinimo=true', { headers: operador })
  expect(lista.json.datos.map((one) => one['productoId'])).toEqual([low, reserved, soldOut])
  const all = await send('GET', '/inventario?bajoMinimo=false', { headers: operador })
  expect(all.json.datos).toHaveLength(4)
})

test('lists the asked ids only, and leaves unknown ones out', async () => {
  const { send, producto } = await openWarehouse()
  const a = await producto(1)
  await producto(2)
  const c = await producto(3)
  const ids = [c.toUpperCase(), Bun.randomUUIDv7(), a].join(',')
  const lista = await send('GET', `/inventario?ids=${ids}`, { headers: operador })
  expect(lista.json.datos.map((one) => one['productoId'])).toEqual([a, c])
})

test('tells anyone what can be bought, in the order asked, and 0 of what it does not know', async () => {
  const { send, producto, reservar } = await openWarehouse()
  const a = await producto(5)
  const b = await producto(2)
  const unknown = Bun.randomUUIDv7()
  await reservar(Bun.randomUUIDv7(), [{ productoId: a, cantidad: 5 }])
  const answer = await send('GET', `/disponibilidad?ids=${b},${unknown},${a},${b}`)
  expect(answer.status).toBe(200)
  expect(answer.json.datos).toEqual([
    { productoId: b, disponible: 2 },
    { productoId: unknown, disponible: 0 },
    { productoId: a, disponible: 0 },
  ])
})

test('tells of 200 products at once and refuses 201', async () => {
  const { send } = await openWarehouse()
  const ids = Array.from({ length: 201 }, () => Bun.randomUUIDv7())
  const many = await send('GET', `/disponibilidad?ids=${ids.slice(1).join(',')}`)
  expect(many.json.datos).toHaveLength(200)
  expect((await send('GET', `/disponibilidad?ids=${ids.join(',')}`)).status).toBe(422)
})

test('lists by what is available and by the last change, each product once whatever the page', async () => {
  const { send, producto, reservar, clock } = await openWarehouse()
  const five = await producto(5)
  const two = await producto(9)
  const twins = [await producto(7), await producto(7)].toSorted()
  await reservar(Bun.randomUUIDv7(), [{ productoId: two, cantidad: 7 }])
  const walk = async (orden: string, filtro = '') => {
    const seen: unknown[] = []
    let cursor = ''
    do {
      const url = `/inventario?limite=1&orden=${orden}${filtro}${cursor}`
      const { json } = await send('GET', url, { headers: operador })
      seen.push(...json.datos.map((one) => one['productoId']))
      cursor = json.siguiente === null ? '' : `&cursor=${json.siguiente}`
    } while (cursor !== '' && seen.length < 10)
    return seen
  }
  expect(await walk('disponible')).toEqual([two, five, ...twins])
  expect(await walk('-disponible')).toEqual([...twins.toReversed(), five, two])
  expect(await walk('disponible', `&ids=${five},${two}`)).toEqual([two, five])
  clock.advance(1_000)
  const change = { body: { umbralMinimo: 6 }, headers: operador }
  await send('PATCH', `/inventario/${five}`, change)
  expect((await walk('-actualizadoEn'))[0]).toBe(five)
  expect((await walk('actualizadoEn')).length).toBe(4)
  expect(await walk('-disponible', '&bajoMinimo=true')).toEqual([five])
  const first = await send('GET', '/inventario?limite=1&orden=disponible', { headers: operador })
  const other = `/inventario?orden=-disponible&cursor=${first.json.siguiente}`
  expect((await send('GET', other, { headers: operador })).status).toBe(422)
})

test('counts exactly what is on record, what is low and what is sold out', async () => {
  const { send, producto, reservar } = await openWarehouse()
  const all = await producto(3)
  await producto(3, 3)
  await producto(10, 2)
  await producto(0)
  const resumen = async () => {
    const { json } = await send('GET', '/inventario/resumen', { headers: operador })
    return json
  }
  expect(await resumen()).toMatchObject({ productos: 4, bajoMinimo: 2, agotados: 1 })
  await reservar(Bun.randomUUIDv7(), [{ productoId: all, cantidad: 3 }])
  expect(await resumen()).toMatchObject({ productos: 4, bajoMinimo: 3, agotados: 2 })
})
