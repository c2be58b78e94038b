import { expect } from 'bun:test'
import { unwrap } from '@encargo/client'
import type { Page, Route } from 'playwright-core'
import { available, stock } from './shop.ts'
import { delayBetween, median, newPerson, orderFor, signIn } from './staff.ts'
import { steps } from './steps.ts'
import { emptyShelves, story } from './story.ts'

/** What is seen of an order on the board. */
const rowOf = (page: Page, numero: number) => page.locator(`tr:has(#pedido-${numero})`)

const answer = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name }).click()

story(import.meta.path, 'staff in a real browser', emptyShelves, (test) => {
  test('shoppers get none of the back office: no link, no script, and a page that says so', async (shop) => {
    const { email } = await newPerson(shop, 'Clara Ríos')
    const { page, findings, close } = await shop.visit()
    const scripts: string[] = []
    page.on('request', (request) => scripts.push(new URL(request.url()).pathname))
    await signIn(page, '/pedidos', email)
    await page.getByRole('link', { name: 'Mis pedidos' }).first().waitFor()
    expect(await page.getByRole('link', { name: 'Gestión' }).count()).toBe(0)
    expect(scripts.filter((one) => /gestion|panel|tablero|graficas/.test(one))).toEqual([])
    await page.goto('/gestion/pedidos')
    await page.getByRole('heading', { name: 'Esta parte es del personal de la tienda' }).waitFor()
    expect(findings()).toEqual([])
    await close()
  })

  test('staff find the way to the back office at once when a page is loaded again, and nobody after them', async (shop) => {
    const [{ email }, clara] = await Promise.all([
      newPerson(shop, 'Óscar Paz', 'operador'),
      newPerson(shop, 'Clara Sol'),
    ])
    const { page, findings, close } = await shop.visit()
    const gestion = page.getByRole('link', { name: 'Gestión' })
    await signIn(page, '/cuenta', email)
    await gestion.waitFor()
    const held = Promise.withResolvers<void>()
    const hold = async (route: Route) => {
      await held.promise
      await route.continue()
    }
    await page.route('**/api/auth/me', hold)
    await page.reload()
    await gestion.waitFor()
    held.resolve()
    await page.getByRole('button', { name: 'Cerrar sesión' }).click()
    await page.getByRole('link', { name: 'Entrar' }).waitFor()
    await signIn(page, '/cuenta', clara.email)
    expect(await gestion.count()).toBe(0)
    expect(findings()).toEqual([])
    await close()
  })

  test('an operator finds orders, completes one with the keyboard alone, and reads its story', async (shop) => {
    const lana = await stock(shop, { nombre: 'Ovillo de lana', precio: 800, cantidad: 10 })
    const hilo = await stock(shop, { nombre: 'Hilo de seda', precio: 300, cantidad: 10 })
    const [rosa, pablo, { email }] = await Promise.all([
      newPerson(shop, 'Rosa Vega'),
      newPerson(shop, 'Pablo Sanz'),
      newPerson(shop, 'Olga Ruiz', 'operador'),
    ])
    const pedido = await orderFor(shop, rosa.id, lana, 2)
    const otro = await orderFor(shop, pablo.id, hilo)
    const { page, findings, close } = await shop.visit()
    await signIn(page, '/cuenta', email)
    await page.getByRole('link', { name: 'Gestión' }).click()
    await page.getByRole('link', { name: 'Pedidos', exact: true }).click()
    await rowOf(page, otro.numero).waitFor()

    // By customer, chosen with the keyboard; by words; by status; by day.
    await page.getByRole('combobox', { name: 'Cliente' }).pressSequentially('rosa')
    await page.getByRole('option', { name: 'Rosa Vega' }).waitFor()
    await page.keyboard.press('Enter')
    await rowOf(page, otro.numero).waitFor({ state: 'detached' })
    expect(new URL(page.url()).searchParams.get('clienteId')).toBe(rosa.id)
    await page.getByRole('button', { name: 'Quitar los filtros' }).click()
    const search = page.getByRole('searchbox', { name: 'Buscar pedidos' })
    for (const [theirs, ours] of [
      ['pablo sanz', 'Rosa Vega'],
      [pablo.email, rosa.email],
      [`Pedido ${otro.numero}`, `#${pedido.numero}`],
    ] as const) {
      await search.fill(theirs)
      await rowOf(page, pedido.numero).waitFor({ state: 'detached' })
      await rowOf(page, otro.numero).waitFor()
      await search.fill(ours)
      await rowOf(page, otro.numero).waitFor({ state: 'detached' })
      await rowOf(page, pedido.numero).waitFor()
    }
    await search.fill('ovillos')
    await page.waitForURL(/q=ovillos/)
    await page.getByLabel('Estado').selectOption('Completado')
    await page.getByText('No se encontraron pedidos').waitFor()
    await page.getByLabel('Estado').selectOption('Pendiente')
    await page.getByLabel('Hasta').fill('2020-01-31')
    await page.getByText('No se encontraron pedidos').waitFor()
    await page.getByLabel('Hasta').fill('')
    await rowOf(page, pedido.numero).waitFor()

    // It cancels itself in a day; held for longer, it is not among the first any more.
    await page.getByLabel('Estado').selectOption('Pendientes, primero los que vencen antes')
    await rowOf(page, pedido.numero)
      .getByText(/^Se cancela dentro de/)
      .waitFor()
    await page.goto(`/gestion/pedidos/${pedido.id}`)
    await page.getByText('Se cancelará solo:').waitFor()
    await page
      .getByRole('button', { name: `Guardar más tiempo el pedido ${pedido.numero}` })
      .click()
    await page.getByLabel('Cuánto más').selectOption('7 días más')
    await answer(page, 'Guardar')
    await page.getByText(`Pedido ${pedido.numero}: se guarda más tiempo.`).waitFor()
    await page.getByText('Se cancela dentro de 7 días').waitFor()
    await page.goto(`/gestion/pedidos?estado=Pendiente&q=ovillo`)
    await rowOf(page, pedido.numero).waitFor()

    await page.getByRole('button', { name: `Completar el pedido ${pedido.numero}` }).focus()
    await page.keyboard.press('Enter')
    const yes = page.getByRole('button', { name: 'Sí, completar' })
    await yes.waitFor()
    expect(await yes.evaluate((one) => one === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await page.getByText(`Pedido ${pedido.numero} completado.`).waitFor()
    await page.getByText('No se encontraron pedidos').waitFor()
    expect(await available(shop, lana)).toBe(8)

    await page.goto(`/gestion/pedidos/${pedido.id}`)
    const story = page.getByRole('list', { name: `Historia del pedido ${pedido.numero}` })
    await story.getByText('Compra').waitFor()
    await story.getByText('Reservar existencias: reservadas').waitFor()
    await story.getByText('Se guardó más tiempo').waitFor()
    await story.getByText('Se pidió completar').waitFor()
    await story.getByText('por Olga Ruiz').last().waitFor()
    await page.getByText('En almacén: 10 → 8').waitFor()
    await page.getByRole('link', { name: 'Ver sus pedidos' }).click()
    await rowOf(page, pedido.numero).waitFor()
    expect(await page.getByRole('row').count()).toBe(2)
    expect(findings()).toEqual([])
    await close()
  })

  test('a shopper and the counter see within 500 ms what the other does', async (shop) => {
    const sal = await stock(shop, { nombre: 'Sal gruesa', precio: 200, cantidad: 40 })
    const [counter, shopper] = await Promise.all([shop.visit(), shop.visit()])
    const buy = steps(shopper.page)
    await buy.add(sal)
    await shopper.page.goto('/comprar')
    await buy.register('Marta Gil')
    await signIn(counter.page, '/gestion/pedidos')
    await counter.page.getByText('En vivo').waitFor()
    const buyOne = async () => {
      await buy.address()
      const id = await buy.order()
      await shopper.page.getByText('En vivo').waitFor()
      const { numero } = await unwrap(shop.staff.pedidos.pedidos({ id }).get())
      // It came to the board by itself, with no word from there.
      await rowOf(counter.page, numero).getByText('Pendiente').waitFor()
      return numero
    }
    const delays = { toShopper: [] as number[], toCounter: [] as number[] }
    for (const round of [1, 2, 3, 4, 5, 6]) {
      const numero = await buyOne()
      const row = `tr:has(#pedido-${numero})`
      if (round % 2 === 0) {
        await shopper.page.getByRole('button', { name: 'Cancelar el pedido' }).click()
        delays.toCounter.push(
          await delayBetween(
            { page: shopper.page, press: () => answer(shopper.page, 'Sí, cancelar') },
            { page: counter.page, selector: row, text: 'Cancelado' },
          ),
        )
      } else {
        const press = () => answer(counter.page, 'Sí, completar')
        await counter.page.getByRole('button', { name: `Completar el pedido ${numero}` }).click()
        delays.toShopper.push(
          await delayBetween(
            { page: counter.page, press },
            { page: shopper.page, selector: 'main', text: 'El pedido salió de la tienda.' },
          ),
        )
      }
      await buy.add(sal)
      await shopper.page.goto('/comprar')
    }
    console.log(`from one browser to the other, in ms: ${JSON.stringify(delays)}`)
    expect(median(delays.toShopper)).toBeLessThan(500)
    expect(median(delays.toCounter)).toBeLessThan(500)
    expect([...counter.findings(), ...shopper.findings()]).toEqual([])
    await Promise.all([counter.close(), shopper.close()])
  }, 60_000)

  test('who cancels what somebody else just completed is told so', async (shop) => {
    const miel = await stock(shop, { nombre: 'Miel', precio: 900, cantidad: 3 })
    const { id } = await newPerson(shop, 'Elena Paz')
    const pedido = await orderFor(shop, id, miel)
    const { page, findings, close } = await shop.visit()
    await signIn(page, '/gestion/pedidos')
    await page.getByText('En vivo').waitFor()
    await page.getByRole('button', { name: `Cancelar el pedido ${pedido.numero}` }).click()
    await page.getByLabel('Motivo').fill('Sin existencias')
    await unwrap(shop.staff.pedidos.pedidos({ id: pedido.id }).patch({ estado: 'Completado' }))
    await rowOf(page, pedido.numero).getByText('Completado').waitFor()
    await answer(page, 'Sí, cancelar')
    await page.getByText('Alguien se adelantó').waitFor()
    await page.keyboard.press('Escape')
    // The keyboard goes on where it was.
    const focused = () => page.evaluate(() => document.activeElement?.id)
    expect(await focused()).toBe(`pedido-${pedido.numero}`)
    expect(findings(409)).toEqual([])
    await close()
  })

  test('a service that dies shows at once, what waits for it is told, and ends by itself once it is back', async (shop) => {
    const vino = await stock(shop, { nombre: 'Vino de mesa', precio: 1_100, cantidad: 5 })
    const { id } = await newPerson(shop, 'Bruno Vidal')
    const pedido = await orderFor(shop, id, vino)
    const { page, findings, close } = await shop.visit()
    await signIn(page, '/gestion')
    const inventario = page.getByRole('listitem').filter({
      has: page.getByRole('heading', { name: 'inventario', exact: true }),
    })
    await inventario.getByText('Listo').waitFor()
    await shop.kill('inventario')
    await inventario.getByText('No responde').waitFor()
    await page.getByRole('link', { name: `Pedido ${pedido.numero}` }).click()
    await page.getByRole('button', { name: `Completar el pedido ${pedido.numero}` }).click()
    await answer(page, 'Sí, completar')
    await page.getByText('Si el cambio llegó a anotarse, se terminará solo').waitFor()
    await answer(page, 'No, dejarlo')
    await page.getByText('Queda por completar').waitFor()
    await page.getByRole('link', { name: 'Panel' }).click()
    await page.getByText('Pedidos por completar').waitFor()

    await shop.revive('inventario')
    await inventario.getByText('Listo').waitFor()
    await page.getByText('Pedidos por completar').waitFor({ state: 'detached', timeout: 30_000 })
    await page.goto(`/gestion/pedidos/${pedido.id}`)
    await page.getByText('Quedó completado').waitFor()
    await page.getByText('Un servicio no respondió; se repite solo').waitFor()
    expect(findings(503, 502)).toEqual([])
    await close()
  }, 60_000)
})
