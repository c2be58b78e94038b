import { describe, expect, test } from 'bun:test'
import { operador, pedidosHeaders, preparar, rechazo, usuario } from './preparar.ts'

const minuto = 60_000

describe('a charge', () => {
  test('is announced, opened at its provider and answered with where it is paid', async () => {
    const { cobrar, pedidos, stripe, clock, store } = await preparar()
    const { answer, id, pedido } = await cobrar(1_500, { volverA: 'https://tienda.example/p/1' })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({
      pedidoId: pedido.id,
      estado: 'abierto',
      importe: 1_500,
      moneda: 'USD',
      url: expect.stringContaining('https://pagar.example/'),
      expiraEn: new Date(clock.ms() + 35 * minuto).toISOString(),
    })
    expect(answer.body['movimientos']).toBeUndefined()
    expect(answer.headers.get('location')).toBe(`/cobros/${id}`)
    // Announced before the provider was asked.
    expect(pedidos.contados.get(id)?.map(({ estado, version }) => [estado, version])).toEqual([
      ['creado', 1],
    ])
    expect(stripe.sitio(id).cobro).toMatchObject({
      importe: 1_500,
      email: 'rosa@correo.example',
      volverA: 'https://tienda.example/p/1',
      expiraEn: clock.ms() + 35 * minuto,
    })
    // Where the shopper goes back to may hold a link's secret.
    expect(await store.cobro(id)).toMatchObject({ volverA: null, contada: 1, version: 2 })
  })

  test('is told to pedidos until it knows all of it', async () => {
    const { cobrar, pedidos, casos } = await preparar()
    const { id } = await cobrar()
    await casos.driver.tick()
    expect(pedidos.sabe(id)).toMatchObject({ estado: 'abierto', version: 2 })
    expect(casos.driver.espera.pendientes).toEqual([])
  })

  test('is the same one for the same key, and not for another body', async () => {
    const { pedidos, pedir, stripe } = await preparar()
    const pedido = pedidos.poner(900)
    const headers = { 'idempotency-key': 'k1', ...cabeceras(pedido.clienteId) }
    const body = { pedidoId: pedido.id, metodo: 'tarjeta' }
    const una = await pedir('POST', '/cobros', { headers, body })
    // Also when there is nothing left to be charged.
    pedidos.todos.set(pedido.id, { ...pedido, porCobrar: 0 })
    const otra = await pedir('POST', '/cobros', { headers, body })
    expect([una.status, otra.status, otra.body['id']]).toEqual([201, 201, una.body['id']])
    expect(stripe.sitios.size).toBe(1)
    const distinta = await pedir('POST', '/cobros', {
      headers,
      body: { ...body, metodo: 'transferencia' },
    })
    expect(rechazo(distinta)).toBe('422 idempotencia-distinta')
  })

  test('of somebody else is nobody’s, and without a token none', async () => {
    const { pedidos, pedir } = await preparar()
    const pedido = pedidos.poner(900)
    const body = { pedidoId: pedido.id, metodo: 'tarjeta' }
    const ajeno = await pedir('POST', '/cobros', { headers: cabeceras(), body })
    expect(rechazo(ajeno)).toBe('404 no-encontrado')
    expect(rechazo(await pedir('POST', '/cobros', { body }))).toBe('401 no-autenticado')
    const nada = await pedir('POST', '/cobros', { body: { metodo: 'tarjeta' } })
    expect(rechazo(nada)).toBe('422 datos-invalidos')
  })

  test('is asked for by the link of an order as well', async () => {
    const { pedidos, pedir, store } = await preparar()
    const pedido = pedidos.poner(900)
    pedidos.enlaces.set('x.y.z', pedido.id)
    const body = { seguimiento: 'x.y.z', metodo: 'tarjeta' }
    const answer = await pedir('POST', '/cobros', { body })
    expect(answer.status).toBe(201)
    const cobro = await store.cobro(String(answer.body['id']))
    expect([cobro?.clienteId, cobro?.creadoPor]).toEqual([pedido.clienteId, `enlace ${pedido.id}`])
    const otro = { ...body, seguimiento: 'otro' }
    expect(rechazo(await pedir('POST', '/cobros', { body: otro }))).toBe('404 no-encontrado')
  })

  test('is refused where nothing is owed, or by what is not offered', async () => {
    const { pedidos, pedir, cobrar, metodo } = await preparar()
    expect(rechazo((await cobrar(0)).answer)).toBe('409 pedido-no-cobrable')
    expect(rechazo((await cobrar(200_000)).answer)).toBe('422 metodo-pago-no-disponible')
    const otro = await cobrar(100, { metodo: 'bitcoin' })
    expect(rechazo(otro.answer)).toBe('422 metodo-pago-no-disponible')
    await metodo('apagado', { proveedor: 'stripe', activo: false })
    const apagado = await cobrar(100, { metodo: 'apagado' })
    expect(rechazo(apagado.answer)).toBe('422 metodo-pago-no-disponible')
    const pesos = pedidos.poner(12_345, { moneda: 'CLP' })
    const exacto = await pedir('POST', '/cobros', {
      headers: cabeceras(pesos.clienteId),
      body: { pedidoId: pesos.id, metodo: 'tarjeta' },
    })
    expect(rechazo(exacto)).toBe('422 metodo-pago-no-disponible')
    const lejos = await cobrar(100, { volverA: 'https://malo.example/' })
    expect(rechazo(lejos.answer)).toBe('422 datos-invalidos')
  })

  test('that pedidos does not take is never opened', async () => {
    const { pedidos, pedir, stripe } = await preparar()
    const pedido = pedidos.poner(900)
    pedidos.noCobrables.add(pedido.id)
    const headers = cabeceras(pedido.clienteId)
    const body = { pedidoId: pedido.id, metodo: 'tarjeta' }
    expect(rechazo(await pedir('POST', '/cobros', { headers, body }))).toBe(
      '409 pedido-no-cobrable',
    )
    expect(stripe.llamadas).toEqual([])
  })

  test('that its provider refuses is closed, and pedidos hears of it', async () => {
    const { cobrar, pedidos, stripe, casos } = await preparar()
    stripe.rechaza.set('abrir', 'importe-minimo')
    const { answer } = await cobrar(1)
    expect(rechazo(answer)).toBe('422 metodo-pago-no-disponible')
    await casos.driver.tick()
    const [sabido] = pedidos.contados.values()
    expect(sabido?.map(({ estado, causa }) => [estado, causa])).toEqual([
      ['creado', null],
      ['cerrado', 'rechazado'],
    ])
  })
})

