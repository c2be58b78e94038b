import { describe, expect, test } from 'bun:test'
import { exportar, importar } from './csv.ts'
import { crear, openShop, operador, type Shop } from './fixture.ts'

/** What a spreadsheet has in one cell after somebody was in it. */
type Cambio = readonly [sku: string, columna: string, celda: string]

/** The file as a spreadsheet saves it: read, changed in some cells, written with semicolons. */
function editado(text: string, cambios: readonly Cambio[]): string {
  const [cabecera = [], ...filas] = text
    .replace('\uFEFF', '')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(';'))
  for (const [sku, columna, celda] of cambios) {
    const fila = filas.find(([one]) => one === sku)
    if (!fila) throw new Error(`no row of ${sku}`)
    fila[cabecera.indexOf(columna)] = celda
  }
  return [cabecera, ...filas].map((cells) => cells.join(';')).join('\r\n')
}

const exportado = async (shop: Shop) =>
  await (await exportar(shop, '?archivados=true&separador=punto-y-coma')).text()

const editar = (shop: Shop, id: string, body: Record<string, unknown>) =>
  shop.send('PATCH', `/productos/${id}`, { body, headers: operador })

const ver = async (shop: Shop, sku: string) => (await shop.porSkus([sku]))[0]

describe('a file that was exported, edited for an hour and imported', () => {
  test('changes the cells that somebody edited, and undoes nothing that the shop did meanwhile', async () => {
    const shop = await openShop()
    const taza = await crear(shop, { sku: 'TAZA', nombre: 'Taza', precio: 1000 })
    const plato = await crear(shop, { sku: 'PLATO', nombre: 'Plato', precio: 500 })
    await crear(shop, { sku: 'VASO', nombre: 'Vaso', precio: 300 })
    const text = await exportado(shop)
    await editar(shop, taza.id, { precio: 1200 })
    await shop.send('DELETE', `/productos/${plato.id}`, { headers: operador })
    const file = editado(text, [
      ['TAZA', 'categoria', 'Vajilla'],
      ['VASO', 'precio', '3,50'],
    ])
    expect(await importar(shop, file)).toMatchObject({
      status: 200,
      actualizados: 2,
      sinCambios: 1,
      muestra: [
        { sku: 'TAZA', antes: { categoria: null }, despues: { categoria: 'Vajilla' } },
        { sku: 'PLATO', accion: 'igual' },
        { sku: 'VASO', antes: { precio: 300 }, despues: { precio: 350 } },
      ],
    })
    expect(await ver(shop, 'TAZA')).toMatchObject({ precio: 1200, categoria: 'Vajilla' })
    expect(await ver(shop, 'PLATO')).toMatchObject({ activo: false, version: 2 })
    // The same file again finds its own changes, and nothing to do.
    expect(await importar(shop, file)).toMatchObject({ status: 200, actualizados: 0 })
  })

  test('is refused whole where shop and file changed the same cell, or leaves those as they are', async () => {
    const shop = await openShop()
    const taza = await crear(shop, { sku: 'TAZA', nombre: 'Taza', precio: 1000 })
    await crear(shop, { sku: 'VASO', nombre: 'Vaso', precio: 300 })
    const text = await exportado(shop)
    await editar(shop, taza.id, { precio: 1200 })
    const file = editado(text, [
      ['TAZA', 'precio', '9,00'],
      ['TAZA', 'nombre', 'Taza fina'],
      ['VASO', 'precio', '3,50'],
    ])
    const conflicto = { fila: 2, columna: 'precio', regla: 'conflicto', dato: '12.00' }
    for (const simular of [true, false]) {
      expect(await importar(shop, file, { simular })).toMatchObject({
        status: 422,
        codigo: 'importacion-invalida',
        total: 1,
        filas: [{ ...conflicto, mensaje: expect.stringContaining('ahora es «12.00»') }],
      })
    }
    expect(await ver(shop, 'VASO')).toMatchObject({ version: 1 })
    expect(await importar(shop, file, { omitirConflictos: true })).toMatchObject({
      status: 200,
      actualizados: 2,
    })
    expect(await ver(shop, 'TAZA')).toMatchObject({ nombre: 'Taza fina', precio: 1200 })
    expect(await ver(shop, 'VASO')).toMatchObject({ precio: 350 })
  })

  test('asks for nothing where both changed a cell to the same', async () => {
    const shop = await openShop()
    const { id } = await crear(shop, { sku: 'TAZA', precio: 1000 })
    const text = await exportado(shop)
    await editar(shop, id, { precio: 1200 })
    const file = editado(text, [['TAZA', 'precio', '12,00']])
    expect(await importar(shop, file)).toMatchObject({ status: 200, sinCambios: 1 })
  })

  test('is no different for what a spreadsheet does to cells that nobody edited', async () => {
    const shop = await openShop()
    const { id } = await crear(shop, {
      sku: 'TAZA',
      precio: 1000,
      descripcion: 'Una\r\ndos',
      atributos: { b: '2', a: '1' },
    })
    const text = await exportado(shop)
    await editar(shop, id, { precio: 1200, descripcion: 'Otra', atributos: {}, activo: false })
    const file = [
      ['Una\r\ndos', 'Una\ndos'],
      [';true;', ';VERDADERO;'],
      [';10,00;', ';10;'],
      ['{""b"":""2"",""a"":""1""}', '{""a"": ""1"", ""b"": ""2""}'],
    ].reduce((before, [from = '', to = '']) => {
      expect(before).toContain(from)
      return before.replace(from, to)
    }, text)
    expect(await importar(shop, file)).toMatchObject({ status: 200, sinCambios: 1 })
    expect(await ver(shop, 'TAZA')).toMatchObject({ precio: 1200, activo: false })
  })

  test('knows its product by more than the SKU, which may be another by now', async () => {
    const shop = await openShop()
    const taza = await crear(shop, { sku: 'TAZA', precio: 1000 })
    const text = await exportado(shop)
    await editar(shop, taza.id, { sku: 'TAZA-1' })
    const other = await crear(shop, { sku: 'TAZA', precio: 50 })
    const file = editado(text, [['TAZA', 'precio', '11,00']])
    expect(await importar(shop, file)).toMatchObject({ status: 200, actualizados: 1, creados: 0 })
    expect(await ver(shop, 'TAZA-1')).toMatchObject({ id: taza.id, precio: 1100 })
    expect(await ver(shop, 'TAZA')).toMatchObject({ id: other.id, precio: 50 })
    const twice = `${file}\r\nTAZA-1;Otra;;12;;;true;;`
    expect(await importar(shop, twice)).toMatchObject({
      status: 422,
      filas: [{ fila: 3, columna: 'sku', regla: 'fila-repetida', limite: 2 }],
    })
  })

  test('is refused where its cells stand in rows of other products, or control is not what it was', async () => {
    const shop = await openShop()
    await crear(shop, { sku: '00123' })
    await crear(shop, { sku: 'VASO' })
    const text = await exportado(shop)
    const reglas = async (cambios: readonly Cambio[]) => {
      const { status, filas } = await importar(shop, editado(text, cambios))
      const told = typeof filas === 'object' ? filas : []
      return [status, ...told.map(({ fila, columna, regla }) => [fila, columna, regla])]
    }
    // Excel takes the zeros of a number away; a column that was sorted alone looks the same.
    expect(await reglas([['00123', 'sku', '123']])).toEqual([422, [2, 'sku', 'sku-cambiado']])
    expect(await reglas([['VASO', 'control', 'x']])).toEqual([422, [3, 'control', 'control']])
    const copy = editado(text, [
      ['VASO', 'sku', 'VASO-2'],
      ['VASO-2', 'control', ''],
    ])
    expect(await importar(shop, copy)).toMatchObject({ status: 200, creados: 1 })
  })
})

