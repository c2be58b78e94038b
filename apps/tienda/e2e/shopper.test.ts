import { expect } from 'bun:test'
import { unwrap } from '@encargo/client'
import { decimalesDe, monedasIso } from '@encargo/service-kit/values/monedas'
import { escribirDinero } from '../src/textos/formato.ts'
import { listen } from './quick-hands.ts'
import { available, sellProperly, stock } from './shop.ts'
import { looks, wrongWith } from './axe.ts'
import { password, steps } from './steps.ts'
import { emptyShelves, story } from './story.ts'

const kib = 1024
const [, narrow] = looks

/** The number in a price as the shop writes it. */
const shown = (moneda: string) =>
  /\d[\d.,]*\d/.exec(escribirDinero('es-EC', 123_456_789, moneda))?.[0]

story(import.meta.path, 'a shopper in a real browser', emptyShelves, (test) => {
  test('the first visit of the catalogue takes less than 150 KiB of script', async (shop) => {
    await stock(shop, { nombre: 'Lámpara de pie', precio: 4_500, cantidad: 3 })
    const visitor = await shop.visit()
    const sizes: Promise<number>[] = []
    visitor.page.on('requestfinished', (request) => {
      if (request.resourceType() !== 'script') return
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
    })
    await visitor.page.goto('/', { waitUntil: 'networkidle' })
    await visitor.page.getByRole('link', { name: 'Lámpara de pie' }).waitFor()
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    expect(bytes).toBeGreaterThan(20 * kib)
    expect(bytes).toBeLessThan(150 * kib)
    expect(visitor.findings()).toEqual([])
    await visitor.close()
  })

  test('what a page needs is asked for while its script is on the way, and once', async (shop) => {
    const silla = await stock(shop, { nombre: 'Silla de mimbre', precio: 6_000, cantidad: 2 })
    const { page, findings, close } = await shop.visit()
    const asked: string[] = []
    page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (pathname.startsWith('/api/')) asked.push(pathname)
    })
    const script = page.waitForRequest((request) => request.resourceType() === 'script')
    let early: readonly string[] = []
    await page.route('**/recursos/index-*.js', async (route) => {
      await script
      early = [...asked]
      await route.fallback()
    })
    await page.goto(`/productos/${silla}`)
    await page.getByText('Quedan 2').waitFor()
    const both = ['/api/inventario/disponibilidad', `/api/productos/productos/${silla}`]
    expect(early.toSorted()).toEqual(both)
    expect(asked.toSorted()).toEqual(both)
    expect(findings()).toEqual([])
    await close()
  })

  test('finds things by typing, by category, by price and by turning the pages', async (shop) => {
    const hilos = Array.from({ length: 30 }, (_, index) => ({
      nombre: `Hilo ${String(index + 1).padStart(2, '0')}`,
      precio: (index + 1) * 100,
    }))
    const puestos = { cantidad: 5, categoria: 'Mercería' }
    await Promise.all(hilos.map((hilo) => stock(shop, { ...hilo, ...puestos })))
    await stock(shop, { nombre: 'Café de altura', precio: 950, cantidad: 0, categoria: 'Café' })
    const { page, findings, close } = await shop.visit()
    await page.goto('/')
    await page.getByRole('searchbox').fill('cafe alt')
    await page.getByText('1 producto', { exact: true }).waitFor()
    await page.getByText('Agotado').waitFor()
    expect(new URL(page.url()).searchParams.get('q')).toBe('cafe alt')
    await page.getByRole('button', { name: 'Borrar la búsqueda' }).click()
    await page.getByRole('link', { name: 'Mercería' }).click()
    await page.getByText('Más de 24 productos').waitFor()
    await page.getByLabel('Desde').fill('3')
    await page.getByLabel('Hasta').fill('5,5 más')
    await page.getByRole('button', { name: 'Aplicar' }).click()
    await page.getByText(/^Escribe un precio como 19[.,]99\.$/).waitFor()
    // What could be two amounts says which it is before anybody presses anything.
    await page.getByLabel('Hasta').fill('1.500')
    await page.getByText(/1[.,]?500[.,]00.*\(USD\)/).waitFor()
    await page.getByLabel('Hasta').fill('5,50')
    await page.getByRole('button', { name: 'Aplicar' }).click()
    await page.getByText('3 productos', { exact: true }).waitFor()
    await page.getByLabel('Ordenar por').selectOption('-precio')
    await page
      .getByRole('link', { name: /^Hilo 05/ })
      .first()
      .waitFor()
    const query = new URL(page.url()).searchParams
    expect(Object.fromEntries(query)).toEqual({
      categoria: 'Mercería',
      precioMin: '300',
      precioMax: '550',
      orden: '-precio',
    })
    // The address says it all: who gets it sees the same.
    await page.reload()
    await page.getByText('3 productos', { exact: true }).waitFor()
    const more: string[] = []
    page.on('request', (request) => {
      const { search, searchParams } = new URL(request.url())
      if (searchParams.has('cursor')) more.push(search)
    })
    const said = await listen(page)
    await page.getByRole('button', { name: 'Quitar los filtros' }).click()
    await page.getByText('Más de 24 productos').waitFor()
    // The long list takes the place of the short one at once, and nobody asked for more of it.
    expect(await said()).toEqual(['3 productos', 'Más de 24 productos'])
    expect(more).toEqual([])
    await page.keyboard.press('End')
    await page.getByText('Eso es todo.').waitFor()
    expect(findings()).toEqual([])
    await close()
  })

  test('amounts have the decimals of ISO 4217 in this browser, as on the server', async (shop) => {
    const { page, close } = await shop.visit()
    const monedas = monedasIso().map((moneda) => ({ moneda, decimales: decimalesDe(moneda) }))
    const inBrowser = await page.evaluate(
      (all) =>
        all.map(({ moneda, decimales }) => {
          const formato = new Intl.NumberFormat('es-EC', {
            style: 'currency',
            currency: moneda,
            minimumFractionDigits: decimales,
            maximumFractionDigits: decimales,
          })
          return /\d[\d.,]*\d/.exec(formato.format(123_456_789 / 10 ** decimales))?.[0]
        }),
      monedas,
    )
    expect(inBrowser).toEqual(monedas.map(({ moneda }) => shown(moneda)))
    await close()
  })

  test('a filter that was taken away does not come back with the next press', async (shop) => {
    await stock(shop, { nombre: 'Dedal', precio: 450, cantidad: 1, categoria: 'Dedales' })
    const { page, findings, close } = await shop.visit()
    await page.goto('/?precioMin=300&precioMax=550&orden=-precio')
    const category = await page.getByRole('link', { name: 'Dedales' }).elementHandle()
    // Both before anything is drawn anew, as on a machine that has much to do.
    await page.getByRole('button', { name: 'Quitar los filtros' }).evaluate((button, link) => {
      for (const one of [button, link])
        one?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
    }, category)
    await page.getByRole('heading', { level: 1, name: 'Dedales' }).waitFor()
    const query = new URL(page.url()).searchParams
    expect(Object.fromEntries(query)).toEqual({ categoria: 'Dedales', orden: '-precio' })
    expect(findings()).toEqual([])
    await close()
  })

  test('buys: product, basket, reload, registration, checkout, and sees the order change live', async (shop) => {
    const taza = await stock(shop, { nombre: 'Taza de barro', precio: 1_250, cantidad: 10 })
    const { page, context, findings, close } = await shop.visit()
    const shopper = steps(page)
    await page.goto(`/productos/${taza}`)
    await page.getByRole('button', { name: 'Aumentar la cantidad' }).click()
    await page.getByRole('button', { name: 'Añadir a la cesta' }).click()
    await page.getByText('Ya tienes 2 en la cesta.').waitFor()
    await page.reload()
    await page.getByRole('link', { name: 'Cesta, 2 unidades' }).click()
    await page.getByText('$25,00').first().waitFor()
    await page.getByRole('link', { name: 'Tramitar el pedido' }).click()
    await page.getByText('Puedes comprar sin cuenta.').waitFor()
    await shopper.register('Ana Pérez')
    await page.getByRole('heading', { name: 'Tramitar el pedido' }).waitFor()
    expect(await page.getByLabel('Nombre de quien recibe').inputValue()).toBe('Ana Pérez')
    await shopper.address()
    const id = await shopper.order()
    await page.getByText('En vivo').waitFor()

    await unwrap(shop.staff.pedidos.pedidos({ id }).patch({ estado: 'Completado' }))
    await page.getByText('El pedido salió de la tienda.').waitFor()
    await page.getByRole('link', { name: 'Mis pedidos' }).first().click()
    await page.getByText('Completado', { exact: true }).nth(1).waitFor()
    expect(await available(shop, taza)).toBe(8)

    // What a script of the page could steal does not hold the refresh token.
    const stored = await page.evaluate(() =>
      JSON.stringify([localStorage, sessionStorage, document.cookie]),
    )
    const cookie = (await context.cookies(`${shop.origin}/api/sesion/renovar`))[0]
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/api/sesion' })
    expect(stored).not.toContain(cookie?.value ?? 'no cookie')
    expect(stored).not.toContain('eyJ')
    expect(findings()).toEqual([])
    await close()
  })

  test('takes a telephone as it was copied, and confirms the e-mail by a press, not by the link alone', async (shop) => {
    const { page, findings, close } = await shop.visit()
    await page.goto('/cuenta')
    await page.getByRole('link', { name: 'Crear una cuenta' }).click()
    await page.getByLabel('Nombre').fill('Inés Mora')
    await page.getByLabel('Correo electrónico').fill('ines@tienda.example')
    await page.getByLabel('Teléfono').fill('\u202a(02)\u00a0200\u20110101\u202c')
    await page.getByLabel('Contraseña').fill(password)
    await page.getByRole('button', { name: 'Crear la cuenta' }).click()
    await page.getByText('Falta confirmar tu correo').waitFor()
    expect(await page.getByLabel('Teléfono').inputValue()).toBe('022000101')
    const token = await shop.mailedToken('ines@tienda.example')
    await page.goto(`/confirmar#token=${token}`)
    const confirm = page.getByRole('button', { name: 'Sí, es mi correo' })
    await confirm.waitFor()
    const { datos } = await unwrap(shop.staff.auth.usuarios.get({ query: { q: 'ines' } }))
    expect(datos.map(({ emailConfirmado }) => emailConfirmado)).toEqual([false])
    await confirm.click()
    await page.getByText('Correo confirmado.').waitFor()
    await page.getByRole('link', { name: 'Mi cuenta' }).click()
    await page.getByRole('heading', { name: 'Mis datos' }).waitFor()
    expect(await page.getByText('Falta confirmar tu correo').count()).toBe(0)
    const dialog = page.getByRole('dialog')
    await page.getByRole('button', { name: 'Añadir una dirección' }).click()
    await dialog.getByLabel('Nombre de quien recibe').fill('Inés Mora')
    await dialog.getByLabel('Calle y número').fill('Calle Larga 7-20')
    await dialog.getByLabel('Ciudad').fill('Cuenca')
    await dialog.getByLabel('País').selectOption('EC')
    await dialog.getByRole('button', { name: 'Guardar la dirección' }).click()
    await page.getByText('Predeterminada').waitFor()
    await page.getByRole('button', { name: 'Añadir datos de factura' }).click()
    await dialog.getByLabel('País del documento').selectOption('EC')
    await dialog.getByLabel('Documento', { exact: true }).selectOption('ruc')
    await dialog.getByLabel('Nombre o razón social').fill('Inés Mora')
    await dialog.getByLabel('Número').fill('1714307104001')
    await dialog.getByRole('button', { name: 'Guardar los datos' }).click()
    await dialog.getByText('el dígito verificador no corresponde').waitFor()
    await dialog.getByLabel('Número').fill('1714307103-001')
    await dialog.getByRole('button', { name: 'Guardar los datos' }).click()
    await page.getByText('RUC 1714307103001 (EC)').waitFor()
    expect(findings()).toEqual([])
    await close()
  })

  test('cancels an order, which frees what it held', async (shop) => {
    const vela = await stock(shop, { nombre: 'Vela de miel', precio: 700, cantidad: 2 })
    const { page, findings, close } = await shop.visit()
    const shopper = steps(page)
    await shopper.add(vela)
    await page.goto('/comprar')
    await shopper.register('Luis Mora')
    await shopper.address()
    await shopper.order()
    await page.getByRole('button', { name: 'Cancelar el pedido' }).click()
    await page.getByLabel('Motivo').fill('Me equivoqué de color')
    await page.getByRole('button', { name: 'Sí, cancelar' }).click()
    await page.getByText('Motivo: Me equivoqué de color').first().waitFor()
    expect(await available(shop, vela)).toBe(2)
    expect(findings()).toEqual([])
    await close()
  })

  test('is told when price and stock changed meanwhile, and agrees with one press each', async (shop) => {
    const manta = await stock(shop, { nombre: 'Manta', precio: 3_000, cantidad: 5 })
    const bufanda = await stock(shop, { nombre: 'Bufanda', precio: 2_000, cantidad: 3 })
    const gorro = await stock(shop, { nombre: 'Gorro', precio: 1_000, cantidad: 3 })
    const { page, findings, close } = await shop.visit()
    const shopper = steps(page)
    for (const id of [manta, bufanda, bufanda, gorro]) await shopper.add(id)
    await page.goto('/comprar')
    await shopper.register('Eva Luna')
    await shopper.address()
    const { productos, inventario } = shop.staff
    await unwrap(productos.productos({ id: manta }).patch({ precio: 3_500 }))
    const salida = { tipo: 'SALIDA', cantidad: 2 } as const
    await unwrap(inventario.inventario({ productoId: bufanda }).patch(salida))
    await unwrap(productos.productos({ id: gorro }).delete())
    await page.getByRole('button', { name: 'Pedir por $80,00' }).click()
    await page.getByText('Gorro: Ya no se vende.').waitFor()
    await page.getByRole('button', { name: 'Pedir el resto por $70,00' }).click()
    await page.getByText('Manta: antes $30,00, ahora $35,00').waitFor()
    await page.getByRole('button', { name: 'Aceptar y pedir por $75,00' }).click()
    await page.getByText('Bufanda: querías 2, hay 1').waitFor()
    await page.getByRole('button', { name: 'Pedir lo que hay, por $55,00' }).click()
    await shopper.confirmed()
    await page.getByText('$55,00').first().waitFor()
    expect(findings(409, 422)).toEqual([])
    await close()
  })

  test('pressing twice buys once', async (shop) => {
    const jabon = await stock(shop, { nombre: 'Jabón', precio: 400, cantidad: 5 })
    const { page, findings, close } = await shop.visit()
    const shopper = steps(page)
    await shopper.add(jabon)
    await page.goto('/comprar')
    await shopper.register('Rosa Vega')
    await shopper.address()
    await page.getByRole('button', { name: /^Pedir por/ }).dblclick()
    await shopper.confirmed()
    expect(await available(shop, jabon)).toBe(4)
    expect(findings()).toEqual([])
    await close()
  })

  test('an answer that was lost on the way is asked for again, and buys once', async (shop) => {
    const cuenco = await stock(shop, { nombre: 'Cuenco', precio: 900, cantidad: 5 })
    const { page, close } = await shop.visit()
    const shopper = steps(page)
    await shopper.add(cuenco)
    await page.goto('/comprar')
    await shopper.register('Iván Paz')
    await shopper.address()
    const keys: (string | undefined)[] = []
    await page.route('**/api/pedidos/pedidos', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback()
      keys.push(route.request().headers()['idempotency-key'])
      await route.fetch()
      await (keys.length === 1 ? route.abort('connectionreset') : route.fallback())
    })
    await page.getByRole('button', { name: /^Pedir por/ }).click()
    await page.getByText('No sabemos si tu pedido llegó').waitFor()
    await page.getByRole('button', { name: 'Reintentar' }).click()
    await shopper.confirmed()
    expect(keys).toHaveLength(2)
    expect(keys[1]).toBe(keys[0])
    expect(await available(shop, cuenco)).toBe(4)
    await close()
  })

  test('buys without an account on a telephone: three things, sent, with coupon and RUC, in 30 taps', async (shop) => {
    const cosas = ['Cacao', 'Canela', 'Cardamomo'].map((nombre) => ({
      nombre,
      categoria: 'Especias',
    }))
    for (const cosa of cosas) await stock(shop, { ...cosa, precio: 1_000, cantidad: 9 })
    await sellProperly(shop)
    const { page, findings, close } = await shop.visit({ ...narrow, hasTouch: true })
    const began = performance.now()
    let taps = 0
    const tap = async (role: 'button' | 'link' | 'checkbox' | 'radio', name: string | RegExp) => {
      taps += 1
      await page
        .getByRole(role, { name, exact: typeof name === 'string' })
        .first()
        .tap()
    }
    const type = async (label: string, text: string) => {
      taps += 1
      await page.getByRole('textbox', { name: label }).fill(text)
    }
    await page.goto('/?categoria=Especias')
    for (const { nombre } of cosas) await tap('button', `Añadir ${nombre} a la cesta`)
    await tap('link', 'Cesta, 3 unidades')
    await tap('link', 'Tramitar el pedido')
    await type('Nombre', 'Rosa Vega')
    await type('Correo electrónico', 'rosa@correo.example')
    await type('Teléfono', '099 200 0101')
    await type('Calle y número', 'Larga 7-42')
    await type('Ciudad', 'Cuenca')
    // What is typed is still there after a reload, and nobody gets past what is missing.
    expect(await wrongWith(page)).toEqual([])
    await page.reload()
    await page.getByText('Moto · $3,50').waitFor()
    await tap('button', 'Continuar')
    await tap('checkbox', /^Quiero factura/)
    taps += 1
    await page.getByLabel('Documento', { exact: true }).selectOption('ruc')
    await type('Número', '1104680130001')
    await type('Nombre o razón social', 'Comercial Andina')
    await tap('button', 'Tengo un cupón')
    await type('Cupón', 'hola10')
    await tap('button', 'Aplicar')
    await page.getByText('Cupón HOLA10 aplicado.').waitFor()
    await tap('button', 'Continuar')
    await page.getByText('dígito verificador').waitFor()
    await type('Número', '1104680135001')
    expect(await wrongWith(page)).toEqual([])
    await tap('button', 'Continuar')
    await page.getByText('RUC 1104680135001').waitFor()
    expect(await wrongWith(page)).toEqual([])
    await page.goBack()
    await page.getByLabel('Número', { exact: true }).waitFor()
    await page.goForward()
    await tap('button', 'Pedir por $30,50')
    await page.getByText('Tu pedido está hecho').waitFor()
    console.log(`a guest's purchase: ${taps} taps, ${Math.round(performance.now() - began)} ms`)
    expect(taps).toBeLessThanOrEqual(30)
    expect(new URL(page.url()).pathname).toMatch(/^\/seguimiento\/[\w.-]{60,}$/)
    await page.getByText('Incluye impuesto del 15').waitFor()
    expect(await wrongWith(page)).toEqual([])
    // The link alone gets there.
    await page.evaluate(() => sessionStorage.clear())
    await page.reload()
    await page.getByRole('button', { name: 'Cancelar el pedido' }).tap()
    await page.getByRole('button', { name: 'Sí, cancelar' }).tap()
    await page.getByText('El pedido se canceló').waitFor()
    // And who has an account afterwards keeps it there.
    const link = page.url()
    await page.goto('/cuenta')
    await steps(page).register('Rita Sol')
    await page.goto(link)
    await page.getByRole('button', { name: 'Guardar en mi cuenta' }).tap()
    await page.getByText('El pedido está en tu cuenta.').waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/pedidos\/[\da-f-]{36}$/)
    expect(findings()).toEqual([])
    await close()
  })

  test('buys with an account: the saved address is chosen, and a total that changed meanwhile is agreed to with one press', async (shop) => {
    const anis = await stock(shop, { nombre: 'Anís', precio: 1_000, cantidad: 9 })
    const { page, findings, close } = await shop.visit(narrow)
    const shopper = steps(page)
    await shopper.add(anis)
    await page.goto('/comprar')
    await shopper.register('Luz Vera')
    await shopper.address()
    await page.getByLabel('Guardar esta dirección').check()
    await shopper.next()
    await shopper.next()
    await shopper.order()
    await page.getByText('Moto').first().waitFor()
    await shopper.add(anis)
    await page.goto('/comprar')
    await page.getByRole('radio', { name: /^Calle Larga 7-42/, checked: true }).waitFor()
    await shopper.next()
    await shopper.next()
    await page.getByRole('button', { name: 'Pedir por $13,50' }).waitFor()
    const tarifa = { tipo: 'fija', precio: 400 } as const
    await unwrap(shop.staff.pedidos['metodos-envio']({ codigo: 'moto' }).patch({ tarifa }))
    await page.getByRole('button', { name: 'Pedir por $13,50' }).click()
    await page.getByText('antes $13,50, ahora $14,00').waitFor()
    await page.getByRole('button', { name: 'Aceptar y pedir por $14,00' }).click()
    await shopper.confirmed()
    expect(findings(409)).toEqual([])
    await close()
  })
})
