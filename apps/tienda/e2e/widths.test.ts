import { expect } from 'bun:test'
import { unwrap } from '@encargo/client'
import type { Page } from 'playwright-core'
import { crearRouter } from '../src/rutas.tsx'
import { dress, type Shop, stock } from './shop.ts'
import { newPerson, signIn } from './staff.ts'
import { story } from './story.ts'

/** Of every page: telephones upright and on their side, 1280 px at 400 % (WCAG 1.4.10), desk. */
const everywhere = [
  [320, 256],
  [360, 740],
  [740, 360],
  [1280, 900],
] as const
/** And at one of these, page after page: other telephones, 1280 px at 200 %, tablet, a wide desk. */
const inTurn = [
  [640, 450],
  [683, 330],
  [844, 390],
  [1024, 768],
  [1920, 1080],
] as const

const word = 'Electroencefalografistas'
const link = `https://tienda.example/${'abcdefghijklmnopqrstuvwxyz'.repeat(3)}`

/** What of the header sticks out of a telephone where all letters are twice as large (WCAG 1.4.4). */
async function outOfHeader(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 360, height: 740 })
  return await page
    .locator('header')
    .first()
    .evaluate(async (header) => {
      const { style } = document.documentElement
      style.fontSize = '200%'
      // Without motion, letters still take a moment to grow.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      const { clientWidth } = document.documentElement
      const outside = [...header.querySelectorAll('a, button, img')].filter((one) => {
        const { left, right } = one.getBoundingClientRect()
        return left < 0 || right > clientWidth
      })
      style.fontSize = ''
      return outside.map((one) => one.getAttribute('aria-label') ?? one.textContent)
    })
}

/** Everything that somebody may have typed is as hard to break as it gets. */
async function longWords(shop: Shop) {
  const { staff } = shop
  const product = await stock(shop, {
    nombre: `${word} de ${link.slice(0, 80)}`,
    precio: 1_234_567_890,
    cantidad: 4,
    categoria: `${word}${word}`,
    descripcion: `Véase ${link}`,
  })
  await stock(shop, { nombre: 'Panela', precio: 300, cantidad: 0, categoria: 'Despensa' })
  await unwrap(
    staff.productos
      .productos({ id: product })
      .patch({ atributos: { [word + word]: link, corto: word } }),
  )
  const person = await newPerson(shop, `${word}${word}${word}`)
  const manual = { proveedor: 'manual', nombre: word + word, momento: 'antes' } as const
  const conPago = { ...manual, instrucciones: link }
  await unwrap(staff.pagos['metodos-pago']({ codigo: 'banco' }).put(conPago))
  await unwrap(staff.pagos['metodos-pago']({ codigo: 'otro' }).put(manual))
  const order = await unwrap(
    staff.pedidos.pedidos.post({
      clienteId: person.id,
      lineas: [{ productoId: product, cantidad: 2 }],
      notas: link,
      pago: { metodo: 'banco' },
      direccionEnvio: { nombre: word + word, calle: link.slice(0, 90), ciudad: word, pais: 'EC' },
    }),
  )
  await unwrap(staff.pagos.cobros.post({ pedidoId: order.id, metodo: 'banco' }))
  const spoken = { titulo: `${word}${word}`, texto: link }
  await dress(shop, {
    nombre: `${word} ${word}`,
    terminos: link,
    privacidad: link,
    contacto: { email: `${word}@tienda.example`, direccion: link, horario: link },
    portada: { ...spoken, enlace: { texto: word, destino: link } },
    categoriasDestacadas: [`${word}${word}`, 'Despensa'],
  })
  return { product, person, order, seguimiento: await boughtByGuest(shop, product) }
}

/** The token of an order's link. */
async function boughtByGuest({ staff }: Shop, productoId: string): Promise<string> {
  const invitado = { nombre: word, email: `${word}@tienda.example` }
  const lineas = [{ productoId, cantidad: 1 }]
  const answer = await staff.compra({ lineas }, { invitado }).enviar()
  if (!answer.ok) throw new Error(`a guest cannot buy: ${answer.problem.detail}`)
  return answer.data.seguimiento?.split('/').at(-1) ?? ''
}

