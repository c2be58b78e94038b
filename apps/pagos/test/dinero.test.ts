import { describe, expect, test } from 'bun:test'
import {
  admin,
  lector,
  operador,
  operadorId,
  pedidosHeaders,
  preparar,
  rechazo,
} from './preparar.ts'

const minuto = 60_000
const dia = 24 * 60 * minuto
const reembolsoId = '0198c0de-7f00-7000-8000-0000000000aa'

/** A charge by card that is paid, and known to be. */
async function pagado(importe = 1_000) {
  const todo = await preparar()
  const { id, pedido, suyo } = await todo.cobrar(importe)
  todo.stripe.pagar(id)
  await todo.pedir('POST', `/cobros/${id}/consultar`, { headers: suyo })
  await todo.casos.driver.tick()
  const reembolsar = (cuanto: number, cual = reembolsoId) =>
    todo.pedir('PUT', `/cobros/${id}/reembolsos/${cual}`, {
      headers: pedidosHeaders,
      body: { importe: cuanto, motivo: 'Pedido cancelado' },
    })
  const deReembolsos = (estado: string) =>
    todo.pedir('GET', `/reembolsos?estado=${estado}`, { headers: operador })
  return { ...todo, id, pedido, suyo, reembolsar, deReembolsos }
}

/** A charge that is paid by hand. */
async function aMano(importe = 1_000) {
  const todo = await preparar()
  const { id, pedido, answer } = await todo.cobrar(importe, { metodo: 'transferencia' })
  const recibir = (body: object, headers: object = {}) =>
    todo.pedir('POST', `/cobros/${id}/capturas`, { headers: { ...operador, ...headers }, body })
  return { ...todo, id, pedido, answer, recibir }
}

