import { rows } from '@encargo/storage/testing'
import { describe, expect, test } from 'bun:test'
import { erroresDe, importar } from './csv.ts'
import {
  admin,
  checkInvariants,
  cliente,
  openWarehouse,
  operador,
  operadorId,
  pedido,
  servicio,
  skuDe,
} from './fixture.ts'

const file = (...lines: string[]) => `${lines.join('\n')}\n`

describe('POST /inventario/importacion', () => {
  test('sets counts and thresholds by SKU, opens what has no stock yet, and says what it did', async () => {
    const warehouse = await openWarehouse()
    const [uno, dos] = [await warehouse.producto(10, 2), await warehouse.producto(5, 1)]
    const nuevo = Bun.randomUUIDv7()
    warehouse.catalogo.ids.add(nuevo)
    const csv = file(
      'sku;fisico;umbralMinimo;motivo',
      `${skuDe(uno).toLowerCase()};7;3;Recuento de enero`,
      `${skuDe(dos)};5;;`,
      `${skuDe(nuevo)};4;1;`,
    )
    expect(await importar(warehouse, csv)).toEqual({
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
          productoId: uno,
          sku: skuDe(uno),
          accion: 'actualizar',
          antes: 10,
          despues: 7,
          umbral: { antes: 2, despues: 3 },
        },
        { fila: 3, productoId: dos, sku: skuDe(dos), accion: 'igual', antes: 5, despues: 5 },
        { fila: 4, productoId: nuevo, sku: skuDe(nuevo), accion: 'crear', antes: null, despues: 4 },
      ],
    } as never)
    const path = `/inventario/${uno}`
    const { json, headers } = await warehouse.send('GET', path, { headers: operador })
    expect(json).toMatchObject({ fisico: 7, umbralMinimo: 3 })
    expect(headers.get('etag')).toBe('"2"')
    const ledger = await warehouse.send('GET', `${path}/movimientos`, { headers: operador })
    expect(ledger.json.datos[0]).toMatchObject({
      tipo: 'AJUSTE',
      cantidad: -3,
      fisicoResultante: 7,
      motivo: 'Recuento de enero',
      usuarioId: operadorId,
      pedidoId: null,
    })
    // What did not change left nothing behind.
    const untouched = await warehouse.store.movimientos({
      de: { productoId: dos },
      limite: 10,
    })
    expect(untouched).toHaveLength(1)
    await checkInvariants(warehouse.storage)
  })

  test('counts below what is reserved as well, says so in the preview, and lets the other rows go on', async () => {
    const warehouse = await openWarehouse()
    const [uno, dos] = [await warehouse.producto(10), await warehouse.producto(10)]
    await warehouse.reservar(pedido(), [{ productoId: uno, cantidad: 4 }])
    const csv = file('productoId,fisico,umbralMinimo', `${uno},3,`, `${dos},9,`)
    const filas = [
      { fila: 2, productoId: uno, antes: 10, despues: 3, faltan: 1 },
      { fila: 3, productoId: dos, antes: 10, despues: 9 },
    ]
    expect(await importar(warehouse, csv, { simular: true })).toMatchObject({ muestra: filas })
    expect(await warehouse.existencia(uno)).toEqual([10, 4])
    expect(await importar(warehouse, csv)).toMatchObject({ muestra: filas })
    expect(await warehouse.existencia(uno)).toEqual([4, 4])
    expect(await warehouse.existencia(dos)).toEqual([9, 0])
    await checkInvariants(warehouse.storage)
    // A file that only sets a threshold finds nothing again, and one that says the same changes nothing.
    const umbral = file('productoId,umbralMinimo', `${uno},2`)
    expect((await importar(warehouse, umbral)).status).toBe(200)
    expect(await warehouse.store.existencia(uno)).toMatchObject({ faltan: 1, umbralMinimo: 2 })
    const igual = file('productoId,fisico', `${uno},3`)
    expect(await importar(warehouse, igual)).toMatchObject({ sinCambios: 1 })
    const hallada = file('productoId,fisico', `${uno},4`)
    await importar(warehouse, hallada)
    expect(await warehouse.store.existencia(uno)).toMatchObject({ fisico: 4, faltan: 0 })
  })

  test('takes ids, blanks as no change, a threshold alone without a line in the ledger', async () => {
    const warehouse = await openWarehouse()
    const [uno, dos] = [await warehouse.producto(10, 2), await warehouse.producto(5, 1)]
    const csv = file('productoId,umbralMinimo,fisico', `${uno.toUpperCase()},9,`, `${dos},,0`)
    expect(await importar(warehouse, csv)).toMatchObject({ status: 200, actualizados: 2 })
    expect(await warehouse.store.existencia(uno)).toMatchObject({ fisico: 10, umbralMinimo: 9 })
    expect(await warehouse.store.existencia(dos)).toMatchObject({ fisico: 0, umbralMinimo: 1 })
    const { storage } = warehouse
    const ajustes = "SELECT producto_id FROM movimientos WHERE tipo = 'AJUSTE'"
    expect(await rows(storage, ajustes)).toEqual([{ producto_id: dos }])
    await checkInvariants(storage)
    expect(await importar(warehouse, csv)).toMatchObject({ status: 200, sinCambios: 2 })
  })

  test('with simular says the same and writes nothing', async () => {
    const warehouse = await openWarehouse()
    const uno = await warehouse.producto(10)
    const csv = file('sku,fisico', `${skuDe(uno)},3`)
    const simulated = await importar(warehouse, csv, { simular: true })
    expect(simulated).toMatchObject({ status: 200, simulada: true, actualizados: 1 })
    expect(await warehouse.existencia(uno)).toEqual([10, 0])
    expect({ ...(await importar(warehouse, csv)), simulada: true }).toEqual(simulated)
    expect(await warehouse.existencia(uno)).toEqual([3, 0])
  })
})

