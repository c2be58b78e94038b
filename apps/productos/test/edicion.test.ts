import { describe, expect, test } from 'bun:test'
import { admin, alta, crear, openShop, operador, type Shop } from './fixture.ts'

const patch = (shop: Shop, id: string, body: unknown, headers: Record<string, string> = {}) =>
  shop.send('PATCH', `/productos/${id}`, { body, headers: { ...operador, ...headers } })
const prices = async (shop: Shop, id: string) => {
  const { json } = await shop.send('GET', `/productos/${id}/precios`, { headers: operador })
  return json.datos.map((one) => one.precio)
}

const broken: [string, object, string][] = [
  ['a negative price', { precio: -1 }, 'precio'],
  ['a price in text', { precio: '1' }, 'precio'],
  ['a price in scientific text', { precio: '1e3' }, 'precio'],
  ['a price with decimals', { precio: 0.5 }, 'precio'],
  ['a price over the limit', { precio: 1_000_000_000_001 }, 'precio'],
  ['no price but null', { precio: null }, 'precio'],
  ['an empty name', { nombre: '' }, 'nombre'],
  ['a blank name', { nombre: ' \t ' }, 'nombre'],
  ['a long name', { nombre: 'a'.repeat(201) }, 'nombre'],
  ['a name with control characters', { nombre: 'a\u0000b' }, 'nombre'],
  ['a long SKU', { sku: 'a'.repeat(65) }, 'sku'],
  ['a blank SKU', { sku: '  ' }, 'sku'],
  ['a long description', { descripcion: 'a'.repeat(5001) }, 'descripcion'],
  ['an empty category', { categoria: '' }, 'categoria'],
  ['a long category', { categoria: 'a'.repeat(101) }, 'categoria'],
  ['an image that runs code', { imagenUrl: 'javascript:alert(1)' }, 'imagenUrl'],
  ['an image that is data', { imagenUrl: 'data:text/html,x' }, 'imagenUrl'],
  ['an image on a host of its own', { imagenUrl: '//evil.example/x' }, 'imagenUrl'],
  ['an image on a host by backslash', { imagenUrl: '/\\evil.example/x' }, 'imagenUrl'],
  ['an image with credentials', { imagenUrl: 'https://a:b@c.example/x' }, 'imagenUrl'],
  ['an image with spaces', { imagenUrl: 'https://a.example/x y' }, 'imagenUrl'],
  ['attributes that are no texts', { atributos: { peso: 1 } }, 'atributos.peso'],
  ['a long attribute', { atributos: { a: 'x'.repeat(501) } }, 'atributos.a'],
  ['a list of attributes', { atributos: ['a'] }, 'atributos'],
  ['a class with capitals', { claseImpuesto: 'General' }, 'claseImpuesto'],
  ['a class that is not there', { claseImpuesto: 'nadie' }, 'claseImpuesto'],
  ['no weight but less', { pesoGramos: -1 }, 'pesoGramos'],
  ['half a gram', { pesoGramos: 0.5 }, 'pesoGramos'],
  ['an unknown field', { stock: 5 }, 'stock'],
  ['an id', { id: Bun.randomUUIDv7() }, 'id'],
  ['a version', { version: 3 }, 'version'],
]

const brokenAttributes = {
  'a long name of an attribute': { ['a'.repeat(61)]: 'x' },
  'an attribute without a name': { '': 'x' },
  '51 attributes': Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`a${i}`, 'x'])),
}

