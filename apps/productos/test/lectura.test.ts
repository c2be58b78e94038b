import { describe, expect, test } from 'bun:test'
import { cliente, crear, openShop, operador, operadorId, type Shop } from './fixture.ts'

const nombres = (answer: { json: { datos: readonly { nombre: string }[] } }) =>
  answer.json.datos.map((producto) => producto.nombre)

async function list(shop: Shop, query: string) {
  const answer = await shop.send('GET', `/productos?${query}`)
  expect(answer.status).toBe(200)
  return nombres(answer)
}

describe('GET /productos/:id', () => {
  test('answers every field of the contract, with an ETag', async () => {
    const shop = await openShop()
    const { id } = await crear(shop, { sku: 'A-1', nombre: 'Té', precio: 250 })
    const answer = await shop.send('GET', `/productos/${id.toUpperCase()}`)
    expect(answer.headers.get('etag')).toBe('"1"')
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect<unknown>(answer.json).toEqual({
      id,
      sku: 'A-1',
      nombre: 'Té',
      descripcion: '',
      precio: 250,
      moneda: 'USD',
      categoria: null,
      imagenUrl: null,
      atributos: {},
      claseImpuesto: 'general',
      pesoGramos: null,
      activo: true,
      version: 1,
      creadoEn: '2026-01-15T12:00:00.000Z',
      actualizadoEn: '2026-01-15T12:00:00.000Z',
    })
  })

  test('answers 304 without a body to whoever has this version, and 200 after an edit', async () => {
    const shop = await openShop()
    const { id } = await crear(shop)
    for (const tag of ['"1"', 'W/"1"', '"7", "1"', '*']) {
      const answer = await shop.send('GET', `/productos/${id}`, {
        headers: { 'if-none-match': tag },
      })
      expect([answer.status, answer.json, answer.headers.get('etag')]).toEqual([304, null, '"1"'])
      expect(answer.headers.get('x-request-id')).toHaveLength(32)
    }
    await shop.send('PATCH', `/productos/${id}`, { body: { precio: 5 }, headers: operador })
    const headers = { 'if-none-match': '"1"' }
    expect((await shop.send('GET', `/productos/${id}`, { headers })).json.version).toBe(2)
  })

  test('answers 404 for an unknown id, also to a conditional request, and 422 for no id', async () => {
    const shop = await openShop()
    const headers = { 'if-none-match': '*' }
    const unknown = await shop.send('GET', `/productos/${Bun.randomUUIDv7()}`, { headers })
    expect([unknown.status, unknown.json.codigo]).toEqual([404, 'no-encontrado'])
    for (const id of ['1', 'null', '%00', "'%20OR%201=1", `${Bun.randomUUIDv7()}0`]) {
      const answer = await shop.send('GET', `/productos/${id}`)
      expect([answer.status, answer.json.errores[0]?.campo]).toEqual([422, 'id'])
    }
  })
})

describe('GET /productos?ids', () => {
  test('answers in the order asked for, without the unknown ones, archived ones included', async () => {
    const shop = await openShop()
    const [a, b, c] = [await crear(shop), await crear(shop), await crear(shop)]
    await shop.send('DELETE', `/productos/${b.id}`, { headers: operador })
    const ids = [c.id, Bun.randomUUIDv7(), b.id.toUpperCase(), a.id, c.id].join(',')
    const { json } = await shop.send('GET', `/productos?ids=${ids}`)
    const seen = json.datos.map((one) => [one.id, one.activo])
    expect(seen).toEqual([[c.id, true], [b.id, false], [a.id, true]]) // prettier-ignore
    expect(json.siguiente).toBeNull()
  })

  test('finds words among the ids asked for, archived ones too', async () => {
    const shop = await openShop()
    const taza = await crear(shop, { sku: 'T-1', nombre: 'Taza de barro' })
    const vieja = await crear(shop, { sku: 'T-2', nombre: 'Tazas viejas' })
    await crear(shop, { sku: 'T-3', nombre: 'Otra taza' })
    const plato = await crear(shop, { sku: 'P-1', nombre: 'Plato' })
    await shop.send('DELETE', `/productos/${vieja.id}`, { headers: operador })
    const ids = [vieja.id, plato.id, taza.id].join()
    const halladas = async (q: string) => {
      const { json } = await shop.send('GET', `/productos?ids=${ids}&q=${q}`)
      return json.datos.map(({ sku }) => sku)
    }
    expect(await halladas('taza')).toEqual(['T-2', 'T-1'])
    expect(await halladas('t-1')).toEqual(['T-1'])
    expect(await halladas('%20')).toEqual(['T-2', 'P-1', 'T-1'])
    expect(await halladas('-')).toEqual([])
  })

  test('takes 200 ids and refuses 201', async () => {
    const shop = await openShop()
    const ids = Array.from({ length: 201 }, () => Bun.randomUUIDv7())
    expect((await shop.send('GET', `/productos?ids=${ids.slice(1).join()}`)).status).toBe(200)
    const many = await shop.send('GET', `/productos?ids=${ids.join()}`)
    expect([many.status, many.json.errores[0]?.campo]).toEqual([422, 'ids'])
  })

  test('refuses what is not an id, and whatever it would have to ignore', async () => {
    const shop = await openShop()
    const id = Bun.randomUUIDv7()
    const refused: [string, string][] = [
      ['ids=1', 'ids'],
      [`ids=${id},x`, 'ids'],
      [`ids=${id}&categoria=a`, 'categoria'],
      [`ids=${id}&orden=precio`, 'orden'],
      [`ids=${id}&archivados=false`, 'archivados'],
      [`ids=${id}&precioMin=0`, 'precioMin'],
      [`ids=${id}&cursor=a`, 'cursor'],
      [`ids=${id},${Bun.randomUUIDv7()}&limite=1`, 'limite'],
    ]
    for (const [query, campo] of refused) {
      const answer = await shop.send('GET', `/productos?${query}`)
      expect([query, answer.status, answer.json.errores[0]?.campo]).toEqual([query, 422, campo])
    }
  })

  test('no ids at all are an empty list', async () => {
    const shop = await openShop()
    await crear(shop)
    expect(await list(shop, 'ids=')).toEqual([])
  })
})