describe('money that people receive', () => {
  test('has instructions and no page, and waits for three days', async () => {
    const { answer, clock, stripe } = await aMano()
    expect(answer.body).toMatchObject({
      estado: 'abierto',
      url: null,
      instrucciones: 'Cuenta 1, a la tienda',
      expiraEn: new Date(clock.ms() + 3 * dia).toISOString(),
    })
    expect(stripe.llamadas).toEqual([])
  })

  test('is noted in parts, by whom, and pedidos hears of each', async () => {
    const { recibir, pedidos, id, pedir } = await aMano()
    const parte = await recibir({ importe: 400, referencia: 'dep 1' })
    expect([parte.status, parte.body['estado'], parte.body['cobrado']]).toEqual([
      201,
      'abierto',
      400,
    ])
    expect(pedidos.sabe(id)).toMatchObject({ estado: 'abierto', cobrado: 400 })
    const resto = await recibir({
      importe: 600,
      referencia: 'dep 2',
      recibidoEn: '2026-01-15T09:00:00.000Z',
    })
    expect(resto.body).toMatchObject({
      estado: 'cobrado',
      cobrado: 1_000,
      movimientos: [
        { secuencia: 1, referencia: 'dep 1' },
        { secuencia: 2, referencia: 'dep 2', en: '2026-01-15T09:00:00.000Z' },
      ],
    })
    const { body } = await pedir('GET', '/auditoria?accion=cobro-capturado', { headers: admin })
    expect(body['datos']).toMatchObject([
      { actorId: operadorId, sujetoId: id, detalle: 'importe 600' },
      { actorId: operadorId, sujetoId: id, detalle: 'importe 400' },
    ])
  })

  test('is noted once for each key and each reference, and not beyond what is asked', async () => {
    const { recibir } = await aMano()
    const clave = { 'idempotency-key': 'c1' }
    await recibir({ importe: 400, referencia: 'dep 1' }, clave)
    const otra = await recibir({ importe: 400, referencia: 'dep 1' }, clave)
    expect([otra.status, otra.body['cobrado']]).toEqual([201, 400])
    const distinta = await recibir({ importe: 500, referencia: 'dep 1' }, clave)
    expect(rechazo(distinta)).toBe('422 idempotencia-distinta')
    const repetida = await recibir({ importe: 400, referencia: 'dep 1' })
    expect(rechazo(repetida)).toBe('409 referencia-repetida')
    const exceso = { importe: 601, referencia: 'dep 2' }
    expect(rechazo(await recibir(exceso))).toBe('409 importe-excedido')
    const aceptado = await recibir({ ...exceso, aceptarExceso: true })
    expect(aceptado.body).toMatchObject({ estado: 'cobrado', cobrado: 1_001 })
  })

  test('is of no more than a charge comes to, whatever is accepted, and of a day that has come', async () => {
    const { recibir, pedir } = await aMano()
    const todo = { importe: 1_000_000_000_000, aceptarExceso: true }
    expect((await recibir({ ...todo, referencia: 'dep 1' })).status).toBe(201)
    const otra = await recibir({ importe: 1, aceptarExceso: true, referencia: 'dep 2' })
    expect(rechazo(otra)).toBe('409 importe-excedido')
    expect((await pedir('GET', '/cobros', { headers: operador })).status).toBe(200)
    for (const recibidoEn of [
      '2026-02-30T09:00:00Z',
      '9999-01-01T00:00:00Z',
      '0000-01-01T00:00:00Z',
    ]) {
      const nunca = await recibir({ importe: 1, referencia: 'dep 3', recibidoEn })
      expect(rechazo(nunca)).toBe('422 datos-invalidos')
    }
  })

  test('counts also when it comes late', async () => {
    const { recibir, pedir, id } = await aMano()
    await pedir('POST', `/cobros/${id}/cerrar`, { headers: pedidosHeaders })
    const tarde = await recibir({ importe: 1_000, referencia: 'dep 1' })
    expect(tarde.body).toMatchObject({ estado: 'cobrado', causa: null })
  })

  test('can be of a part of what is owed, and be noted with the charge itself', async () => {
    const { pedidos, pedir } = await preparar()
    const pedido = pedidos.poner(1_000)
    const body = {
      pedidoId: pedido.id,
      metodo: 'transferencia',
      importe: 300,
      captura: { referencia: 'caja 7' },
    }
    const headers = { ...operador, 'idempotency-key': 'x' }
    const una = await pedir('POST', '/cobros', { headers, body })
    expect([una.status, una.body]).toMatchObject([201, { estado: 'cobrado', cobrado: 300 }])
    const otra = await pedir('POST', '/cobros', { headers, body })
    expect(otra.body).toEqual(una.body)
    expect(pedidos.sabe(String(una.body['id']))).toMatchObject({ estado: 'cobrado' })
    const mucho = { ...body, importe: 1_001, captura: undefined }
    const exceso = await pedir('POST', '/cobros', { headers: operador, body: mucho })
    expect(rechazo(exceso)).toBe('409 importe-excedido')
    // Of money that is on record already no charge is left that waits for it.
    const repetida = await pedir('POST', '/cobros', { headers: operador, body })
    expect(rechazo(repetida)).toBe('409 referencia-repetida')
    const { body: suyos } = await pedir('GET', `/cobros?pedidoId=${pedido.id}`, {
      headers: operador,
    })
    expect(suyos['datos']).toMatchObject([{ estado: 'cobrado' }, { estado: 'cerrado' }])
    const tarjeta = { ...body, metodo: 'tarjeta' }
    const otro = await pedir('POST', '/cobros', { headers: operador, body: tarjeta })
    expect(rechazo(otro)).toBe('422 datos-invalidos')
  })

  test('is nothing that a provider’s charge takes, nor a customer says', async () => {
    const { id, suyo, pedir } = await pagado()
    const body = { importe: 1, referencia: 'x' }
    const ajena = await pedir('POST', `/cobros/${id}/capturas`, { headers: operador, body })
    expect(rechazo(ajena)).toBe('409 cobro-no-admite')
    const propia = await pedir('POST', `/cobros/${id}/capturas`, { headers: suyo, body })
    expect(rechazo(propia)).toBe('403 prohibido')
  })
})