describe('POST /productos', () => {
  test('answers 201 with Location and ETag, and keeps what was sent, trimmed', async () => {
    const shop = await openShop()
    const body = {
      sku: ' CAF-1 ',
      nombre: ' Café de altura ',
      descripcion: 'Molido.\nTostado.',
      precio: 1_000_000_000_000,
      categoria: ' Café ',
      imagenUrl: 'https://cdn.example/a.jpg?w=1#x',
      atributos: { peso: '250 g', línea: '' },
    }
    const answer = await shop.send('POST', '/productos', { body, headers: admin })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('location')).toBe(`/productos/${answer.json.id}`)
    expect(answer.headers.get('etag')).toBe('"1"')
    const kept = { ...body, sku: 'CAF-1', nombre: 'Café de altura', categoria: 'Café' }
    expect(answer.json).toMatchObject({ ...kept, activo: true, version: 1, moneda: 'USD' })
    const read = await shop.send('GET', answer.headers.get('location') ?? '')
    expect(read.json).toEqual(answer.json)
  })

  test('takes a price of 0, a path as image, and null for what is empty', async () => {
    const shop = await openShop()
    const producto = await crear(shop, { precio: 0, imagenUrl: '/img/a.png', categoria: null })
    expect(producto).toMatchObject({ precio: 0, imagenUrl: '/img/a.png', categoria: null })
  })

  test('refuses a SKU that exists, whatever its case, also of an archived product', async () => {
    const shop = await openShop()
    const first = await crear(shop, { sku: 'Abc-1' })
    await shop.send('DELETE', `/productos/${first.id}`, { headers: operador })
    for (const sku of ['Abc-1', 'ABC-1', ' abc-1 ']) {
      const answer = await shop.send('POST', '/productos', {
        body: alta({ sku }),
        headers: operador,
      })
      expect([answer.status, answer.json.codigo]).toEqual([409, 'sku-en-uso'])
    }
  })

  test('lets one of many win who create the same SKU at once', async () => {
    const shop = await openShop()
    const create = () =>
      shop.send('POST', '/productos', { body: alta({ sku: 'UNO' }), headers: operador })
    const answers = await Promise.all(Array.from({ length: 20 }, create))
    const statuses = answers.map((answer) => answer.status).toSorted()
    expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 409)])
    expect((await shop.send('GET', '/productos')).json.datos).toHaveLength(1)
  })

  for (const [what, change, campo] of broken) {
    test(`refuses ${what} and names ${campo}, on creation and on edit`, async () => {
      const shop = await openShop()
      const producto = await crear(shop)
      const created = await shop.send('POST', '/productos', {
        body: { ...alta(), ...change },
        headers: operador,
      })
      const edited = await patch(shop, producto.id, change)
      for (const answer of [created, edited]) {
        expect([answer.status, answer.json.codigo]).toEqual([422, 'datos-invalidos'])
        expect(answer.json.errores.map((one) => one.campo)).toContain(campo)
      }
      expect<unknown>((await shop.send('GET', '/productos')).json.datos).toEqual([producto])
    })
  }

  for (const [what, atributos] of Object.entries(brokenAttributes)) {
    test(`refuses ${what}`, async () => {
      const body = alta({ atributos })
      const answer = await (
        await openShop()
      ).send('POST', '/productos', { body, headers: operador })
      expect([answer.status, answer.json.errores[0]?.campo]).toEqual([
        422,
        expect.stringMatching(/^atributos/),
      ])
    })
  }

  test('refuses an attribute that is named as an object part of the language', async () => {
    const body = `{"sku":"a","nombre":"b","precio":1,"atributos":{"__proto__":"x"}}`
    const answer = await (await openShop()).send('POST', '/productos', { body, headers: operador })
    expect(answer.status).toBe(422)
  })

  test('names every broken field, not only the first', async () => {
    const answer = await (
      await openShop()
    ).send('POST', '/productos', { body: {}, headers: operador })
    const campos = answer.json.errores.map((one) => one.campo)
    expect(campos.toSorted()).toEqual(['nombre', 'precio', 'sku'])
  })

  test('refuses broken JSON with 400 and a body over 1 MiB with 413', async () => {
    const shop = await openShop()
    const cut = await shop.send('POST', '/productos', { body: '{"sku":', headers: operador })
    expect([cut.status, cut.json.codigo]).toEqual([400, 'json-invalido'])
    const body = JSON.stringify(alta({ descripcion: 'a'.repeat(1_100_000) }))
    const large = await shop.send('POST', '/productos', { body, headers: operador })
    expect([large.status, large.json.codigo]).toEqual([413, 'cuerpo-demasiado-grande'])
  })

  test('keeps texts that look like SQL or markup as they are', async () => {
    const shop = await openShop()
    const nombre = `'); DROP TABLE productos;-- <script>"\\`
    const producto = await crear(shop, { nombre, sku: `' OR '1'='1` })
    expect((await shop.send('GET', `/productos/${producto.id}`)).json.nombre).toBe(nombre)
  })

  test('keeps a text with half a character as one that can be written', async () => {
    const body = `{"sku":"\\ud800","nombre":"a\\udfff","precio":1}`
    const shop = await openShop()
    const answer = await shop.send('POST', '/productos', { body, headers: operador })
    expect([answer.status, answer.json.sku, answer.json.nombre]).toEqual([201, '\ufffd', 'a\ufffd'])
  })
})

