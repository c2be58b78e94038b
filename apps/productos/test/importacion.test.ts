import { describe, expect, test } from 'bun:test'
import { erroresDe, importar } from './csv.ts'
import { admin, alta, cliente, crear, openShop, operador, operadorId, servicio } from './fixture.ts'

const file = (...lines: string[]) => `${lines.join('\n')}\n`

describe('POST /productos/importacion', () => {
  test('creates and changes by SKU, whatever its capitals, and says what it did', async () => {
    const shop = await openShop()
    const one = await crear(shop, { sku: 'Taza-1', nombre: 'Taza', precio: 1000 })
    const two = await crear(shop, { sku: 'PLATO-1', nombre: 'Plato', precio: 500 })
    const csv = file(
      'sku;nombre;precio;categoria;activo;atributos',
      'taza-1;Taza grande;12,50;Vajilla;sí;"{""color"":""azul""}"',
      'PLATO-1;Plato;5.00;;1;',
      'CUENCO-1;Cuenco;7;;no;',
    )
    expect(await importar(shop, csv)).toEqual({
      status: 200,
      simulada: false,
      filas: 3,
      creados: 1,
      actualizados: 1,
      sinCambios: 1,
      previa: expect.any(String),
      muestra: [
        {
          fila: 2,
          sku: 'Taza-1',
          nombre: 'Taza grande',
          accion: 'actualizar',
          campos: ['nombre', 'precio', 'categoria', 'atributos'],
          antes: { nombre: 'Taza', precio: 1000, categoria: null, atributos: {} },
          despues: {
            nombre: 'Taza grande',
            precio: 1250,
            categoria: 'Vajilla',
            atributos: { color: 'azul' },
          },
        },
        {
          fila: 3,
          sku: 'PLATO-1',
          nombre: 'Plato',
          accion: 'igual',
          campos: [],
          antes: {},
          despues: {},
        },
        {
          fila: 4,
          sku: 'CUENCO-1',
          nombre: 'Cuenco',
          accion: 'crear',
          campos: ['nombre', 'precio', 'categoria', 'activo', 'atributos'],
          antes: null,
          despues: {
            nombre: 'Cuenco',
            precio: 700,
            categoria: null,
            activo: false,
            atributos: {},
          },
        },
      ],
    } as never)
    const taza = (await shop.send('GET', `/productos/${one.id}`)).json
    expect(taza).toMatchObject({
      sku: 'Taza-1',
      nombre: 'Taza grande',
      precio: 1250,
      categoria: 'Vajilla',
      atributos: { color: 'azul' },
      version: 2,
    })
    expect((await shop.send('GET', `/productos/${two.id}`)).json.version).toBe(1)
    const [cuenco] = await shop.porSkus(['cuenco-1'])
    expect(cuenco).toMatchObject({ sku: 'CUENCO-1', precio: 700, activo: false, version: 1 })
  })

  test('leaves a column alone that is missing, and empties what an empty cell can empty', async () => {
    const shop = await openShop()
    const full = {
      descripcion: 'Larga',
      categoria: 'Vajilla',
      imagenUrl: 'https://x.example/a.png',
      atributos: { color: 'azul' },
    }
    const { id } = await crear(shop, { sku: 'A', nombre: 'Taza', ...full })
    await importar(shop, file('sku,nombre', 'A,Otra'))
    expect((await shop.send('GET', `/productos/${id}`)).json).toMatchObject({
      nombre: 'Otra',
      ...full,
    })
    await importar(shop, file('sku,descripcion,categoria,imagenUrl,atributos', 'A,,,,'))
    expect((await shop.send('GET', `/productos/${id}`)).json).toMatchObject({
      nombre: 'Otra',
      descripcion: '',
      categoria: null,
      imagenUrl: null,
      atributos: {},
      version: 3,
    })
  })

  test('keeps the history of prices, and who changed them, as single edits do', async () => {
    const shop = await openShop()
    const { id } = await crear(shop, { sku: 'A', precio: 1000 })
    shop.clock.advance(1000)
    await importar(shop, file('sku,precio,nombre', 'A,20.00,Otra', 'B,3,Nueva'), { headers: admin })
    await importar(shop, file('sku,precio,nombre', 'A,20.00,Otra', 'B,3,Nueva'), { headers: admin })
    const { json } = await shop.send('GET', `/productos/${id}/precios`, { headers: operador })
    expect(json.datos.map(({ precio, usuarioId }) => [precio, usuarioId === operadorId])).toEqual([
      [2000, false],
      [1000, true],
    ])
    const [nueva] = await shop.porSkus(['B'])
    const path = `/productos/${nueva?.id}/precios`
    const history = await shop.send('GET', path, { headers: operador })
    expect(history.json.datos.map(({ precio }) => precio)).toEqual([300])
  })

  test('is found by search at once', async () => {
    const shop = await openShop()
    await importar(shop, file('sku,nombre,precio', 'A,Azucarero,1', 'B,Salero,1'))
    await importar(shop, file('sku,nombre', 'B,Pimentero'))
    const found = async (q: string) =>
      (await shop.send('GET', `/productos?q=${q}`)).json.datos.map(({ sku }) => sku)
    expect(await found('azucarero')).toEqual(['A'])
    expect(await found('pimentero')).toEqual(['B'])
    expect(await found('salero')).toEqual([])
  })

  test('with simular says the same and writes nothing', async () => {
    const shop = await openShop()
    await crear(shop, { sku: 'A', nombre: 'Taza' })
    const csv = file('sku,nombre,precio', 'A,Otra,1', 'B,Nueva,2')
    const simulated = await importar(shop, csv, { simular: true })
    expect(simulated).toMatchObject({ status: 200, simulada: true, creados: 1, actualizados: 1 })
    expect(await shop.porSkus(['A', 'B'])).toMatchObject([{ nombre: 'Taza', version: 1 }])
    const real = await importar(shop, csv, { simular: false })
    expect({ ...real, simulada: true }).toEqual(simulated)
  })

  test('shows the first 100 rows', async () => {
    const shop = await openShop()
    const rows = Array.from({ length: 150 }, (_, index) => `S-${index},Cosa ${index},1`)
    const { filas, creados, muestra } = await importar(shop, file('sku,nombre,precio', ...rows))
    expect({ filas, creados } as unknown).toEqual({ filas: 150, creados: 150 })
    expect(muestra.map(({ sku }) => sku)).toEqual(
      Array.from({ length: 100 }, (_, index) => `S-${index}`),
    )
  })

  test('takes a file without rows, and says so', async () => {
    expect(await importar(await openShop(), 'sku,nombre\n')).toMatchObject({
      status: 200,
      creados: 0,
    })
  })
})