describe('money that goes back', () => {
  test('is sent once for each id, and pedidos hears that it is', async () => {
    const { reembolsar, stripe, pedidos, id, casos } = await pagado()
    const una = await reembolsar(400)
    expect([una.status, una.body]).toEqual([
      201,
      { id: reembolsoId, importe: 400, estado: 'hecho' },
    ])
    const otra = await reembolsar(400)
    expect([otra.status, otra.body]).toEqual([200, una.body])
    expect(rechazo(await reembolsar(401))).toBe('409 reembolso-distinto')
    expect(stripe.llamadas.filter((una) => una === 'reembolsar')).toHaveLength(1)
    await casos.driver.tick()
    expect(pedidos.sabe(id)).toMatchObject({
      reembolsado: 400,
      reembolsos: [{ id: reembolsoId, estado: 'hecho', referencia: `re_${reembolsoId}` }],
    })
  })

  test('is not more than there is, with what is on its way', async () => {
    const { reembolsar, stripe } = await pagado()
    stripe.caido = true
    expect((await reembolsar(700)).body).toMatchObject({ estado: 'enviado' })
    const otro = await reembolsar(301, '0198c0de-7f00-7000-8000-0000000000ab')
    expect(rechazo(otro)).toBe('409 importe-excedido')
  })

  test('goes when the provider is back, also when it had done it and said nothing', async () => {
    const { reembolsar, stripe, casos, clock, id, pedidos } = await pagado()
    stripe.calla.add('reembolsar')
    await reembolsar(400)
    clock.advance(minuto)
    await casos.driver.tick()
    await casos.driver.tick()
    expect(stripe.sitio(id).reembolsos).toHaveLength(1)
    expect(pedidos.sabe(id)).toMatchObject({ reembolsado: 400, cobrado: 1_000 })
  })

  test('that is refused for three days is a person’s, who says that it was done', async () => {
    const { reembolsar, deReembolsos, stripe, casos, clock, pedir, pedidos, id } = await pagado()
    stripe.rechaza.set('reembolsar', 'sin-fondos')
    await reembolsar(400)
    clock.advance(2 * dia)
    await casos.driver.tick()
    expect((await deReembolsos('por-enviar')).body['datos']).toMatchObject([
      { id: reembolsoId, causa: 'sin-fondos' },
    ])
    clock.advance(dia)
    await casos.driver.tick()
    await casos.driver.tick()
    expect((await deReembolsos('fallido')).body['datos']).toMatchObject([{ id: reembolsoId }])
    expect(pedidos.sabe(id)).toMatchObject({ reembolsos: [{ estado: 'fallido' }] })
    const cerrar = (referencia: string) =>
      pedir('PATCH', `/reembolsos/${reembolsoId}`, {
        headers: operador,
        body: { estado: 'hecho', referencia },
      })
    const hecho = await cerrar('transferencia 9')
    expect([hecho.status, hecho.body['estado']]).toEqual([200, 'hecho'])
    expect(await cerrar('transferencia 9')).toMatchObject({ status: 200, body: hecho.body })
    expect(rechazo(await cerrar('otra'))).toBe('409 cobro-no-admite')
    expect(pedidos.sabe(id)).toMatchObject({ reembolsado: 400, reembolsos: [{ estado: 'hecho' }] })
  })

  test('of what was received by hand waits for a person', async () => {
    const { recibir, pedir, id, pedidos, casos } = await aMano()
    await recibir({ importe: 1_000, referencia: 'dep 1' })
    const pedido = await pedir('PUT', `/cobros/${id}/reembolsos/${reembolsoId}`, {
      headers: pedidosHeaders,
      body: { importe: 1_000, motivo: 'Devuelto' },
    })
    expect(pedido.body).toMatchObject({ estado: 'enviado' })
    await casos.driver.tick()
    expect(pedidos.sabe(id)).toMatchObject({ reembolsado: 0, reembolsos: [{ estado: 'enviado' }] })
    await pedir('PATCH', `/reembolsos/${reembolsoId}`, {
      headers: operador,
      body: { estado: 'hecho', referencia: 'sobre 3' },
    })
    expect(pedidos.sabe(id)).toMatchObject({
      reembolsado: 1_000,
      reembolsos: [{ estado: 'hecho' }],
    })
  })
})

