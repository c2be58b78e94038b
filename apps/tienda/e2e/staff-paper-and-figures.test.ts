import { expect } from 'bun:test'
import { unwrap } from '@encargo/client'
import type { Page } from 'playwright-core'
import { wrongWith } from './axe.ts'
import { admin } from './processes.ts'
import { type Shop, stock } from './shop.ts'
import { newPerson, signIn } from './staff.ts'
import { story } from './story.ts'

/** What one order comes to, in cents: more than any card of 360 px has room for beside another. */
const fortune = 123_456_789_012

async function sellYacht(shop: Shop) {
  const yacht = await stock(shop, { nombre: 'Yate de recreo', precio: fortune, cantidad: 1 })
  const { id: clienteId } = await newPerson(shop, 'Lía Paz')
  const direccionEnvio = { nombre: 'Lía Paz', calle: 'Malecón 7', ciudad: 'Manta', pais: 'EC' }
  const lineas = [{ productoId: yacht, cantidad: 1 }]
  const body = { clienteId, completar: true, lineas, direccionEnvio }
  const order = await unwrap(shop.staff.pedidos.pedidos.post(body))
  return { order }
}

/** The numbers of a page that stand on more than one line. */
const brokenNumbers = (page: Page) =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector('main') ?? document)
    const broken: string[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      // What names a trace is no number.
      if (!(node instanceof Text) || node.parentElement?.tagName === 'CODE') continue
      for (const found of node.data.matchAll(/[$€]?\s?\d[\d.,]*\d/g)) {
        const range = document.createRange()
        range.setStart(node, found.index)
        range.setEnd(node, found.index + found[0].length)
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
        if (lines.size > 1) broken.push(found[0])
      }
    }
    return broken
  })

/** How bright a color is that the page says as `rgb(...)`: 0 is black, 1 is white. */
const brightness = (page: Page, selector: string, what: 'color' | 'backgroundColor') =>
  page.locator(selector).evaluateAll(
    (all, name) =>
      all
        .filter((one) => one.checkVisibility())
        .map((one) => getComputedStyle(one)[name])
        .filter((color) => color !== 'rgba(0, 0, 0, 0)')
        .map((color) => Math.max(...(color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)) / 255),
    what,
  )