describe('a wrong row', () => {
  test('is told with its line and column, all of them, and nothing is written', async () => {
    const warehouse = await openWarehouse()
    const [uno, dos, tres] = [
      await warehouse.producto(10),
      await warehouse.producto(5),
      await warehouse.producto(5),
    ]
    await warehouse.reservar(pedido(), [{ productoId: tres, cantidad: 4 }])
    const nuevo = Bun.randomUUIDv7()
    warehouse.catalogo.ids.add(nuevo)
    const desconocido = Bun.randomUUIDv7()
    const csv = file(
      'sku,productoId,fisico,umbralMinimo',
      `${skuDe(uno)},,1,`,
      'NADIE,,1,',
      `,${desconocido},1,`,
      ',no-es,1,',
      ',,1,',
      `${skuDe(uno)},${dos},1,`,
      `,${uno},2,`,
      `${skuDe(tres)},,3,`,
      `${skuDe(nuevo)},,,3`,
      `,${dos},-1,1e3`,
      `,${dos},1000000000001,`,
      `,${dos},1,,x`,
    )
    const { status, codigo, filas } = await erroresDe(warehouse, csv)
    expect({ status, codigo }).toEqual({ status: 422, codigo: 'importacion-invalida' })
    expect(filas.map(([fila, columna]) => `${fila} ${columna}`)).toEqual([
      '3 sku',
      '4 productoId',
      '5 productoId',
      '6 null',
      '7 sku',
      '8 productoId',
      '10 fisico',
      '11 fisico',
      '11 umbralMinimo',
      '12 fisico',
      '13 null',
    ])
    expect(filas[5]?.[2]).toBe('su producto está también en la fila 2; va una vez')
    expect(await warehouse.existencia(uno)).toEqual([10, 0])
    await checkInvariants(warehouse.storage)
  })

  for (const [header, mensaje] of [
    ['fisico', 'falta la columna sku o productoId'],
    ['sku,motivo', 'falta la columna fisico o umbralMinimo'],
  ] as const) {
    test(`is a header that lacks what it needs: ${header}`, async () => {
      expect((await erroresDe(await openWarehouse(), file(header))).filas).toEqual([
        [1, null, mensaje],
      ])
    })
  }

  test('undoes the good rows that were written before it', async () => {
    const warehouse = await openWarehouse()
    const uno = await warehouse.producto(10)
    const dos = Bun.randomUUIDv7()
    warehouse.catalogo.ids.add(dos)
    const csv = file('sku,fisico,umbralMinimo', `${skuDe(uno)},1,`, `${skuDe(dos)},,3`)
    expect((await erroresDe(warehouse, csv)).filas).toEqual([[3, 'fisico', expect.any(String)]])
    expect(await warehouse.existencia(uno)).toEqual([10, 0])
    await checkInvariants(warehouse.storage)
  })
})

describe('who, what and when', () => {
  test('only staff imports and exports', async () => {
    const warehouse = await openWarehouse()
    for (const [headers, status] of [
      [{}, 401],
      [cliente, 403],
      [servicio, 403],
      [admin, 200],
    ] as const) {
      expect((await importar(warehouse, 'sku,fisico\n', { headers })).status).toBe(status)
      const request = new Request('http://localhost/inventario/exportacion', { headers })
      expect((await warehouse.app.handle(request)).status).toBe(status)
    }
  })

  test('without productos nothing is written: 503', async () => {
    const warehouse = await openWarehouse()
    const uno = await warehouse.producto(10)
    warehouse.catalogo.go(true)
    for (const row of [`sku,fisico\n${skuDe(uno)},1\n`, `productoId,fisico\n${uno},1\n`]) {
      expect(await importar(warehouse, row)).toMatchObject({
        status: 503,
        codigo: 'servicio-no-disponible',
      })
    }
    expect(await warehouse.existencia(uno)).toEqual([10, 0])
  })
})

