import { describe, expect, test } from 'bun:test'
import { admin, operador, pedidosHeaders, preparar, rechazo, usuario } from './preparar.ts'

describe('closing a charge', () => {
  test('asks its provider, and answers what it has become', async () => {
    const { cobrar, pedir, stripe } = await preparar()
    const [uno, otro] = [await cobrar(), await cobrar()]
    stripe.pagar(otro.id)
    const cerrar = (id: string) =>
      pedir('POST', `/cobros/${id}/cerrar`, { headers: pedidosHeaders })
    expect((await cerrar(uno.id)).body).toMatchObject({ estado: 'cerrado', causa: 'anulado' })
    expect((await cerrar(otro.id)).body).toMatchObject({ estado: 'cobrado', cobrado: 1_000 })
    expect((await cerrar(uno.id)).status).toBe(200)
    const suyo = await pedir('POST', `/cobros/${uno.id}/cerrar`, { headers: uno.suyo })
    expect(rechazo(suyo)).toBe('403 prohibido')
  })

  test('says so when that can’t be had, or can’t', async () => {
    const { cobrar, pedir, stripe } = await preparar()
    const { id } = await cobrar()
    stripe.caido = true
    const caido = await pedir('POST', `/cobros/${id}/cerrar`, { headers: pedidosHeaders })
    expect([rechazo(caido), caido.headers.get('retry-after')]).toEqual([
      '503 servicio-no-disponible',
      '2',
    ])
    stripe.caido = false
    stripe.sinCierre = true
    const abierto = await pedir('POST', `/cobros/${id}/cerrar`, { headers: pedidosHeaders })
    expect([abierto.status, abierto.body['estado']]).toEqual([200, 'abierto'])
  })

  test('by staff is noted, and pedidos hears of it', async () => {
    const { cobrar, pedir, pedidos } = await preparar()
    const { id } = await cobrar()
    await pedir('POST', `/cobros/${id}/cerrar`, { headers: operador })
    expect(pedidos.sabe(id)).toMatchObject({ estado: 'cerrado' })
    const { body } = await pedir('GET', '/auditoria', { headers: admin })
    const [linea] = body['datos'] as Record<string, unknown>[]
    expect(linea).toMatchObject({ accion: 'cobro-cerrado', sujetoId: id, detalle: 'cerrado' })
  })

  test('that is being opened leaves nothing open behind', async () => {
    const { pedidos, pedir, stripe, casos, clock } = await preparar()
    const pedido = pedidos.poner(900)
    stripe.calla.add('abrir')
    await pedir('POST', '/cobros', {
      headers: usuario({ id: pedido.clienteId }),
      body: { pedidoId: pedido.id, metodo: 'tarjeta' },
    })
    const [id = ''] = pedidos.contados.keys()
    // While it was asked for, which answers only now.
    const cerrado = await pedir('POST', `/cobros/${id}/cerrar`, { headers: pedidosHeaders })
    expect(cerrado.body).toMatchObject({ estado: 'cerrado', causa: 'anulado' })
    const { referencia } = stripe.sitio(id)
    const sesion = { referencia, url: 'https://pagar.example/x', expiraEn: undefined }
    await casos.deps.store.abrir({
      cobroId: id,
      sesion,
      ordenes: [],
      consultable: true,
      ahora: clock.ms(),
      traza: 't',
    })
    await casos.driver.tick()
    expect(stripe.sitio(id).estado).toBe('cerrado')
  })
})