describe('what a request did not end', () => {
  test('the driver does, and who repeats it finds it done', async () => {
    const { pedidos, pedir, stripe, casos, clock } = await preparar()
    const pedido = pedidos.poner(900)
    const headers = { 'idempotency-key': 'k', ...cabeceras(pedido.clienteId) }
    const body = { pedidoId: pedido.id, metodo: 'tarjeta' }
    stripe.caido = true
    const fallida = await pedir('POST', '/cobros', { headers, body })
    expect([rechazo(fallida), fallida.headers.get('retry-after')]).toEqual([
      '503 servicio-no-disponible',
      '2',
    ])
    stripe.caido = false
    clock.advance(minuto)
    await casos.driver.tick()
    const repetida = await pedir('POST', '/cobros', { headers, body })
    expect([repetida.status, repetida.body['estado']]).toEqual([201, 'abierto'])
    expect(stripe.sitios.size).toBe(1)
  })

  test('also where the provider did it and said nothing: it is asked with the same key', async () => {
    const { pedidos, pedir, stripe } = await preparar()
    const pedido = pedidos.poner(900)
    const headers = { 'idempotency-key': 'k', ...cabeceras(pedido.clienteId) }
    const body = { pedidoId: pedido.id, metodo: 'tarjeta' }
    stripe.calla.add('abrir')
    expect((await pedir('POST', '/cobros', { headers, body })).status).toBe(503)
    expect((await pedir('POST', '/cobros', { headers, body })).status).toBe(201)
    expect([stripe.sitios.size, stripe.llamadas]).toEqual([1, ['abrir', 'abrir']])
  })

  test('and is given up once its time is over', async () => {
    const { pedidos, pedir, stripe, casos, clock } = await preparar()
    const pedido = pedidos.poner(900)
    stripe.caido = true
    await pedir('POST', '/cobros', {
      headers: cabeceras(pedido.clienteId),
      body: { pedidoId: pedido.id, metodo: 'tarjeta' },
    })
    clock.advance(36 * minuto)
    await casos.driver.tick()
    const [sabido] = pedidos.contados.values()
    expect(sabido?.at(-1)).toMatchObject({ estado: 'cerrado', causa: 'abandonado' })
  })

  test('while pedidos is away nobody is charged', async () => {
    const { pedidos, cobrar, stripe } = await preparar()
    pedidos.calla = true
    expect((await cobrar()).answer.status).toBe(503)
    expect(stripe.llamadas).toEqual([])
  })
})

