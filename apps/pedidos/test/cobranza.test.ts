import { describe, expect, test } from 'bun:test'
import { de, hora, minuto, porPagar } from './cobranza-fixture.ts'
import { cobroNuevo, tras } from './fake-pagos.ts'
import { pedir, rechazo } from './fixture.ts'

describe('an order that is to be paid', () => {
  test('says how, and that nothing has come of it', async () => {
    const { leer } = await porPagar()
    expect(await leer()).toMatchObject({
      estado: 'Pendiente',
      apartado: 'plazo',
      exigible: 1000,
      pago: { estado: 'pendiente', metodo: 'tarjeta', saldo: 1000, cobrado: 0, cobros: [] },
    })
  })

  test('can be paid in the ways that the shop offers, for as much as they are for', async () => {
    const { comprar, pagos, clock } = await porPagar('antes', 10)
    const otra = { pago: { metodo: 'otra' } }
    expect(rechazo(await comprar(otra))).toBe('422 metodo-pago-no-disponible')
    pagos.lista = [
      { codigo: 'otra', momento: 'antes', minimo: 1001, maximo: null, instrucciones: null },
    ]
    // What is offered is remembered for some seconds.
    expect(rechazo(await comprar(otra))).toBe('422 metodo-pago-no-disponible')
    clock.advance(6_000)
    expect(rechazo(await comprar(otra))).toBe('422 metodo-pago-no-disponible')
    pagos.caido = true
    clock.advance(6_000)
    expect(rechazo(await comprar(otra))).toBe('503 servicio-no-disponible')
    // Who says nothing of it needs no such service.
    expect((await comprar({})).status).toBe(201)
  })

  test('is kept for good once it is, and told so', async () => {
    const { abrir, contar, leer, pasar, inventario, id } = await porPagar()
    const { cobro, answer } = await abrir()
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ version: 1, ordenes: [] })
    await contar(tras(cobro, 'captura', 1000, { estado: 'cobrado' }))
    await pasar(0)
    expect(await leer()).toMatchObject({
      apartado: 'firme',
      expiraEn: null,
      pago: { estado: 'pagado', cobrado: 1000, saldo: 0, cobros: [{ estado: 'cobrado' }] },
      historial: [
        {},
        { tipo: 'cobro.abierto' },
        { tipo: 'pedido.pagado' },
        { tipo: 'pedido.asegurado' },
      ],
    })
    await pasar(100 * 24 * hora)
    expect(inventario.reservas.get(id)?.estado).toBe('activa')
    expect(de(await leer())).toEqual({ estado: 'Pendiente', apartado: 'firme', pago: 'pagado' })
  })

  test('takes as many charges at once as anybody needs, and tells of whatever comes of them', async () => {
    const { abrir, contar, leer } = await porPagar()
    const importe = 1_000_000_000_000
    const unos = await Promise.all(Array.from({ length: 20 }, () => abrir()))
    expect(unos.map(({ answer }) => answer.status)).toEqual(unos.map(() => 200))
    expect(rechazo((await abrir()).answer)).toBe('409 pedido-no-cobrable')
    for (const { cobro } of unos.slice(0, 2)) {
      await contar(tras(cobro, 'captura', importe, { estado: 'cobrado' }))
    }
    expect(await leer()).toMatchObject({ pago: { cobrado: 2 * importe, estado: 'excedido' } })
  })

  test('is kept so at once, though no round comes', async () => {
    const { abrir, contar, leer, casos, inventario } = await porPagar()
    casos.driver.start()
    await casos.driver.tick()
    const { cobro } = await abrir()
    const llega = Promise.withResolvers<string>()
    inventario.alLlegar = async (operacion) => llega.resolve(operacion)
    await contar(tras(cobro, 'captura', 1000, { estado: 'cobrado' }))
    expect(await llega.promise).toBe('prorrogar')
    await casos.stop()
    expect(de(await leer())).toEqual({ estado: 'Pendiente', apartado: 'firme', pago: 'pagado' })
  })

  test('takes what is told twice, late or in disorder once', async () => {
    const { abrir, contar, leer } = await porPagar()
    const { cobro } = await abrir()
    const pagado = tras(cobro, 'captura', 1000, { estado: 'cobrado' })
    await contar(pagado)
    const antes = await leer()
    for (const dicho of [pagado, cobro]) {
      const { status, body } = await contar(dicho)
      expect([status, body['version']]).toEqual([200, 2])
    }
    expect(await leer()).toEqual(antes)
  })

  test('takes no charge of more than is owed, in another currency, or once it is over', async () => {
    const { abrir, app, shopper, id, caja, contar } = await porPagar()
    expect(rechazo((await abrir(1001)).answer)).toBe('409 pedido-no-cobrable')
    expect(rechazo((await abrir(1000, { moneda: 'EUR' })).answer)).toBe('409 pedido-no-cobrable')
    const { cobro } = await abrir()
    await contar(tras(cobro, 'captura', 1000, { estado: 'cobrado' }))
    expect(rechazo((await abrir(1)).answer)).toBe('409 pedido-no-cobrable')
    await pedir(app, 'PATCH', `/pedidos/${id}`, { ...shopper, body: { estado: 'Cancelado' } })
    expect(rechazo((await abrir(1)).answer)).toBe('409 pedido-no-cobrable')
    const nadie = `/pedidos/${Bun.randomUUIDv7()}/cobros/${Bun.randomUUIDv7()}`
    const { id: _, causa, disputa, expiraEn, ...body } = cobroNuevo('', 1)
    expect(rechazo(await pedir(app, 'PUT', nadie, { ...caja, body }))).toBe('404 no-encontrado')
    expect(rechazo(await pedir(app, 'PUT', nadie, { ...shopper, body }))).toBe('403 prohibido')
    expect([causa, disputa, expiraEn]).toEqual([null, null, null])
  })

  test('takes no charge that is another order’s', async () => {
    const { abrir, comprar, contar, leer } = await porPagar('antes', 2)
    const { cobro } = await abrir()
    const otro = String((await comprar()).body['id'])
    const pagado = tras(cobro, 'captura', 1000, { estado: 'cobrado' })
    expect(rechazo(await contar(pagado, undefined, otro))).toBe('409 pedido-no-cobrable')
    expect(de(await leer(otro))).toMatchObject({ pago: 'pendiente' })
  })

  test('has its stock held for as long as a charge takes, and no longer than 30 days', async () => {
    const { abrir, contar, leer, clock, inventario, id } = await porPagar()
    const { cobro } = await abrir()
    const voucher = clock.ms() + 72 * hora
    const { body } = await contar({ ...cobro, version: 2, estado: 'en-proceso' }, voucher)
    expect(body['apartadoHasta']).toBe(new Date(voucher).toISOString())
    expect((await leer())['expiraEn']).toBe(new Date(voucher).toISOString())
    expect(inventario.reservas.get(id)?.expiraEn).toBeGreaterThan(voucher)
    await contar({ ...cobro, version: 3, estado: 'en-proceso' }, clock.ms() + 90 * 24 * hora)
    expect(Date.parse(String((await leer())['expiraEn']))).toBeLessThanOrEqual(
      clock.ms() + 30 * 24 * hora,
    )
  })
})

