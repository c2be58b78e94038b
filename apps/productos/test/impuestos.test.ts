import { describe, expect, test } from 'bun:test'
import { importar } from './csv.ts'
import { admin, cliente, crear, openShop, operador, type Shop } from './fixture.ts'

const iva = { nombre: ' IVA ', tasa: 1500 }
const poner = (
  shop: Shop,
  codigo: string,
  body: unknown,
  headers: Record<string, string> = admin,
) => shop.send('PUT', `/impuestos/${codigo}`, { body, headers })
const leer = async (shop: Shop, query = '', headers = {}) =>
  await shop.send('GET', `/impuestos${query}`, { headers })

describe('PUT /impuestos/:codigo', () => {
  test('says what of a price is tax from now on, and again changes nothing', async () => {
    const shop = await openShop()
    expect((await leer(shop)).json).toEqual(expect.objectContaining({ datos: [] }))
    const desde = new Date(shop.clock.ms()).toISOString()
    const general = { codigo: 'general', nombre: 'IVA', tasa: 1500, modo: 'incluido', desde }
    for (const after of [0, 1000]) {
      shop.clock.advance(after)
      const { status, json } = await poner(shop, 'general', iva)
      expect([status, json as unknown]).toEqual([200, general])
    }
    const answer = await leer(shop)
    expect([answer.json.datos as unknown, answer.headers.get('cache-control')]).toEqual([
      [general],
      'no-cache',
    ])
  })

  test('plans a rate, which counts from its moment on, and staff sees it coming', async () => {
    const shop = await openShop()
    const { id } = await crear(shop, { pesoGramos: 250 })
    await poner(shop, 'general', iva)
    const desde = new Date(shop.clock.ms() + 5000).toISOString()
    const futuro = { nombre: 'IVA', tasa: 1300, modo: 'por-dentro', desde }
    expect((await poner(shop, 'general', futuro)).json).toMatchObject(futuro)
    const tasas = async (query = '', headers = {}) =>
      (await leer(shop, query, headers)).json.datos.map((uno) => Reflect.get(uno, 'tasa'))
    expect(await tasas()).toEqual([1500])
    expect(await tasas('?historial=true', operador)).toEqual([1300, 1500])
    shop.clock.advance(5000)
    expect(await tasas()).toEqual([1300])
    const { json } = await shop.send('GET', `/productos/articulos?ids=${id}`)
    const de = { claseImpuesto: 'general', tasa: 1300, modo: 'por-dentro', pesoGramos: 250 }
    expect(json.datos[0]).toMatchObject(de)
    const tarde = await poner(shop, 'general', { ...futuro, tasa: 1 })
    expect([tarde.status, tarde.json.errores]).toMatchObject([
      422,
      [{ campo: 'desde', regla: 'momento-pasado' }],
    ])
  })

  test('is for admins, the history for staff, the rates of now for everybody', async () => {
    const shop = await openShop()
    const sent = [
      poner(shop, 'general', iva, {}),
      poner(shop, 'general', iva, cliente),
      poner(shop, 'general', iva, operador),
      leer(shop, '?historial=true'),
      leer(shop, '?historial=true', cliente),
      leer(shop, '', cliente),
    ]
    const statuses = (await Promise.all(sent)).map(({ status }) => status)
    expect(statuses).toEqual([401, 403, 403, 401, 403, 200])
  })

  const broken: [string, string, object, string][] = [
    ['a rate over 100 %', 'general', { ...iva, tasa: 10_001 }, 'tasa'],
    ['a rate with decimals', 'general', { ...iva, tasa: 10.5 }, 'tasa'],
    ['no rate', 'general', { nombre: 'IVA' }, 'tasa'],
    ['an empty name', 'general', { ...iva, nombre: ' ' }, 'nombre'],
    ['another way', 'general', { ...iva, modo: 'aparte' }, 'modo'],
    ['a day that there is not', 'general', { ...iva, desde: '2027-02-30T00:00:00Z' }, 'desde'],
    ['a moment of no zone', 'general', { ...iva, desde: '2027-02-20T00:00:00' }, 'desde'],
    ['a code with capitals', 'IVA', iva, 'codigo'],
  ]
  test.each(broken)('refuses %s', async (_, codigo, body, campo) => {
    const { status, json } = await poner(await openShop(), codigo, body)
    expect([status, json.errores.map((one) => one.campo)]).toEqual([422, [campo]])
  })
})

test('files have classes and weights, and older ones change neither', async () => {
  const shop = await openShop()
  await poner(shop, 'reducido', { nombre: 'IVA', tasa: 500 })
  const { id } = await crear(shop, { sku: 'A', claseImpuesto: 'reducido', pesoGramos: 7 })
  const ahora = async () => (await shop.send('GET', `/productos/${id}`)).json
  const suyo = { claseImpuesto: 'reducido', pesoGramos: 7 }
  expect(await ahora()).toMatchObject(suyo)
  expect(await importar(shop, 'sku,precio\nA,3')).toMatchObject({ actualizados: 1 })
  expect(await ahora()).toMatchObject({ ...suyo, precio: 300 })
  await importar(shop, 'sku,claseImpuesto,pesoGramos\nA,,')
  expect(await ahora()).toMatchObject({ claseImpuesto: 'general', pesoGramos: null })
  await importar(shop, 'sku,clase impuesto,peso gramos\nA, reducido ,70')
  expect(await ahora()).toMatchObject({ claseImpuesto: 'reducido', pesoGramos: 70 })
  const mala = await importar(shop, 'sku,claseImpuesto,pesoGramos\nA,nadie,1\nA2,,ocho')
  expect(mala).toMatchObject({
    status: 422,
    filas: [
      { fila: 2, columna: 'claseImpuesto', regla: 'impuesto-desconocido' },
      { fila: 3, columna: 'pesoGramos', regla: 'entero' },
    ],
  })
})

test('a row of an export from before classes and weights says nothing against them', async () => {
  const shop = await openShop()
  await poner(shop, 'reducido', { nombre: 'IVA', tasa: 500 })
  const { id } = await crear(shop, { sku: 'A', nombre: 'Té', precio: 100 })
  const text = await (
    await shop.app.handle(
      new Request('http://localhost/productos/exportacion', { headers: operador }),
    )
  ).text()
  const control = /[0-9a-f-]{36}\.[0-9a-z]{48}/.exec(text)?.[0] ?? ''
  const columnas = 'sku,nombre,precio,claseImpuesto,pesoGramos,control'
  const hecho = await importar(shop, `${columnas}\nA,Té,1.00,reducido,9,${control}`)
  expect(hecho).toMatchObject({ status: 200, actualizados: 1 })
  const { json } = await shop.send('GET', `/productos/${id}`)
  expect(json).toMatchObject({ claseImpuesto: 'reducido', pesoGramos: 9, precio: 100 })
})