describe('looking at charges', () => {
  test('the owner sees what it is, staff and pedidos what happened to it', async () => {
    const { cobrar, pedir, stripe } = await preparar()
    const { id, suyo, pedido } = await cobrar()
    stripe.pagar(id)
    const pagado = await pedir('POST', `/cobros/${id}/consultar`, { headers: suyo })
    expect(pagado.body).toMatchObject({ estado: 'cobrado', cobrado: 1_000, url: null })
    expect(pagado.body['movimientos']).toBeUndefined()
    const visto = await pedir('GET', `/cobros/${id}`, { headers: operador })
    expect(visto.body).toMatchObject({
      version: 3,
      movimientos: [{ secuencia: 1, tipo: 'captura', importe: 1_000 }],
    })
    expect((await pedir('GET', `/cobros/${id}`, { headers: pedidosHeaders })).body).toEqual(
      visto.body,
    )
    const ajeno = await pedir('GET', `/cobros/${id}`, { headers: cabeceras() })
    expect(rechazo(ajeno)).toBe('404 no-encontrado')
    const suyos = await pedir('GET', `/cobros?pedidoId=${pedido.id}`, { headers: suyo })
    expect(suyos.body).toMatchObject({ datos: [{ id, estado: 'cobrado' }], siguiente: null })
    const deOtro = await pedir('GET', `/cobros?pedidoId=${pedido.id}`, { headers: cabeceras() })
    expect(rechazo(deOtro)).toBe('404 no-encontrado')
    expect(rechazo(await pedir('GET', '/cobros', { headers: suyo }))).toBe('422 datos-invalidos')
  })

  test('what was ordered without an account is seen by whoever keeps the order in theirs', async () => {
    const { cobrar, pedir, pedidos, stripe } = await preparar()
    const { id, pedido } = await cobrar()
    const dueno = cabeceras('0198c0de-7f00-7000-8000-00000000002a')
    expect(rechazo(await pedir('GET', `/cobros/${id}`, { headers: dueno }))).toBe(
      '404 no-encontrado',
    )
    pedidos.todos.set(pedido.id, { ...pedido, clienteId: '0198c0de-7f00-7000-8000-00000000002a' })
    expect((await pedir('GET', `/cobros/${id}`, { headers: dueno })).body['id']).toBe(id)
    stripe.pagar(id)
    const pagado = await pedir('POST', `/cobros/${id}/consultar`, { headers: dueno })
    expect(pagado.body).toMatchObject({ estado: 'cobrado' })
    const ajeno = await pedir('POST', `/cobros/${id}/consultar`, { headers: cabeceras() })
    expect(rechazo(ajeno)).toBe('404 no-encontrado')
  })

  test('all of them page by page, by their state', async () => {
    const { cobrar, pedir } = await preparar()
    const ids = [(await cobrar()).id, (await cobrar()).id, (await cobrar()).id]
    const una = await pedir('GET', '/cobros?limite=2&estado=abierto', { headers: operador })
    expect(vistos(una.body)).toEqual([ids[2] ?? '', ids[1] ?? ''])
    const cursor = String(una.body['siguiente'])
    const otra = await pedir('GET', `/cobros?limite=2&estado=abierto&cursor=${cursor}`, {
      headers: operador,
    })
    expect([vistos(otra.body), otra.body['siguiente']]).toEqual([[ids[0] ?? ''], null])
  })

  test('asking the provider goes once in five seconds, and by the order’s link as well', async () => {
    const { cobrar, pedir, pedidos, clock, stripe } = await preparar()
    const { id, pedido, suyo } = await cobrar()
    pedidos.enlaces.set('x.y.z', pedido.id)
    const preguntar = () =>
      pedir('POST', `/cobros/${id}/consultar`, { body: { seguimiento: 'x.y.z' } })
    expect((await preguntar()).status).toBe(200)
    const otra = await pedir('POST', `/cobros/${id}/consultar`, { headers: suyo })
    expect(rechazo(otra)).toBe('429 demasiadas-peticiones')
    clock.advance(5_000)
    expect((await preguntar()).status).toBe(200)
    expect(stripe.llamadas.filter((una) => una === 'consultar')).toHaveLength(2)
    pedidos.enlaces.clear()
    expect(rechazo(await preguntar())).toBe('404 no-encontrado')
  })
})

const vistos = (pagina: Record<string, unknown>) =>
  (pagina['datos'] as { id: string }[]).map(({ id }) => id)
const cabeceras = (id: string = Bun.randomUUIDv7()) => usuario({ id })