/** Pixels by which the page is wider than the window, and what sticks out of it. */
const tooWide = (page: Page) =>
  page.evaluate(async () => {
    // Charts follow the width of the window with the next frame.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return undefined
    const outside = [...document.querySelectorAll('body *')].filter(
      (one) => one.getBoundingClientRect().right > clientWidth,
    )
    const named = outside.slice(-3).map((one) => `${one.localName}.${one.className}`)
    return `${scrollWidth - clientWidth} px too wide: ${named.join(' | ')}`
  })

story(import.meta.path, 'every page at every size', longWords, (test) => {
  test('nothing has to be scrolled sideways, on a telephone, on its side, or enlarged', async (shop) => {
    const { page, findings, close } = await shop.visit({ reducedMotion: 'reduce' })
    const found: Record<string, string> = {}
    const seen = new Set<string>()
    let measured = 0
    const measure = async (where: string) => {
      // What is on its way pulses.
      await page.locator('main .animate-latir').first().waitFor({ state: 'detached' })
      const other = inTurn[measured++ % inTurn.length] ?? inTurn[0]
      for (const [width, height] of [...everywhere, other]) {
        await page.setViewportSize({ width, height })
        const wide = await tooWide(page)
        if (wide !== undefined) found[`${where} at ${width}x${height}`] = wide
      }
      const outside = await outOfHeader(page)
      if (outside.length > 0) found[`${where} with large letters`] = outside.join(', ')
    }
    /** `route`: as the router names it, so that none is forgotten. */
    const open = async (route: string, id = '', search = '') => {
      seen.add(route)
      await page.goto(`${route.replace(/\$\w+/, id)}${search}`)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await measure(`${route}${search}`)
    }
    for (const route of [
      '/terminos',
      '/privacidad',
      '/cesta',
      '/olvido',
      '/restablecer',
      '/confirmar',
      '/entrar',
      '/registro',
    ])
      await open(route)
    // What the shop wrote itself is measured in own-pages.test.ts.
    await open('/paginas/$nombre', 'ninguna')
    await open('/productos/$id', shop.product)
    await page.getByRole('button', { name: 'Añadir a la cesta' }).click()
    await measure('a toast')
    await open('/cesta', '', '?con=algo')
    await open('/comprar')
    await open('/seguimiento/$token', shop.seguimiento)
    // Not signed in, and not with its link.
    await open('/pago/$id', shop.order.id)
    await open('/')
    await open('/', '', '?q=nada+de+esto')

    await signIn(page, '/cuenta', shop.person.email)
    await open('/cuenta')
    await open('/comprar')
    await open('/pedidos')
    await open('/pedidos/$id/recibo', shop.order.id)
    await open('/pago/$id', shop.order.id)
    await open('/pedidos/$id', shop.order.id)
    await page.getByRole('button', { name: 'Cancelar el pedido' }).click()
    await measure('a dialog')
    await page.context().clearCookies()

    await signIn(page, '/gestion')
    const { id: user } = shop.person
    for (const route of ['/gestion', '/gestion/pedidos', '/gestion/pedidos/venta'])
      await open(route)
    await open('/gestion/pedidos/imprimir', '', `?ids=${shop.order.id}`)
    await open('/gestion/pedidos/$id/imprimir/$documento', shop.order.id)
    await open('/gestion/pedidos/$id', shop.order.id)
    await page.getByRole('button', { name: /^Completar el pedido/ }).click()
    await measure('a dialog of the back office')
    for (const route of ['/gestion/productos', '/gestion/productos/nuevo', '/gestion/existencias'])
      await open(route)
    await open('/gestion/productos/$id', shop.product)
    await open('/gestion/existencias/$id', shop.product)
    await open('/gestion/importar')
    await open('/gestion/usuarios')
    await open('/gestion/usuarios/$id', user)
    await open('/gestion/auditoria')
    await open('/gestion/impuestos')
    await open('/gestion/envios')
    await open('/gestion/envios/$codigo', '_nuevo')
    await open('/gestion/cobros')
    await open('/gestion/cobros', '', '?ver=devoluciones')
    await open('/gestion/metodos-pago')
    await open('/gestion/metodos-pago/$codigo', '_nuevo')
    await open('/gestion/avisos')
    await open('/gestion/cupones')
    await open('/gestion/cupones/$codigo', '_nuevo')
    await open('/gestion/tienda')

    const routes = Object.keys(crearRouter().routesByPath)
    expect(routes.filter((route) => !seen.has(route))).toEqual([])
    expect(found).toEqual({})
    expect(findings(401)).toEqual([])
    await close()
  }, 240_000)
})