describe('PATCH /productos/:id', () => {
  test('writes only what it is given, counts the version and moves actualizadoEn', async () => {
    const shop = await openShop()
    const before = await crear(shop, { nombre: 'Viejo', categoria: 'Café', atributos: { a: '1' } })
    shop.clock.advance(60_000)
    const answer = await patch(shop, before.id, { nombre: ' Nuevo ' })
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"2"'])
    const actualizadoEn = '2026-01-15T12:01:00.000Z'
    expect<unknown>(answer.json).toEqual({ ...before, nombre: 'Nuevo', version: 2, actualizadoEn })
  })

  test('of different fields at once loses neither', async () => {
    const shop = await openShop()
    const { id } = await crear(shop, { nombre: 'Viejo', precio: 1, descripcion: 'x' })
    await Promise.all([
      patch(shop, id, { nombre: 'Nuevo' }),
      patch(shop, id, { precio: 2 }),
      patch(shop, id, { descripcion: 'y' }),
    ])
    const { json } = await shop.send('GET', `/productos/${id}`)
    expect(json).toMatchObject({ nombre: 'Nuevo', precio: 2, descripcion: 'y', version: 4 })
  })

  test('with If-Match lets one of many win who saw the same version', async () => {
    const shop = await openShop()
    const { id } = await crear(shop, { precio: 1 })
    const edits = Array.from({ length: 10 }, (_, index) =>
      patch(shop, id, { precio: 10 + index }, { 'if-match': '"1"' }),
    )
    const answers = await Promise.all(edits)
    const won = answers.filter((answer) => answer.status === 200)
    const lost = answers.filter((answer) => answer.json.codigo === 'version-distinta')
    expect([won.length, lost.length]).toEqual([1, 9])
    expect(lost.every((answer) => answer.status === 412)).toBe(true)
    expect<unknown>(await prices(shop, id)).toEqual([won[0]?.json.precio, 1])
  })

  test('takes a matching tag, a list with it, and *; refuses weak tags and rubbish', async () => {
    const shop = await openShop()
    const { id } = await crear(shop)
    for (const tag of ['W/"1"', '"0"', '1', 'rubbish', '']) {
      expect((await patch(shop, id, { precio: 5 }, { 'if-match': tag })).status).toBe(412)
    }
    expect((await patch(shop, id, { precio: 5 }, { 'if-match': '"9", "1"' })).status).toBe(200)
    expect((await patch(shop, id, { precio: 6 }, { 'if-match': '*' })).status).toBe(200)
  })

  test('that changes nothing keeps the version and the price history', async () => {
    const shop = await openShop()
    const producto = await crear(shop, { precio: 5, atributos: { b: '2', a: '1' } })
    const { sku, nombre, precio } = producto
    const same = { sku, nombre: ` ${nombre} `, precio, atributos: { a: '1', b: '2' } }
    const answer = await patch(shop, producto.id, same)
    expect<unknown>(answer.json).toEqual(producto)
    expect(await prices(shop, producto.id)).toEqual([5])
  })

  test('adds a line to the price history only when the price changes', async () => {
    const shop = await openShop()
    const { id } = await crear(shop, { precio: 5 })
    await patch(shop, id, { nombre: 'Otro' })
    await patch(shop, id, { precio: 6, nombre: 'Otro más' })
    await patch(shop, id, { precio: 6 })
    await patch(shop, id, { precio: 5 })
    expect(await prices(shop, id)).toEqual([5, 6, 5])
  })

  test('empties what can be empty with null or nothing', async () => {
    const shop = await openShop()
    const full = { categoria: 'a', imagenUrl: '/a', atributos: { a: '1' }, descripcion: 'd' }
    const { id } = await crear(shop, full)
    const empty = { categoria: null, imagenUrl: null, atributos: {}, descripcion: '' }
    expect((await patch(shop, id, empty)).json).toMatchObject(empty)
    expect((await shop.send('GET', '/categorias')).json.datos).toEqual([])
  })

  test('refuses the SKU of another product and writes nothing then; its own in another case is fine', async () => {
    const shop = await openShop()
    await crear(shop, { sku: 'UNO' })
    const two = await crear(shop, { sku: 'dos', precio: 5 })
    const taken = await patch(shop, two.id, { sku: 'uno', precio: 9 })
    expect([taken.status, taken.json.codigo]).toEqual([409, 'sku-en-uso'])
    expect<unknown>((await shop.send('GET', `/productos/${two.id}`)).json).toEqual(two)
    expect(await prices(shop, two.id)).toEqual([5])
    expect((await patch(shop, two.id, { sku: 'DOS' })).json.sku).toBe('DOS')
  })

  test('answers 404 for an unknown product and 422 for an empty edit', async () => {
    const shop = await openShop()
    const { id } = await crear(shop)
    expect((await patch(shop, Bun.randomUUIDv7(), { precio: 1 })).status).toBe(404)
    for (const body of [{}, [], 'null', '1', undefined]) {
      expect((await patch(shop, id, body)).status).toBe(422)
    }
  })

  test('is found by its new words and no longer by the old ones', async () => {
    const shop = await openShop()
    const { id } = await crear(shop, { nombre: 'Viejo', descripcion: 'antiguo', sku: 'AAA' })
    await patch(shop, id, { nombre: 'Nuevo', descripcion: 'reciente', sku: 'BBB' })
    const found = async (q: string) =>
      (await shop.send('GET', `/productos?q=${q}`)).json.datos.length
    for (const q of ['viejo', 'antiguo', 'aaa']) expect(await found(q)).toBe(0)
    for (const q of ['nuevo', 'reciente', 'bbb']) expect(await found(q)).toBe(1)
  })
})