describe('a row that somebody wrote by hand', () => {
  test('says what is there beside what it puts there', async () => {
    const shop = await openShop()
    await crear(shop, { sku: 'TAZA', nombre: 'Taza', precio: 1000 })
    const told = await importar(shop, 'sku;precio\nTAZA;1.500\n', { simular: true })
    expect(told.muestra).toMatchObject([{ antes: { precio: 1000 }, despues: { precio: 150_000 } }])
  })

  test('is applied as its preview said, or not at all when the shop has changed meanwhile', async () => {
    const shop = await openShop()
    const taza = await crear(shop, { sku: 'TAZA', precio: 1000 })
    const vaso = await crear(shop, { sku: 'VASO', precio: 300 })
    await crear(shop, { sku: 'PLATO', precio: 100 })
    const file = 'sku;precio\nPLATO;2\nTAZA;9\nVASO;3\n'
    const seen = await importar(shop, file, { simular: true })
    await editar(shop, taza.id, { precio: 1200 })
    expect(await importar(shop, file, { previa: seen.previa })).toMatchObject({
      status: 422,
      total: 1,
      filas: [{ fila: 1, columna: null, regla: 'previa' }],
    })
    expect(await ver(shop, 'PLATO')).toMatchObject({ precio: 100 })
    const again = await importar(shop, file, { simular: true })
    expect(again.muestra).toContainEqual(
      expect.objectContaining({ antes: { precio: 1200 }, despues: { precio: 900 } }),
    )
    // What the file does not change may change.
    await editar(shop, vaso.id, { nombre: 'Vaso alto' })
    expect(await importar(shop, file, { previa: again.previa })).toMatchObject({
      status: 200,
      actualizados: 2,
    })
  })

  test('makes no product of a SKU that a spreadsheet has cut short', async () => {
    const shop = await openShop()
    const file = 'sku;nombre;precio\n7,50123E+12;Taza;1\n'
    expect(await importar(shop, file)).toMatchObject({
      status: 422,
      filas: [{ fila: 2, columna: 'sku', regla: 'sku-abreviado' }],
    })
    // Whoever really calls a product so goes on to.
    await crear(shop, { sku: '7,50123E+12' })
    expect(await importar(shop, file)).toMatchObject({ status: 200, actualizados: 1 })
  })
})