async function stocked() {
  const shop = await openShop()
  const things: [string, number, string | null][] = [
    ['Zapote', 300, 'Fruta'],
    ['ébano', 900, 'Hogar'],
    ['Ñame', 100, 'FRUTA'],
    ['Empanada', 300, 'Panadería'],
    ['nabo', 200, null],
  ]
  for (const [nombre, precio, categoria] of things) {
    await crear(shop, { nombre, precio, categoria })
    shop.clock.advance(1000)
  }
  return shop
}

describe('GET /productos', () => {
  test('goes by name without case and accents unless told otherwise', async () => {
    const shop = await stocked()
    const byName = ['ébano', 'Empanada', 'nabo', 'Ñame', 'Zapote']
    expect(await list(shop, '')).toEqual(byName)
    expect(await list(shop, 'orden=nombre')).toEqual(byName)
  })

  test('goes by price both ways, and newest first; what is equal keeps one order', async () => {
    const shop = await stocked()
    const byPrice = ['Ñame', 'nabo', 'Zapote', 'Empanada', 'ébano']
    expect(await list(shop, 'orden=precio')).toEqual(byPrice)
    expect(await list(shop, 'orden=-precio')).toEqual(byPrice.toReversed())
    const newest = ['nabo', 'Empanada', 'Ñame', 'ébano', 'Zapote']
    expect(await list(shop, 'orden=-creadoEn')).toEqual(newest)
  })

  test('filters by category, whole, without case and accents', async () => {
    const shop = await stocked()
    expect(await list(shop, 'categoria=fr%C3%BAta')).toEqual(['Ñame', 'Zapote'])
    expect(await list(shop, 'categoria=PANADERIA')).toEqual(['Empanada'])
    expect(await list(shop, 'categoria=Pan')).toEqual([])
  })

  test('filters by price, both ends included, together with the rest', async () => {
    const shop = await stocked()
    expect(await list(shop, 'precioMin=200&precioMax=300')).toEqual(['Empanada', 'nabo', 'Zapote'])
    expect(await list(shop, 'precioMin=900')).toEqual(['ébano'])
    expect(await list(shop, 'precioMax=100&orden=-precio')).toEqual(['Ñame'])
    expect(await list(shop, 'precioMin=300&categoria=fruta&q=zap')).toEqual(['Zapote'])
  })

  test('shows archived ones only where the staff asks for them, and then nothing else', async () => {
    const shop = await stocked()
    const { json } = await shop.send('GET', '/productos?q=nabo')
    await shop.send('DELETE', `/productos/${json.datos[0]?.id}`, { headers: operador })
    expect(await list(shop, '')).not.toContain('nabo')
    expect(await list(shop, 'q=nabo')).toEqual([])
    expect(await list(shop, 'archivados=false')).toHaveLength(4)
    const archived = await shop.send('GET', '/productos?archivados=true', { headers: operador })
    expect(nombres(archived)).toEqual(['nabo'])
    expect((await shop.send('GET', '/productos', { headers: cliente })).json.datos).toHaveLength(4)
  })

  test('pages by cursor, with the same filter, until there is no next one', async () => {
    const shop = await stocked()
    const seen: string[] = []
    let cursor = ''
    do {
      const answer = await shop.send('GET', `/productos?limite=2&precioMin=200${cursor}`)
      seen.push(...nombres(answer))
      cursor = answer.json.siguiente === null ? '' : `&cursor=${answer.json.siguiente}`
    } while (cursor !== '')
    expect(seen).toEqual(['ébano', 'Empanada', 'nabo', 'Zapote'])
  })

  test('refuses the cursor of another order, of another list, and rubbish', async () => {
    const shop = await stocked()
    const { json } = await shop.send('GET', '/productos?limite=1&orden=precio')
    const id = json.datos[0]?.id ?? ''
    await shop.send('PATCH', `/productos/${id}`, { body: { precio: 7 }, headers: operador })
    const prices = await shop.send('GET', `/productos/${id}/precios?limite=1`, {
      headers: operador,
    })
    // The last of them are what no database can be asked for.
    const untrue = ['{}', '["nombre","a",1.5]', '["nombre","\\u0000",1]', '["nombre","a",1e300]']
    const rubbish = ['x', '%20', 'WyJwcmVjaW8iXQ', ...untrue.map(btoa), btoa('["-precio",1e300,1]')]
    const cursors = [json.siguiente, prices.json.siguiente, ...rubbish]
    for (const cursor of cursors) {
      for (const orden of ['nombre', '-precio', '-creadoEn']) {
        const answer = await shop.send('GET', `/productos?orden=${orden}&cursor=${cursor}`)
        expect([cursor, answer.status]).toEqual([cursor, 422])
        expect(answer.json.errores[0]?.campo).toBe('cursor')
      }
    }
    const path = `/productos/${id}/precios?cursor=${json.siguiente}`
    expect((await shop.send('GET', path, { headers: operador })).status).toBe(422)
  })

  test('pages through names of any script: their cursors stay short enough to come back', async () => {
    const shop = await openShop()
    for (const letter of ['한', '"', '\\', '😀', 'ﷺ', '漢', '\n"']) {
      const nombre = letter.repeat(Math.floor(200 / letter.length) - 1) + 'x'
      await crear(shop, { nombre })
      await crear(shop, { nombre })
    }
    let cursor = ''
    let seen = 0
    do {
      const answer = await shop.send('GET', `/productos?limite=1${cursor}`)
      expect(answer.status).toBe(200)
      seen += answer.json.datos.length
      cursor = answer.json.siguiente === null ? '' : `&cursor=${answer.json.siguiente}`
    } while (cursor !== '')
    expect(seen).toBe(14)
  })

  test('names the member of the query that breaks the rules', async () => {
    const shop = await openShop()
    const refused: [string, string][] = [
      ['limite=0', 'limite'],
      ['limite=201', 'limite'],
      ['limite=1.5', 'limite'],
      ['limite=diez', 'limite'],
      ['precioMin=-1', 'precioMin'],
      ['precioMin=1e400', 'precioMin'],
      ['precioMax=1000000000001', 'precioMax'],
      ['precioMin=3&precioMax=2', 'precioMin'],
      ['orden=sku', 'orden'],
      ['orden=', 'orden'],
      ['archivados=quizas', 'archivados'],
      [`q=${'a'.repeat(201)}`, 'q'],
      ['categoria=', 'categoria'],
      ['pagina=2', 'pagina'],
      [`cursor=${'a'.repeat(2000)}`, 'cursor'],
    ]
    for (const [query, campo] of refused) {
      const answer = await shop.send('GET', `/productos?${query}`)
      expect([query, answer.status]).toEqual([query, 422])
      expect([query, answer.json.errores[0]?.campo]).toEqual([query, campo])
    }
  })
})