describe('what pedidos wants when it is told', () => {
  test('is done: closing, taking what is held, giving back', async () => {
    const { cobrar, pedidos, stripe, casos, clock } = await preparar()
    const [abierto, retenido, cobrado] = [await cobrar(), await cobrar(), await cobrar()]
    stripe.autorizar(retenido.id)
    stripe.pagar(cobrado.id)
    pedidos.ordenes.set(abierto.id, [{ tipo: 'cerrar' }])
    await casos.driver.tick()
    clock.advance(minuto)
    await casos.driver.tick()
    pedidos.ordenes.set(retenido.id, [{ tipo: 'capturar', importe: 900, clave: 'cap-1' }])
    const motivo = 'Pagado dos veces'
    pedidos.ordenes.set(cobrado.id, [{ tipo: 'reembolsar', reembolsoId, importe: 1_000, motivo }])
    for (let vuelta = 0; vuelta < 5; vuelta++) {
      clock.advance(minuto)
      await casos.driver.tick()
    }
    expect(pedidos.sabe(abierto.id)).toMatchObject({ estado: 'cerrado', causa: 'anulado' })
    expect(pedidos.sabe(retenido.id)).toMatchObject({ estado: 'cobrado', cobrado: 900 })
    expect(pedidos.sabe(cobrado.id)).toMatchObject({ reembolsado: 1_000 })
  })

  test('row X: a charge whose order is not there is closed after a while and all of it given back', async () => {
    const { pedidos, id, pedido, stripe, casos, clock, deReembolsos } = await pagado()
    pedidos.todos.delete(pedido.id)
    stripe.mover(id, 'contracargo', 300)
    await casos.deps.store.conciliar({
      cobroId: id,
      proveedor: 'stripe',
      visto: await stripe.consultar(stripe.sitio(id).referencia),
      consultable: true,
      ahora: clock.ms(),
      traza: 't',
    })
    await casos.driver.tick()
    expect((await deReembolsos('hecho')).body['datos']).toEqual([])
    clock.advance(16 * minuto)
    for (let vuelta = 0; vuelta < 3; vuelta++) await casos.driver.tick()
    expect((await deReembolsos('hecho')).body['datos']).toMatchObject([
      { cobroId: id, importe: 700, ajeno: true },
    ])
    clock.advance(20 * minuto)
    for (let vuelta = 0; vuelta < 3; vuelta++) await casos.driver.tick()
    expect(stripe.sitio(id).reembolsos).toHaveLength(1)
    expect(casos.driver.espera.pendientes).toEqual([])
  })
})

describe('what happened', () => {
  test('is told in its order, without anybody in it', async () => {
    const { reembolsar, pedir, id, pedido, casos } = await pagado()
    await reembolsar(400)
    await casos.driver.tick()
    const eventos = (mas = '') => pedir('GET', `/eventos?limite=2${mas}`, { headers: lector })
    const una = await eventos()
    const de = { pedidoId: pedido.id, numero: 1, metodo: 'tarjeta', importe: 1_000, moneda: 'USD' }
    expect(una.body['datos']).toMatchObject([
      { secuencia: 1, tipo: 'cobro.abierto', sujeto: id, datos: de },
      { secuencia: 2, tipo: 'cobro.cobrado', sujeto: id, datos: { ...de, cobrado: 1_000 } },
    ])
    const otra = await eventos(`&cursor=${String(una.body['siguiente'])}`)
    expect(otra.body).toMatchObject({
      datos: [{ secuencia: 3, tipo: 'reembolso.hecho', datos: { reembolsoId, reembolsado: 400 } }],
      siguiente: null,
    })
    const cobrados = await eventos('&tipos=cobro.cobrado')
    expect(cobrados.body['datos']).toHaveLength(1)
    expect(rechazo(await eventos('&tipos=nada.tal'))).toBe('422 datos-invalidos')
    expect(rechazo(await pedir('GET', '/eventos', { headers: operador }))).toBe('403 prohibido')
  })
})