describe('a wrong row', () => {
  test('is told with its line and column, all of them, and nothing is written', async () => {
    const shop = await openShop()
    await crear(shop, { sku: 'A', nombre: 'Taza' })
    const csv = file(
      'sku,nombre,precio,activo,atributos,imagenUrl,categoria',
      'A,Otra,1.00,,,,',
      'B,,19.9999,quizá,{,javascript:x,',
      `C,Cuenco,1,1,"{""a"":1}",,${'x'.repeat(101)}`,
      ',Nada,1,1,,,',
      'D,Dedal,-1,1,[],,',
      'E,Espejo,10000000000.01,1,,,',
    )
    const { status, codigo, total, filas } = await erroresDe(shop, csv)
    expect({ status, codigo, total }).toEqual({
      status: 422,
      codigo: 'importacion-invalida',
      total: filas.length,
    })
    expect(filas.map(([fila, columna]) => `${fila} ${columna}`)).toEqual([
      '2 activo',
      '3 precio',
      '3 activo',
      '3 atributos',
      '3 nombre',
      '3 imagenUrl',
      '4 categoria',
      '4 atributos',
      '5 sku',
      '6 precio',
      '6 atributos',
      '7 precio',
    ])
    expect(filas[1]?.[2]).toBe('debe ser un importe como 19.99, con hasta 2 decimales')
    expect(await shop.porSkus(['A', 'B', 'C', 'D', 'E'])).toMatchObject([
      { sku: 'A', nombre: 'Taza', version: 1 },
    ])
  })

  test('is one that would create a product without a name or a price', async () => {
    const shop = await openShop()
    await crear(shop, { sku: 'A' })
    expect((await erroresDe(shop, file('sku,nombre', 'A,Taza', 'B,Plato'))).filas).toEqual([
      [3, 'precio', 'es obligatorio para un producto nuevo'],
    ])
    expect((await erroresDe(shop, file('sku,precio', 'A,1', 'B,1'))).filas).toEqual([
      [3, 'nombre', 'es obligatorio para un producto nuevo'],
    ])
    // Nothing of the good row either.
    expect(await shop.porSkus(['A'])).toMatchObject([{ version: 1 }])
  })

  test('is the second with a SKU, whatever its capitals, and names the first', async () => {
    const csv = file('sku,nombre,precio', 'A-1,Uno,1', 'B,Dos,1', ' a-1 ,Tres,1')
    expect((await erroresDe(await openShop(), csv)).filas).toEqual([
      [4, 'sku', 'está también en la fila 2; cada SKU va una vez'],
    ])
  })

  test('is one that names a picture of ours that is not there', async () => {
    const csv = file('sku,nombre,precio,imagenUrl', `A,Uno,1,/imagenes/${'a'.repeat(64)}`)
    expect((await erroresDe(await openShop(), csv)).filas).toEqual([
      [2, 'imagenUrl', expect.any(String)],
    ])
  })

  test('is one whose JSON is nothing but brackets', async () => {
    const csv = file('sku,nombre,precio,atributos', `A,Uno,1,${'['.repeat(200_000)}`)
    expect((await erroresDe(await openShop(), csv)).filas).toEqual([
      [2, 'atributos', 'debe ser un objeto JSON, como {"color":"rojo"}'],
    ])
  })

  test('is a column that nobody knows', async () => {
    const csv = file('sku,nombre,color', 'A,Uno,rojo')
    expect((await erroresDe(await openShop(), csv)).filas).toEqual([
      [1, 'color', expect.any(String)],
    ])
  })

  test('is counted beyond the 200 that are listed', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => `S-${index},Cosa,x`)
    const { total, filas } = await erroresDe(await openShop(), file('sku,nombre,precio', ...rows))
    expect([total, filas.length]).toEqual([300, 200])
  })
})