describe('the same file again', () => {
  const key = { ...operador, 'idempotency-key': 'enero' }

  test('with its key is answered as it was first, and undoes no sale that came between', async () => {
    const warehouse = await openWarehouse()
    const uno = await warehouse.producto(10)
    const csv = file('sku,fisico,umbralMinimo', `${skuDe(uno)},8,1`)
    const first = await importar(warehouse, csv, { headers: key })
    expect(first).toMatchObject({ status: 200, actualizados: 1 })
    await warehouse.mover(uno, { tipo: 'SALIDA', cantidad: 3 })
    expect(await importar(warehouse, csv, { headers: key })).toEqual(first)
    expect(await warehouse.existencia(uno)).toEqual([5, 0])
    // Without the key it is a new count.
    await importar(warehouse, csv)
    expect(await warehouse.existencia(uno)).toEqual([8, 0])
    const other = file('sku,fisico', `${skuDe(uno)},9`)
    expect(await importar(warehouse, other, { headers: key })).toMatchObject({
      status: 422,
      codigo: 'idempotencia-distinta',
    })
    const { status, json } = await warehouse.mover(uno, { tipo: 'SALIDA', cantidad: 1 }, key)
    expect([status, json.codigo]).toEqual([422, 'idempotencia-distinta'])
    expect(await warehouse.existencia(uno)).toEqual([8, 0])
    await checkInvariants(warehouse.storage)
  })

  test('says that it is answered again, and a refused or simulated one keeps no key', async () => {
    const warehouse = await openWarehouse()
    const uno = await warehouse.producto(10)
    const csv = file('sku,fisico', `${skuDe(uno)},8`)
    await importar(warehouse, file('sku,fisico', `${skuDe(uno)},x`), { headers: key })
    await importar(warehouse, csv, { headers: key, simular: true })
    const send = async () => {
      const headers = { ...key, 'content-type': 'text/csv' }
      const init = { method: 'POST', headers, body: csv }
      const request = new Request('http://localhost/inventario/importacion', init)
      const answer = await warehouse.app.handle(request)
      return [answer.status, answer.headers.get('idempotency-replayed')]
    }
    expect(await send()).toEqual([200, null])
    expect(await send()).toEqual([200, 'true'])
    expect(await Promise.all([send(), send()])).toEqual([
      [200, 'true'],
      [200, 'true'],
    ])
  })
})

describe('at once', () => {
  test('a count while shoppers reserve, and two counts, keep every sum right', async () => {
    const warehouse = await openWarehouse()
    const productos: string[] = []
    for (let index = 0; index < 30; index++) productos.push(await warehouse.producto(10))
    const csv = (fisico: number) =>
      file('sku,fisico', ...productos.map((id) => `${skuDe(id)},${fisico}`))
    const reserving = productos.map((productoId) =>
      warehouse.reservar(pedido(), [{ productoId, cantidad: 3 }]),
    )
    const counts = await Promise.all([importar(warehouse, csv(20)), importar(warehouse, csv(8))])
    expect(counts.map(({ status }) => status)).toEqual([200, 200])
    for (const { status } of await Promise.all(reserving)) expect(status).toBe(201)
    const after = await Promise.all(productos.map((id) => warehouse.existencia(id)))
    // One of the two came last, for all of them.
    expect(['[20,3]', '[8,3]']).toContain(JSON.stringify(after[0]))
    expect(new Set(after.map((one) => JSON.stringify(one))).size).toBe(1)
    await checkInvariants(warehouse.storage)
  })

  test('a count below what somebody reserves meanwhile names what is missing, or came first', async () => {
    const warehouse = await openWarehouse()
    const [uno, dos] = [await warehouse.producto(10), await warehouse.producto(10)]
    const csv = file('sku,fisico', `${skuDe(uno)},1`, `${skuDe(dos)},1`)
    const [counted, reserved] = await Promise.all([
      importar(warehouse, csv),
      warehouse.reservar(pedido(), [{ productoId: dos, cantidad: 5 }]),
    ])
    expect(counted.status).toBe(200)
    const { fisico, reservado, faltan } = (await warehouse.store.existencia(dos)) ?? {}
    const came = reserved.status === 201
    expect([fisico, reservado, faltan]).toEqual(came ? [5, 5, 4] : [1, 0, 0])
    expect(counted).toMatchObject({ muestra: [{}, came ? { faltan: 4 } : {}] })
    await checkInvariants(warehouse.storage)
  })
})
