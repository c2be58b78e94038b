import { expect } from 'bun:test'
import { unwrap } from '@encargo/client'
import { wrongWith } from './axe.ts'
import { available, stock } from './shop.ts'
import { csv, file, staffSteps } from './staff-catalogue-steps.ts'
import { emptyShelves, story } from './story.ts'

story(import.meta.path, 'products and stock in files, in a real browser', emptyShelves, (test) => {
  test('a products file with mistakes names lines and columns; a good one is shown first, then imported, and its export changes nothing', async (shop) => {
    await stock(shop, { nombre: 'Vaso', precio: 300, cantidad: 1 })
    const { page, findings, close } = await shop.visit()
    const staff = staffSteps(page)
    await staff.signIn('/gestion/importar')
    await staff.choose(file('libro.csv', 'text/csv', Buffer.from('PK\u0003\u0004')))
    await page.getByText('Eso es un libro de cálculo, no un CSV.').waitFor()
    const latin = Buffer.from('sku;nombre;precio;\nA;Caf\xe9;1.500;\n', 'latin1')
    await staff.choose(file('latin.csv', 'text/csv', latin))
    await page.getByText('nombre Café').waitFor()
    await page.getByText(/precio .*1\.500,00/).waitFor()
    await page.getByRole('button', { name: 'Elegir otro archivo' }).click()

    const header = 'sku,nombre,precio,categoria'
    await staff.choose(csv('malo.csv', header, 'IMP-1,Plato,caro,Cocina', 'IMP-2,,2.50,Cocina'))
    await page.getByRole('heading', { name: /^malo\.csv: Hay 2 errores/ }).waitFor()
    const mistakes = page.getByRole('table', { name: 'Errores por fila' }).getByRole('row')
    expect(
      (await mistakes.allInnerTexts()).slice(1).map((one) => one.split(/\s+/).slice(0, 3)),
    ).toEqual([
      ['Línea', '2', 'precio'],
      ['Línea', '3', 'nombre'],
    ])
    expect(await wrongWith(page)).toEqual([])

    await page.getByRole('button', { name: 'Elegir otro archivo' }).click()
    await staff.choose(csv('bueno.csv', header, 'IMP-1,Plato,"4,75",Cocina', 'IMP-2,Cuenco,2.50,'))
    await page.getByRole('heading', { name: 'Vista previa de bueno.csv' }).waitFor()
    expect(await staff.figure('Nuevas')).toBe(2)
    const found = async () =>
      (await unwrap(shop.staff.productos.productos.get({ query: { q: 'IMP' } }))).datos
    expect(await found()).toEqual([])
    expect(await wrongWith(page)).toEqual([])
    await page.getByRole('button', { name: 'Importar 2 filas' }).click()
    await page.getByRole('heading', { name: 'bueno.csv: importado' }).waitFor()
    expect((await found()).map(({ precio }) => precio).toSorted()).toEqual([250, 475])

    const { name, text } = await staff.download('Exportar lo que está a la venta')
    expect(name).toMatch(/^productos-\d{4}-\d\d-\d\d\.csv$/)
    expect(text).toContain('IMP-1')
    await page.getByRole('button', { name: 'Elegir otro archivo' }).click()
    await staff.choose(file(name, 'text/csv', text))
    await page.getByText('Todo está ya como dice el archivo.').waitFor()
    expect(findings(422)).toEqual([])
    await close()
  })

  test('an edited export shows old and new, and names what the shop has changed meanwhile', async (shop) => {
    const { productos } = shop.staff
    const { id } = await unwrap(
      productos.productos.post({ sku: 'CSV-JARRA', nombre: 'Jarra', precio: 2_000 }),
    )
    const { page, findings, close } = await shop.visit()
    const staff = staffSteps(page)
    await staff.signIn('/gestion/importar')
    const { text } = await staff.download('Exportar lo que está a la venta')
    await unwrap(productos.productos({ id }).patch({ precio: 2_500 }))
    const edited = text.replace('CSV-JARRA;Jarra;', 'CSV-JARRA;Jarra azul;')
    await staff.choose(file('editado.csv', 'text/csv', edited.replace(';20,00;', ';21,00;')))
    await page.getByRole('heading', { name: 'editado.csv: Una celda cambió entretanto' }).waitFor()
    await page.getByText('ahora es «25.00»').waitFor()
    expect(await wrongWith(page)).toEqual([])
    await page.getByRole('button', { name: 'Dejarlas como están y revisar lo demás' }).click()
    await page.getByText('nombre Jarra → Jarra azul').waitFor()
    await page.getByRole('button', { name: 'Importar 1 fila' }).click()
    await page.getByRole('heading', { name: 'editado.csv: importado' }).waitFor()
    const jarra = await unwrap(productos.productos({ id }).get())
    expect(jarra).toMatchObject({ nombre: 'Jarra azul', precio: 2_500 })

    // A file of somebody's own is applied as its preview said, or shown again.
    await page.getByRole('button', { name: 'Elegir otro archivo' }).click()
    await staff.choose(csv('propio.csv', 'sku;precio', 'CSV-JARRA;30'))
    await page.getByText(/precio .*25[.,]00 → .*30[.,]00/).waitFor()
    await unwrap(productos.productos({ id }).patch({ precio: 2_600 }))
    await page.getByRole('button', { name: 'Importar 1 fila' }).click()
    await page.getByText('La tienda ha cambiado mientras tanto').waitFor()
    await page.getByText(/precio .*26[.,]00 → .*30[.,]00/).waitFor()
    await page.getByRole('button', { name: 'Importar 1 fila' }).click()
    await page.getByRole('heading', { name: 'propio.csv: importado' }).waitFor()
    expect((await unwrap(productos.productos({ id }).get())).precio).toBe(3_000)
    expect(findings(422)).toEqual([])
    await close()
  })

  test('a stock file opens and counts stock, and its export changes nothing', async (shop) => {
    const { productos, inventario } = shop.staff
    const silla = { sku: 'CSV-SILLA', nombre: 'Silla', precio: 9_000 }
    const mesa = { sku: 'CSV-MESA', nombre: 'Mesa', precio: 30_000 }
    const { id: productoId } = await unwrap(productos.productos.post(silla))
    await unwrap(inventario.inventario.post({ productoId, cantidad: 4 }))
    const { id } = await unwrap(productos.productos.post(mesa))
    const { page, findings, close } = await shop.visit()
    const staff = staffSteps(page)
    await staff.signIn('/gestion/importar?de=existencias')
    const header = 'sku;fisico;umbralMinimo;motivo'
    await staff.choose(csv('malo.csv', header, 'CSV-SILLA;-1;;', 'NO-HAY;3;;'))
    await page.getByRole('heading', { name: /^malo\.csv: Hay 2 errores/ }).waitFor()
    await page.getByRole('button', { name: 'Elegir otro archivo' }).click()
    await staff.choose(csv('bueno.csv', header, 'CSV-SILLA;7;2;Recuento', 'CSV-MESA;3;1;Apertura'))
    await page.getByRole('heading', { name: 'Vista previa de bueno.csv' }).waitFor()
    await page.getByText('4 → 7').waitFor()
    await page.getByRole('button', { name: 'Importar 2 filas' }).click()
    await page.getByRole('heading', { name: 'bueno.csv: importado' }).waitFor()
    expect(await available(shop, id)).toBe(3)
    const { name, text } = await staff.download('Exportar existencias')
    expect(text).toContain('CSV-MESA')
    await page.getByRole('button', { name: 'Elegir otro archivo' }).click()
    await staff.choose(file(name, 'text/csv', text))
    await page.getByText('Todo está ya como dice el archivo.').waitFor()
    expect(findings(422)).toEqual([])
    await close()
  })
})