describe('who and what', () => {
  test('only staff imports and exports', async () => {
    const shop = await openShop()
    for (const [headers, status] of [
      [{}, 401],
      [cliente, 403],
      [servicio, 403],
    ] as const) {
      expect((await importar(shop, 'sku\n', { headers })).status).toBe(status)
      expect((await shop.send('GET', '/productos/exportacion', { headers })).status).toBe(status)
    }
  })

  test('only CSV, of at most 16 MiB, and nothing else in the query', async () => {
    const shop = await openShop()
    expect(await importar(shop, '{}', { type: 'application/json' })).toMatchObject({ status: 415 })
    const large = 'x'.repeat(16 * 1024 * 1024 + 1)
    expect(await importar(shop, large)).toMatchObject({ status: 413 })
    for (const query of ['simular=quizá', 'otra=1']) {
      const path = `/productos/importacion?${query}`
      const headers = { ...operador, 'content-type': 'text/csv' }
      expect((await shop.send('POST', path, { body: 'sku\n', headers })).status).toBe(422)
    }
  })
})

describe('at once', () => {
  test('two imports of the same new products make each once', async () => {
    const shop = await openShop()
    const rows = Array.from({ length: 50 }, (_, index) => `S-${index},Cosa ${index},1`)
    const csv = file('sku,nombre,precio', ...rows)
    const both = await Promise.all([importar(shop, csv), importar(shop, csv)])
    expect(both.map(({ creados }) => creados).sort((a, b) => a - b)).toEqual([0, 50])
    expect(both.map(({ sinCambios }) => sinCambios).sort((a, b) => a - b)).toEqual([0, 50])
    expect(await shop.porSkus(['S-0', 'S-49'])).toMatchObject([{ version: 1 }, { version: 1 }])
  })

  test('an edit while a file is imported loses nothing of either, and a third file is told to wait', async () => {
    const shop = await openShop()
    const products = []
    for (let index = 0; index < 40; index++) products.push(await crear(shop, { sku: `S-${index}` }))
    const csv = file('sku,nombre', ...products.map(({ sku }) => `${sku},Importado`))
    const importing = [importar(shop, csv), importar(shop, csv), importar(shop, csv)]
    const edits = products.map(({ id }) =>
      shop.send('PATCH', `/productos/${id}`, { body: { precio: 4242 }, headers: operador }),
    )
    expect((await Promise.all(edits)).map(({ status }) => status)).toEqual(products.map(() => 200))
    const ended = await Promise.all(importing)
    expect(ended.map(({ status }) => status).toSorted()).toEqual([200, 200, 503])
    for (const producto of await shop.porSkus(products.map(({ sku }) => sku))) {
      expect(producto).toMatchObject({ nombre: 'Importado', precio: 4242, version: 3 })
    }
  })

  test('a product that is created meanwhile under the same SKU is not there twice', async () => {
    const shop = await openShop()
    const csv = file('sku,nombre,precio', 'A,Importado,1')
    const [imported, created] = await Promise.all([
      importar(shop, csv),
      shop.send('POST', '/productos', { body: alta({ sku: 'a' }), headers: operador }),
    ])
    expect(imported.status).toBe(200)
    expect([201, 409]).toContain(created.status)
    expect(await shop.porSkus(['A'])).toMatchObject([{ nombre: 'Importado' }])
  })
})