const archive = (shop: Shop, id: string, headers: Record<string, string> = {}) =>
  shop.send('DELETE', `/productos/${id}`, { headers: { ...operador, ...headers } })

describe('DELETE /productos/:id', () => {
  test('archives: past orders can still name it; again changes nothing', async () => {
    const shop = await openShop()
    const { id } = await crear(shop)
    for (let time = 0; time < 3; time++) {
      const answer = await archive(shop, id, { 'if-match': '"1"' })
      expect<unknown>([answer.status, answer.json]).toEqual([204, null])
    }
    const { json } = await shop.send('GET', `/productos/${id}`)
    expect(json).toMatchObject({ activo: false, version: 2 })
  })

  test('can be undone by an edit', async () => {
    const shop = await openShop()
    const { id } = await crear(shop, { nombre: 'Fénix' })
    await archive(shop, id)
    expect((await patch(shop, id, { activo: true })).json).toMatchObject({
      activo: true,
      version: 3,
    })
    expect((await shop.send('GET', '/productos?q=fenix')).json.datos).toHaveLength(1)
  })

  test('answers 412 for a version that is gone, 404 for an unknown product, 422 for no id', async () => {
    const shop = await openShop()
    const { id } = await crear(shop)
    await patch(shop, id, { precio: 3 })
    expect((await archive(shop, id, { 'if-match': '"1"' })).status).toBe(412)
    expect((await shop.send('GET', `/productos/${id}`)).json.activo).toBe(true)
    expect((await archive(shop, Bun.randomUUIDv7())).status).toBe(404)
    expect((await archive(shop, '1')).status).toBe(422)
  })
})

describe('a SKU', () => {
  for (const [what, other] of [
    ['in capitals', 'NIÑO-1'],
    ['in another Unicode form', 'nin\u0303o-1'],
    ['with something that nobody sees', 'ni\u00adño\u200b-1'],
    ['with space around it', '  niño-1 '],
  ] as const) {
    test(`is the same one ${what}`, async () => {
      const shop = await openShop()
      await crear(shop, { sku: 'niño-1' })
      const { status, json } = await shop.send('POST', '/productos', {
        body: alta({ sku: other }),
        headers: operador,
      })
      expect([status, json.codigo]).toEqual([409, 'sku-en-uso'])
    })
  }

  test('is kept in one form, whatever it was copied from', async () => {
    const shop = await openShop()
    expect((await crear(shop, { sku: ' \ufeffnin\u0303o\u00ad ' })).sku).toBe('niño')
  })
})