describe('an order whose time is over', () => {
  test('has its charges closed, and is cancelled', async () => {
    const { abrir, leer, pasar, pagos, inventario, id } = await porPagar()
    const { cobro } = await abrir()
    await pasar(24 * hora)
    expect(de(await leer())).toEqual({
      estado: 'Cancelado',
      apartado: 'ninguno',
      pago: 'sin-cobro',
    })
    expect(pagos.de(cobro.id).estado).toBe('cerrado')
    expect(inventario.reservas.get(id)?.estado).toBe('liberada')
  })

  test('is kept if it was paid in the last moment', async () => {
    const { abrir, leer, pasar, pagos } = await porPagar()
    const { cobro } = await abrir()
    pagos.poner(tras(cobro, 'captura', 1000, { estado: 'cobrado' }))
    await pasar(24 * hora)
    await pasar(0)
    expect(de(await leer())).toEqual({ estado: 'Pendiente', apartado: 'firme', pago: 'pagado' })
  })

  test('waits while its charge can’t be closed, but not for ever, and gets stock anew', async () => {
    const { abrir, contar, leer, pasar, pagos, inventario, id, productoId } = await porPagar()
    const { cobro } = await abrir()
    pagos.caido = true
    await pasar(24 * hora)
    expect(de(await leer())).toMatchObject({ estado: 'Pendiente', apartado: 'plazo' })
    for (let n = 0; n < 6; n++) await pasar(10 * minuto)
    await pasar(0)
    expect(de(await leer())).toMatchObject({ estado: 'Pendiente', apartado: 'vencido' })
    expect(inventario.reservas.get(id)?.estado).toBe('liberada')
    expect(inventario.disponible(productoId)).toBe(1)
    pagos.caido = false
    await contar(tras(cobro, 'captura', 1000, { estado: 'cobrado' }))
    await pasar(0)
    expect(de(await leer())).toEqual({ estado: 'Pendiente', apartado: 'firme', pago: 'pagado' })
    expect(inventario.disponible(productoId)).toBe(0)
    const nueva = [...inventario.reservas.values()].at(-1)
    expect(nueva).toMatchObject({ pedidoId: id, estado: 'activa' })
  })

  test('has what could not be closed in time closed afterwards, and is over then', async () => {
    const { abrir, leer, pasar, pagos } = await porPagar()
    await abrir()
    pagos.caido = true
    for (let n = 0; n < 8; n++) await pasar(n === 0 ? 24 * hora : 10 * minuto)
    expect(de(await leer())).toMatchObject({ estado: 'Pendiente', apartado: 'vencido' })
    // Nobody tells of it by himself, as of what people pay by hand.
    pagos.caido = false
    for (let n = 0; n < 3; n++) await pasar(hora)
    expect(de(await leer())).toMatchObject({ estado: 'Cancelado', apartado: 'ninguno' })
  })

  test('has sold what it came to anew, as the sweep knows', async () => {
    const { abrir, contar, pasar, pagos, inventario, id, app, staff, comprar } = await porPagar(
      'antes',
      3,
    )
    const { cobro } = await abrir()
    pagos.caido = true
    for (let n = 0; n < 8; n++) await pasar(n === 0 ? 24 * hora : 10 * minuto)
    pagos.caido = false
    await contar(tras(cobro, 'captura', 1000, { estado: 'cobrado' }))
    await pasar(0)
    const headers = staff.headers
    await pedir(app, 'PATCH', `/pedidos/${id}`, { headers, body: { estado: 'Completado' } })
    const nueva = [...inventario.reservas.values()].at(-1)
    expect(nueva).toMatchObject({ pedidoId: id, estado: 'confirmada' })
    // As a restored inventario.db has it.
    if (nueva) nueva.estado = 'activa'
    await pasar(minuto)
    await comprar()
    for (let n = 0; n < 4; n++) await pasar(minuto)
    expect(nueva?.estado).toBe('confirmada')
  })

  test('is over, and pays back, if its stock was sold meanwhile', async () => {
    const { abrir, comprar, contar, leer, pasar, pagos } = await porPagar()
    const { cobro } = await abrir()
    pagos.cierra = false
    for (let n = 0; n < 8; n++) await pasar(n === 0 ? 24 * hora : 10 * minuto)
    expect(de(await leer())).toMatchObject({ apartado: 'vencido' })
    expect((await comprar({})).status).toBe(201)
    await contar(tras(cobro, 'captura', 1000, { estado: 'cobrado' }))
    await pasar(0)
    await pasar(0)
    expect(de(await leer())).toEqual({ estado: 'Cancelado', apartado: 'ninguno', pago: 'excedido' })
    expect(pagos.reembolsos).toMatchObject([
      { cobroId: cobro.id, importe: 1000, motivo: 'cancelado' },
    ])
  })

  test('is cancelled once all its charges are closed, though its stock was free before', async () => {
    const { abrir, contar, leer, pasar, pagos } = await porPagar()
    const { cobro } = await abrir()
    pagos.cierra = false
    for (let n = 0; n < 8; n++) await pasar(n === 0 ? 24 * hora : 10 * minuto)
    await contar({ ...cobro, version: 9, estado: 'cerrado', causa: 'vencido' })
    await pasar(0)
    expect(de(await leer())).toMatchObject({ estado: 'Cancelado' })
  })
})

