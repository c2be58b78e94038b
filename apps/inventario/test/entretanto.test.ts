import { describe, expect, test } from 'bun:test'
import { exportar, importar } from './csv.ts'
import { checkInvariants, openWarehouse, pedido, type Warehouse } from './fixture.ts'

/** The exported file with one cell of a product's row as somebody left it. */
function editado(text: string, productoId: string, columna: string, celda: string): string {
  const [cabecera = [], ...filas] = text
    .replace('\uFEFF', '')
    .split('\r\n')
    .map((line) => line.split(';'))
  const fila = filas.find((cells) => cells.includes(productoId))
  if (!fila) throw new Error(`no row of ${productoId}`)
  fila[cabecera.indexOf(columna)] = celda
  return [cabecera, ...filas].map((cells) => cells.join(';')).join('\r\n')
}

const exportado = async (warehouse: Warehouse) =>
  await (await exportar(warehouse, '?separador=punto-y-coma')).text()

async function vender(warehouse: Warehouse, productoId: string, cantidad: number): Promise<void> {
  const id = pedido()
  await warehouse.reservar(id, [{ productoId, cantidad }])
  await warehouse.confirmar(id)
}

const control = (line: string) => line.split(';').at(-1) ?? ''

describe('a file of stock that was exported, edited for an hour and imported', () => {
  test('changes the cells that somebody edited, and undoes no sale and no delivery', async () => {
    const warehouse = await openWarehouse()
    const [uno, dos, tres] = [
      await warehouse.producto(10, 1),
      await warehouse.producto(10, 1),
      await warehouse.producto(10, 1),
    ]
    const text = await exportado(warehouse)
    await vender(warehouse, uno, 4)
    await warehouse.mover(dos, { tipo: 'ENTRADA', cantidad: 50 })
    // Promised goods stand where they stood, and count as before.
    await warehouse.reservar(pedido(), [{ productoId: tres, cantidad: 2 }])
    const umbral = editado(text, dos, 'umbralMinimo', '5')
    expect(await importar(warehouse, editado(umbral, tres, 'fisico', '8'))).toMatchObject({
      status: 200,
      actualizados: 2,
      sinCambios: 1,
    })
    expect(await warehouse.existencia(uno)).toEqual([6, 0])
    expect(await warehouse.existencia(dos)).toEqual([60, 0])
    expect(await warehouse.store.existencia(dos)).toMatchObject({ umbralMinimo: 5 })
    expect(await warehouse.existencia(tres)).toEqual([8, 2])
    await checkInvariants(warehouse.storage)
  })

  test('refuses a count by name when goods have moved since, also when their number is the same again', async () => {
    const warehouse = await openWarehouse()
    const [uno, dos] = [await warehouse.producto(10), await warehouse.producto(10)]
    const text = await exportado(warehouse)
    await vender(warehouse, uno, 4)
    await warehouse.mover(uno, { tipo: 'ENTRADA', cantidad: 4 })
    const file = editado(editado(text, uno, 'fisico', '8'), dos, 'fisico', '7')
    expect(await importar(warehouse, file)).toMatchObject({
      status: 422,
      total: 1,
      filas: [
        {
          columna: 'fisico',
          regla: 'conflicto',
          dato: '10',
          mensaje: expect.stringContaining('ahora son 10: cuenta otra vez'),
        },
      ],
    })
    expect(await warehouse.existencia(dos)).toEqual([10, 0])
    expect(await importar(warehouse, file, { omitirConflictos: true })).toMatchObject({
      status: 200,
      actualizados: 1,
    })
    expect(await warehouse.existencia(uno)).toEqual([10, 0])
    expect(await warehouse.existencia(dos)).toEqual([7, 0])
    // Who knows that the count is of now says so, and it is what stands there.
    const ahora = editado(file, uno, 'control', '')
    expect(await importar(warehouse, ahora)).toMatchObject({ status: 200, actualizados: 1 })
    expect(await warehouse.existencia(uno)).toEqual([8, 0])
    await checkInvariants(warehouse.storage)
  })

  test('is refused where control stands in the row of another product', async () => {
    const warehouse = await openWarehouse()
    const [uno, dos] = [await warehouse.producto(1), await warehouse.producto(2)]
    const [, primera = '', segunda = ''] = (await exportado(warehouse)).split('\r\n')
    const text = (await exportado(warehouse)).replace(control(primera), control(segunda))
    expect([uno, dos].toSorted()[0]).toBe(primera.split(';')[2] ?? '')
    expect(await importar(warehouse, text)).toMatchObject({
      status: 422,
      filas: [{ fila: 2, columna: 'control', regla: 'control' }],
    })
  })
})