describe('GET /categorias', () => {
  test('counts what is for sale, sorted, with spellings of one category together', async () => {
    const shop = await openShop()
    for (const categoria of ['Té', 'Café', 'cafe', 'Ñoquis', null, 'Zumo']) {
      await crear(shop, { categoria })
    }
    const gone = await crear(shop, { categoria: 'Agotada' })
    await shop.send('DELETE', `/productos/${gone.id}`, { headers: operador })
    expect<unknown>((await shop.send('GET', '/categorias')).json).toEqual({
      datos: [
        { nombre: 'Café', productos: 2 },
        { nombre: 'Ñoquis', productos: 1 },
        { nombre: 'Té', productos: 1 },
        { nombre: 'Zumo', productos: 1 },
      ],
    })
  })
})

/** A price that was set so many seconds after the clock's start. */
const entry = (precio: number, second: number) => ({
  precio,
  moneda: 'USD',
  desde: `2026-01-15T12:00:0${second}.000Z`,
  usuarioId: operadorId,
})

describe('GET /productos/:id/precios', () => {
  test('answers the newest price first, with who set it and when, in pages', async () => {
    const shop = await openShop()
    const { id } = await crear(shop, { precio: 100 })
    for (const precio of [200, 300]) {
      shop.clock.advance(1000)
      await shop.send('PATCH', `/productos/${id}`, { body: { precio }, headers: operador })
    }
    await crear(shop, { precio: 999 })
    const read = async (query: string) =>
      (await shop.send('GET', `/productos/${id}/precios?${query}`, { headers: operador })).json
    const first = await read('limite=2')
    const rest = await read(`limite=2&cursor=${first.siguiente}`)
    expect<unknown>(first.datos).toEqual([entry(300, 2), entry(200, 1)])
    expect<unknown>(rest).toEqual({ datos: [entry(100, 0)], siguiente: null })
  })

  test('answers 404 for an unknown product', async () => {
    const path = `/productos/${Bun.randomUUIDv7()}/precios`
    expect((await (await openShop()).send('GET', path, { headers: operador })).status).toBe(404)
  })
})