describe('money that is not owed', () => {
  test('goes back from the newer of two charges, and the refund is told', async () => {
    const { abrir, contar, leer, pasar, pagos, app, staff } = await porPagar()
    const [uno, otro] = [(await abrir()).cobro, (await abrir()).cobro]
    await contar(tras(uno, 'captura', 1000, { estado: 'cobrado' }))
    const pagado = tras(otro, 'captura', 1000, { estado: 'cobrado' })
    const { body } = await contar(pagado)
    // While it sets out to keep its stock nothing else is decided.
    expect(body['ordenes']).toEqual([])
    await pasar(0)
    await pasar(0)
    const [pedida] = pagos.reembolsos
    expect(pedida).toMatchObject({ cobroId: otro.id, importe: 1000, motivo: 'excedente' })
    const lista = await pedir(app, 'GET', '/saldos?asunto=por-devolver', staff)
    expect(lista.body['datos']).toMatchObject([{ asunto: 'por-devolver', pago: { saldo: -1000 } }])
    const reembolsos = [{ id: pedida?.id ?? '', estado: 'hecho' as const }]
    await contar(tras(pagado, 'reembolso', 1000, { reembolsos }))
    expect(await leer()).toMatchObject({ pago: { estado: 'pagado', saldo: 0, reembolsado: 1000 } })
    expect((await pedir(app, 'GET', '/saldos', staff)).body['datos']).toEqual([])
  })

  test('goes back when a paid order is cancelled, without anybody’s waiting for it', async () => {
    const { abrir, contar, pasar, pagos, app, shopper, id, leer } = await porPagar()
    const [uno, otro] = [(await abrir()).cobro, (await abrir()).cobro]
    pagos.caido = true
    await contar(tras(uno, 'captura', 1000, { estado: 'cobrado' }))
    const patch = { ...shopper, body: { estado: 'Cancelado' } }
    expect((await pedir(app, 'PATCH', `/pedidos/${id}`, patch)).status).toBe(200)
    expect(await leer()).toMatchObject({ estado: 'Cancelado', pago: { exigible: 0, saldo: -1000 } })
    pagos.caido = false
    await pasar(minuto)
    expect(pagos.de(otro.id).estado).toBe('cerrado')
    expect(pagos.reembolsos).toMatchObject([{ importe: 1000, motivo: 'cancelado' }])
  })

  test('gives back nothing that a bank holds, and what it gives again', async () => {
    const { abrir, contar, leer, pasar, pagos, id, app, staff } = await porPagar()
    const { cobro } = await abrir()
    const pagado = tras(cobro, 'captura', 1000, { estado: 'cobrado' })
    await contar(pagado)
    pagos.reembolso = 'sin-fondos'
    const headers = staff.headers
    await pedir(app, 'PATCH', `/pedidos/${id}`, { headers, body: { estado: 'Cancelado' } })
    await pasar(minuto)
    expect(pagos.reembolsos).toHaveLength(1)
    pagos.reembolso = 'enviado'
    await pasar(hora)
    await contar(tras(pagado, 'reembolso', 1000))
    expect(de(await leer())).toMatchObject({ estado: 'Cancelado', pago: 'reembolsado' })
  })

  test('is for a person to give back where that fails', async () => {
    const { abrir, contar, pasar, pagos, app, shopper, staff, id } = await porPagar()
    const { cobro } = await abrir()
    await contar(tras(cobro, 'captura', 1000, { estado: 'cobrado' }))
    pagos.reembolso = 'fallido'
    await pedir(app, 'PATCH', `/pedidos/${id}`, { ...shopper, body: { estado: 'Cancelado' } })
    await pasar(0)
    const { body } = await pedir(app, 'GET', '/saldos', staff)
    expect(body['datos']).toMatchObject([{ pedidoId: id, asunto: 'devolucion-fallida' }])
  })
})