story(import.meta.path, 'figures, paper and lists of the staff', sellYacht, (test) => {
  test('no number breaks, however large and narrow, in this currency and in one of three decimals', async (shop) => {
    const { page, findings, close } = await shop.visit()
    await signIn(page, '/gestion')
    const check = async (path: string) => {
      await page.goto(path)
      for (const width of [360, 1024, 1280, 1920]) {
        await page.setViewportSize({ width, height: 800 })
        await page
          .getByText(/234\.567|123\.456/)
          .first()
          .waitFor()
        const wrong = [...(await brokenNumbers(page)), ...(await wrongWith(page))]
        expect([path, width, ...wrong]).toEqual([path, width])
      }
    }
    await check('/gestion')
    await check('/gestion/pedidos')
    await check(`/gestion/pedidos/${shop.order.id}`)
    await page.route('**/pedidos/resumen?*', async (route) => {
      const response = await route.fetch()
      const movido = { cobrado: 123_456_789_012, reembolsado: 99_999_999_999, disputado: -1_000 }
      const dinero = {
        porMetodo: [
          { metodo: 'transferencia', ...movido },
          { metodo: 'contra-entrega', ...movido },
        ],
        saldos: [
          { asunto: 'devolucion-fallida', pedidos: 12_345, importe: -123_456_789_012 },
          { asunto: 'por-cobrar', pedidos: 1, importe: 5_000 },
        ],
      }
      const json = { ...(await response.json()), ...dinero, moneda: 'KWD' }
      await route.fulfill({ response, json })
    })
    await check('/gestion')
    expect(findings()).toEqual([])
    await close()
  }, 90_000)

  test('an order on paper is black on white from the dark theme: no menu, no button, no trace', async (shop) => {
    const { page, findings, close } = await shop.visit({ colorScheme: 'dark' })
    await signIn(page, `/gestion/pedidos/${shop.order.id}`)
    await page.getByText('Quedó completado').waitFor()
    await page.emulateMedia({ media: 'print' })
    const text = await page.locator('body').innerText()
    expect(text).toContain(`Pedido ${shop.order.numero}`)
    expect(text).toContain('Malecón 7')
    expect(text).toContain('$1.234.567.890,12')
    for (const one of ['Panel', 'Existencias', 'Traza', ' ms', 'En vivo', 'Imprimir', 'Ver sus']) {
      expect(text).not.toContain(one)
    }
    expect(await page.locator('nav:visible, button:visible').count()).toBe(0)
    const parts = 'body, main p, main h1, main h2, main a, main section, main span'
    expect(Math.max(...(await brightness(page, parts, 'color')))).toBe(0)
    expect(Math.min(...(await brightness(page, parts, 'backgroundColor')))).toBeGreaterThan(0.85)
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1')
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1)
    // Its documents, on both papers: each fits on one page, in black on white.
    for (const documento of ['recibo', 'albaran', 'picking']) {
      for (const papel of ['a4', '80mm']) {
        const path = `/gestion/pedidos/${shop.order.id}/imprimir/${documento}`
        await page.goto(`${path}?papel=${papel}&recibido=200000000000`)
        await page.getByRole('article').waitFor()
        const told = await page.locator('body').innerText()
        expect(told).toContain(`Pedido ${shop.order.numero}`)
        expect([documento, told.includes('no es factura')]).toEqual([
          documento,
          documento !== 'picking',
        ])
        if (documento === 'recibo') expect(told).toContain('$765.432.109,88')
        expect(await page.locator('nav:visible, button:visible').count()).toBe(0)
        expect(Math.max(...(await brightness(page, 'article *', 'color')))).toBe(0)
        const sheet = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
        expect([documento, papel, sheet.match(/\/Type \/Page\b/g)?.length]).toEqual([
          documento,
          papel,
          1,
        ])
        // 80 mm are 226,8 points.
        if (papel === '80mm') expect(sheet).toMatch(/\/MediaBox \[0 0 22[67]/)
      }
    }
    await page.goto(`/gestion/pedidos/${shop.order.id}`)
    await page.getByText('Quedó completado').waitFor({ state: 'attached' })
    // Wide paper is no wide screen: no column of one letter a line.
    await page.setViewportSize({ width: 1300, height: 900 })
    const heading = page.getByRole('heading', { name: 'Cliente' })
    expect((await heading.boundingBox())?.width).toBeGreaterThan(50)
    expect(findings()).toEqual([])
    await close()
  })

  test('the stock is counted, linked from the dashboard, and sorted with the keyboard', async (shop) => {
    const names = ['Cuerda', 'Ancla', 'Boya'] as const
    for (const [index, nombre] of names.entries()) {
      const id = await stock(shop, { nombre, precio: 500, cantidad: 10 + index })
      const umbralMinimo = nombre === 'Boya' ? 20 : 0
      await unwrap(shop.staff.inventario.inventario({ productoId: id }).patch({ umbralMinimo }))
    }
    const { page, findings, close } = await shop.visit({ viewport: { width: 1920, height: 900 } })
    const rows = () => page.getByRole('rowheader').getByRole('link').allInnerTexts()
    await signIn(page, '/gestion')
    await page.getByText('por reponer; 1 agotado').waitFor()
    await page.getByRole('link', { name: 'Ver todo (2)' }).click()
    await page.getByText('Productos: 4 · Bajo el mínimo: 2 · Agotados: 1').waitFor()
    await page.getByRole('link', { name: 'Boya' }).waitFor()
    expect(await rows()).toEqual(['Yate de recreo', 'Boya'])
    await page.getByRole('searchbox').fill('boyas')
    await page.getByRole('link', { name: 'Yate de recreo' }).waitFor({ state: 'detached' })
    expect(await rows()).toEqual(['Boya'])

    await page.goto('/gestion/existencias')
    const head = page.getByRole('columnheader', { name: 'Disponible' })
    await head.getByRole('button').waitFor()
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
    await page.getByRole('link', { name: 'Cuerda' }).waitFor()
    expect(await rows()).toEqual(['Yate de recreo', 'Cuerda', 'Ancla', 'Boya'])
    await head.getByRole('button').focus()
    await page.keyboard.press('Enter')
    await page.locator('th[aria-sort=descending]').waitFor()
    await page.locator('tbody tr:first-child').getByText('Boya').waitFor()
    expect(await rows()).toEqual(['Boya', 'Ancla', 'Cuerda', 'Yate de recreo'])
    await page.getByRole('columnheader', { name: 'Producto' }).getByRole('button').click()
    await page.locator('tbody tr:first-child').getByText('Ancla').waitFor()
    expect(await rows()).toEqual(['Ancla', 'Boya', 'Cuerda', 'Yate de recreo'])
    expect(await wrongWith(page)).toEqual([])
    const heights = await page
      .locator('tbody tr, thead button')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height))
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(48)
    const table = await page.getByRole('table').boundingBox()
    expect(table?.width).toBeGreaterThan(1_600)

    await page.goto('/gestion/productos')
    await page.getByRole('row', { name: /Boya/ }).getByText('12', { exact: true }).waitFor()
    await page.getByRole('columnheader', { name: 'Precio' }).getByRole('button').click()
    await page.locator('th[aria-sort=ascending]').getByRole('button', { name: 'Precio' }).waitFor()
    await page.getByRole('columnheader', { name: 'Precio' }).getByRole('button').click()
    await page.locator('tbody tr:first-child').getByText('Yate de recreo').waitFor()
    expect(findings()).toEqual([])
    await close()
  })

  test('a shop without orders shows a sentence in place of an axis of zeros', async (shop) => {
    const { page, findings, close } = await shop.visit()
    await page.route('**/pedidos/resumen?*', async (route) => {
      const response = await route.fetch()
      const resumen = await response.json()
      const nada = { pedidos: 0, completados: 0, cancelados: 0, ingresos: 0 }
      const porDia = resumen.porDia.map((dia: object) => ({ ...dia, ...nada }))
      await route.fulfill({ response, json: { ...resumen, porDia, masVendidos: [] } })
    })
    await signIn(page, '/gestion')
    await page.getByText('En estos días no hubo ningún pedido.').waitFor()
    expect(await page.locator('figure').count()).toBe(0)
    expect(findings()).toEqual([])
    await close()
  })

  test('staff whose browser reads English get an English back office to begin with', async (shop) => {
    const { page, findings, close } = await shop.visit({
      locale: 'en-US',
      viewport: { width: 360, height: 740 },
    })
    await page.goto('/gestion')
    await page.getByLabel('Email').fill(admin.email)
    await page.getByLabel('Password').fill(admin.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    const titles = {
      '/gestion': 'Dashboard',
      '/gestion/pedidos': 'Orders',
      [`/gestion/pedidos/${shop.order.id}`]: `Order ${shop.order.numero}`,
      '/gestion/pedidos/venta': 'Counter sale',
      '/gestion/cobros': 'Payments',
      '/gestion/metodos-pago': 'Payment methods',
      '/gestion/productos': 'Products',
      '/gestion/existencias': 'Stock',
      '/gestion/usuarios': 'Users',
      '/gestion/auditoria': 'Audit log',
      '/gestion/impuestos': 'Taxes',
      '/gestion/envios': 'Shipping',
      '/gestion/cupones': 'Coupons',
      '/gestion/avisos': 'Emails',
      '/gestion/importar': 'Import and export',
    }
    for (const [path, name] of Object.entries(titles)) {
      await page.waitForURL((url) => url.pathname.startsWith('/gestion'))
      await page.goto(path)
      await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
      expect([path, ...(await wrongWith(page))]).toEqual([path])
      expect(await page.locator('body').innerText()).not.toMatch(/Pedido|Buscar|Estado|Todos/)
    }
    expect(findings()).toEqual([])
    await close()
  })

  test('an owner says how to pay; what comes is written down, what is credited goes back by hand, and the list is empty again', async (shop) => {
    const { staff } = shop
    const pan = await stock(shop, { nombre: 'Rosca de reyes', precio: 1_600, cantidad: 5 })
    const { id: clienteId } = await newPerson(shop, 'Eva Loza')
    const { page, findings, close } = await shop.visit({ reducedMotion: 'reduce' })
    await signIn(page, '/gestion/metodos-pago/_nuevo')
    await page.getByLabel('Nombre').fill('Transferencia')
    await page.getByLabel('Código').fill('banco')
    await page.getByLabel('Instrucciones').fill('Cuenta 0123456')
    expect(await wrongWith(page)).toEqual([])
    await page.getByRole('button', { name: 'Guardar el método' }).click()
    await page.getByText('Transferencia: guardado.').waitFor()
    await page.getByText('STRIPE_SECRET_KEY').waitFor()
    expect(await wrongWith(page)).toEqual([])

    const lineas = [{ productoId: pan, cantidad: 1 }]
    const pago = { metodo: 'banco' }
    const { id } = await unwrap(staff.pedidos.pedidos.post({ clienteId, lineas, pago }))
    await page.goto(`/gestion/pedidos/${id}`)
    const panel = page.getByRole('region', { name: 'Pago', exact: true })
    await panel.getByText('Por pagar').waitFor()
    const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
    await press(/^Completar el pedido/)
    await press('Sí, completar')
    await page.getByRole('alert').or(page.getByText('Se paga antes de salir')).first().waitFor()
    await page.keyboard.press('Escape')
    const receive = async (sum: string, reference: string) => {
      await page.getByLabel('Importe').fill(sum)
      await page.getByLabel('Referencia').fill(reference)
      await press('Anotar')
    }
    await press('Anotar un pago')
    await receive('10', 'T-1')
    await panel.getByText('Pagado en parte').waitFor()
    await press('Anotar un pago')
    expect(await page.getByLabel('Importe').inputValue()).toBe('6,00')
    await receive('6', 'T-1')
    await page.getByText('Esa referencia ya está anotada').waitFor()
    await receive('6', 'T-2')
    await panel.getByText('Pagado', { exact: true }).waitFor()
    await press(/^Completar el pedido/)
    await press('Sí, completar')
    await page.getByText('Quedó completado').waitFor()

    await press('Abonar o devolver')
    await page.getByLabel('Importe').fill('3')
    await page.getByText('Se devolverán $3,00.').waitFor()
    await page.getByLabel('Motivo').fill('Llegó aplastada')
    await press('Abonar')
    await panel.getByText('por hacer a mano').waitFor()
    expect(await wrongWith(page)).toEqual([])
    await page.getByRole('link', { name: 'Pagos (1 por mirar)' }).click()
    await page.getByRole('cell', { name: /Por devolver/ }).waitFor()
    expect(await wrongWith(page)).toEqual([])
    await page.getByRole('link', { name: 'Devoluciones' }).click()
    await page.getByLabel('Estado').selectOption('En camino, o por hacer a mano')
    await press('Ya lo devolví: $3,00')
    await page.getByLabel('Referencia').fill('DEV-1')
    await press('Anotar la devolución')
    await page.getByText('Devolución anotada.').waitFor()
    await page.getByRole('link', { name: 'Por hacer' }).click()
    await page.getByText('No hay nada por mirar').waitFor()
    const { pago: despues } = await unwrap(staff.pedidos.pedidos({ id }).get())
    expect(despues).toMatchObject({ estado: 'pagado', exigible: 1_300, reembolsado: 300, saldo: 0 })
    expect(findings(409)).toEqual([])
    await close()
  })
})
