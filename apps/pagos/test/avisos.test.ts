import { describe, expect, test } from 'bun:test'
import { backgroundCall } from '@encargo/service-kit/peer/call-context'
import type { CobroEntero } from '../src/domain/registro.ts'
import { operador, preparar, rechazo } from './preparar.ts'

const minuto = 60_000
const dia = 24 * 60 * minuto

const de = (todo: Awaited<ReturnType<typeof preparar>>, estado: string) =>
  todo.pedir('GET', `/avisos?estado=${estado}`, { headers: operador })

/** A service at work, and two charges that are paid and of which it does not know. */
async function corriendo() {
  const todo = await preparar()
  todo.casos.driver.start()
  await todo.casos.driver.tick()
  const cobros = [await todo.cobrar(), await todo.cobrar()] as const
  for (const { id } of cobros) todo.stripe.pagar(id)
  return { ...todo, cobros }
}

describe('a notice', () => {
  test('is on disk before it is answered, and causes a question', async () => {
    const todo = await preparar()
    const { cobrar, avisar, stripe, casos, pedidos } = todo
    const { id } = await cobrar()
    stripe.pagar(id)
    const antes = stripe.llamadas.length
    expect(await avisar('evt_1', stripe.sitio(id).referencia)).toMatchObject({ status: 200 })
    expect(stripe.llamadas).toHaveLength(antes)
    expect((await de(todo, 'pendiente')).body['datos']).toMatchObject([{ id: 'stripe:evt_1' }])
    await casos.driver.tick()
    await casos.driver.tick()
    expect(pedidos.sabe(id)).toMatchObject({ estado: 'cobrado', cobrado: 1_000 })
    expect((await de(todo, 'hecho')).body['datos']).toMatchObject([
      { id: 'stripe:evt_1', proximaEn: null, intentos: 0 },
    ])
    const [movimiento] = pedidos.sabe(id)?.movimientos ?? []
    expect(movimiento?.aviso).toBe('evt_1')
  })

  test('that is repeated costs no write, and nothing is counted twice', async () => {
    const { cobrar, avisar, stripe, casos, storage, store } = await preparar()
    const { id } = await cobrar()
    stripe.pagar(id)
    await avisar('evt_1', stripe.sitio(id).referencia)
    await casos.driver.tick()
    const { commits } = storage.stats()
    for (let vez = 0; vez < 5; vez++) await avisar('evt_1', stripe.sitio(id).referencia)
    expect(storage.stats().commits).toBe(commits)
    await avisar('evt_2', stripe.sitio(id).referencia)
    await casos.driver.tick()
    expect(await store.cobro(id)).toMatchObject({ cobrado: 1_000 })
  })

  test('of the provider’s alone: what is not signed is kept nowhere', async () => {
    const todo = await preparar()
    expect(rechazo(await todo.avisar('evt_1', 'cs_1', 'mala'))).toBe('400 firma-invalida')
    expect((await de(todo, 'pendiente')).body['datos']).toEqual([])
    const metrics = await todo.app.handle(new Request('http://localhost/metrics'))
    const texto = await metrics.text()
    expect(texto).toContain('result="firma-invalida",service="pagos"} 1')
  })

  test('of no interest is answered, and of a provider that is off not found', async () => {
    const { avisar, pedir } = await preparar()
    expect((await avisar('evt_1', undefined)).status).toBe(200)
    const fuera = await pedir('POST', '/avisos/mercadopago', { raw: '{}' })
    expect(rechazo(fuera)).toBe('404 no-encontrado')
    const aMano = await pedir('POST', '/avisos/manual', { raw: '{}' })
    expect(rechazo(aMano)).toBe('404 no-encontrado')
    const grande = await pedir('POST', '/avisos/stripe', { raw: 'x'.repeat(65_537) })
    expect(rechazo(grande)).toBe('413 cuerpo-demasiado-grande')
  })

  test('that is ahead of our own write waits for it, and of nobody’s is put aside', async () => {
    const todo = await preparar()
    const { avisar, casos, clock, pedir } = todo
    await avisar('evt_1', 'cs_nadie')
    await casos.driver.tick()
    expect((await de(todo, 'pendiente')).body['datos']).toMatchObject([
      { intentos: 1, error: 'respuesta-inesperada' },
    ])
    clock.advance(16 * minuto)
    await casos.driver.tick()
    expect((await de(todo, 'ajeno')).body['datos']).toMatchObject([{ id: 'stripe:evt_1' }])
    const otra = await pedir('POST', '/avisos/stripe:evt_1/reintentar', { headers: operador })
    expect(otra.body).toMatchObject({ estado: 'pendiente' })
    const nadie = await pedir('POST', '/avisos/stripe:evt_9/reintentar', { headers: operador })
    expect(rechazo(nadie)).toBe('404 no-encontrado')
  })

  test('that comes while the provider is away is asked about when it is back', async () => {
    const { cobrar, avisar, stripe, casos, clock, store } = await preparar()
    const { id } = await cobrar()
    stripe.pagar(id)
    stripe.caido = true
    await avisar('evt_1', stripe.sitio(id).referencia)
    await casos.driver.tick()
    stripe.caido = false
    clock.advance(minuto)
    await casos.driver.tick()
    expect(await store.cobro(id)).toMatchObject({ estado: 'cobrado' })
  })

  test('of money in another currency counts none of it, and staff sees it', async () => {
    const { cobrar, avisar, stripe, casos, pedir, store } = await preparar()
    const { id } = await cobrar()
    stripe.pagar(id)
    stripe.sitio(id).moneda = 'EUR'
    await avisar('evt_1', stripe.sitio(id).referencia)
    await casos.driver.tick()
    expect(await store.cobro(id)).toMatchObject({ cobrado: 0, causa: 'no-cobrable' })
    const { body } = await pedir('GET', '/ajenos', { headers: operador })
    const ajeno = { cobroId: id, importe: 1_000, moneda: 'EUR', resueltoEn: null }
    expect(body['datos']).toMatchObject([ajeno])
    const referencia = stripe.sitio(id).movimientos[0]?.referencia
    const resolver = (cual: string, resolucion: string) =>
      pedir('POST', '/ajenos/resolver', {
        headers: operador,
        body: { id: cual, resolucion },
      })
    for (const resolucion of ['Devuelto, re_1', 'otra vez']) {
      const { status, body } = await resolver(`stripe:captura:${referencia}`, resolucion)
      expect([status, body['resolucion']]).toEqual([200, 'Devuelto, re_1'])
    }
    for (const cual of ['stripe:captura:nada', `stripe:nada:${referencia}`, 'nadie:captura:x']) {
      expect(rechazo(await resolver(cual, 'x'))).toBe('404 no-encontrado')
    }
    const lista = async (consulta: string) =>
      (await pedir('GET', `/ajenos${consulta}`, { headers: operador })).body['datos']
    expect(await lista('')).toEqual([])
    expect(await lista('?resueltos=true')).toMatchObject([
      { ...ajeno, resueltoEn: expect.any(String) },
    ])
  })
})

describe('what can not be', () => {
  test.each([
    ['a name that no database holds', { referencia: 'ch\u00001' }],
    ['half a character', { referencia: 'ch\ud800' }],
    ['a name without end', { referencia: 'x'.repeat(256) }],
    ['nothing', { importe: 0 }],
    ['less than nothing', { importe: -1 }],
    ['more than there is', { importe: 1e18 }],
    ['a part of a cent', { importe: 0.5 }],
    ['a moment that no calendar has', { en: 1e17 }],
  ])('is not believed, and nothing of it written: %s', async (_, mentira) => {
    const { cobrar, stripe, pedir, store } = await preparar()
    const { id, suyo } = await cobrar()
    stripe.pagar(id)
    const { movimientos } = stripe.sitio(id)
    const [verdad] = movimientos.splice(0)
    if (verdad) movimientos.push({ ...verdad, ...mentira })
    const mirado = await pedir('POST', `/cobros/${id}/consultar`, { headers: suyo })
    expect(rechazo(mirado)).toBe('503 servicio-no-disponible')
    expect(await store.cobro(id)).toMatchObject({ estado: 'abierto', movimientos: [] })
  })

  test('holds up nothing but itself', async () => {
    const { cobrar, stripe, avisar, casos, store } = await preparar()
    const cobros = await Promise.all(Array.from({ length: 12 }, () => cobrar()))
    for (const { id } of cobros) stripe.pagar(id)
    const [bueno, ...malos] = cobros.toReversed()
    for (const { id } of malos) stripe.sitio(id).moneda = '?'
    for (const { id } of cobros) await avisar(`evt_${id}`, stripe.sitio(id).referencia)
    await casos.driver.tick()
    expect(await store.cobro(bueno?.id ?? '')).toMatchObject({ estado: 'cobrado' })
  })

  test('happens before it is heard of, whatever the clock of its provider says', async () => {
    const { cobrar, stripe, pedir, store, clock } = await preparar()
    const { id, suyo } = await cobrar()
    stripe.ahora = () => clock.ms() + 300 * minuto
    stripe.pagar(id)
    await pedir('POST', `/cobros/${id}/consultar`, { headers: suyo })
    expect((await store.cobro(id))?.movimientos).toMatchObject([{ en: clock.ms() }])
  })

  test('a page that a browser would run is gone to by nobody', async () => {
    const { cobrar, stripe } = await preparar()
    const abrir = stripe.abrir.bind(stripe)
    stripe.abrir = async (...suyo) => ({ ...(await abrir(...suyo)), url: 'javascript:alert(1)' })
    expect(rechazo((await cobrar()).answer)).toBe('503 servicio-no-disponible')
  })
})

describe('a service that runs, though no timer comes', () => {
  test('asks about a notice once that is on disk, and tells pedidos what came of it', async () => {
    const { avisar, stripe, pedidos, casos, cobros, store } = await corriendo()
    const dicho = Promise.withResolvers<CobroEntero>()
    pedidos.alContar = dicho.resolve
    const [{ id }] = cobros
    expect((await avisar('evt_1', stripe.sitio(id).referencia)).status).toBe(200)
    expect(await dicho.promise).toMatchObject({ id, estado: 'cobrado', cobrado: 1_000 })
    await casos.stop()
    const cobro = await store.cobro(id)
    expect(cobro?.contada).toBe(cobro?.version ?? 0)
  })

  test('tells what a charge became while it was told of, to who waits for that', async () => {
    const { cobrar, stripe, pedidos, casos, pedir } = await preparar()
    const { id, suyo } = await cobrar()
    const { referencia } = stripe.sitio(id)
    stripe.mover(id, 'autorizacion', 1_000)
    stripe.sitio(id).estado = 'autorizado'
    pedidos.alContar = async () => {
      pedidos.alContar = () => undefined
      stripe.pagar(id)
      const datos = { referencia, recibidoEn: 0 }
      const deuda = { tipo: 'aviso-stripe', clave: 'evt_1', datos, intentos: 0 }
      await casos.cumplidor.fulfil(deuda, backgroundCall())
    }
    await pedir('POST', `/cobros/${id}/consultar`, { headers: suyo })
    expect(pedidos.sabe(id)).toMatchObject({ estado: 'cobrado', cobrado: 1_000 })
  })

  test('answers a notice before its provider does, asks of a few at once, and forgets none', async () => {
    const todo = await corriendo()
    const { avisar, stripe, casos, cobros, pedidos } = todo
    const antes = stripe.llamadas.length
    const lenta = Promise.withResolvers<void>()
    stripe.demora = lenta.promise
    for (let n = 0; n < 20; n++) {
      const { id } = cobros[n % 2 === 0 ? 0 : 1]
      expect((await avisar(`evt_${n}`, stripe.sitio(id).referencia)).status).toBe(200)
    }
    expect(stripe.llamadas.length - antes).toBe(8)
    lenta.resolve()
    await casos.driver.tick()
    expect((await de(todo, 'pendiente')).body['datos']).toEqual([])
    await casos.driver.tick()
    for (const { id } of cobros) expect(pedidos.sabe(id)).toMatchObject({ cobrado: 1_000 })
  })
})

describe('without any notice', () => {
  test('an open charge is asked for after 1, 5 and 15 minutes and then each hour', async () => {
    const { cobrar, stripe, casos, clock, metodo } = await preparar()
    await metodo('vale', { proveedor: 'stripe', plazoSegundos: 24 * 3_600 })
    await cobrar(1_000, { metodo: 'vale' })
    const antes = clock.ms()
    const preguntas: number[] = []
    for (let pasado = 0; pasado < 180; pasado++) {
      const cuantas = stripe.llamadas.length
      await casos.driver.tick()
      if (stripe.llamadas.length > cuantas) preguntas.push((clock.ms() - antes) / minuto)
      clock.advance(minuto)
    }
    expect(preguntas).toEqual([1, 5, 15, 75, 135])
  })

  test('a payment is found, also one minute before its stock is given away', async () => {
    const { cobrar, stripe, casos, clock, pedidos } = await preparar()
    const { id } = await cobrar()
    for (const espera of [1, 4, 10]) {
      clock.advance(espera * minuto)
      await casos.driver.tick()
    }
    stripe.pagar(id)
    // Its lease ends after 45 minutes.
    clock.advance(29 * minuto)
    await casos.driver.tick()
    await casos.driver.tick()
    expect(pedidos.sabe(id)).toMatchObject({ estado: 'cobrado' })
  })

  test('a closed one is asked for each day for a month: what comes late is known', async () => {
    const { cobrar, stripe, casos, clock, pedidos } = await preparar()
    const { id } = await cobrar()
    stripe.vencer(id)
    clock.advance(minuto)
    await casos.driver.tick()
    await casos.driver.tick()
    expect(pedidos.sabe(id)).toMatchObject({ estado: 'cerrado', causa: 'vencido' })
    const cuantas = stripe.llamadas.length
    for (let dias = 0; dias < 40; dias++) {
      clock.advance(dia)
      if (dias === 20) stripe.rechaza.set('consultar', 'desconocido')
      if (dias === 21) stripe.rechaza.clear()
      await casos.driver.tick()
    }
    // The list of the provider is gone through each week beside that.
    const consultas = stripe.llamadas.slice(cuantas).filter((una) => una === 'consultar')
    expect(consultas.length).toBeGreaterThanOrEqual(30)
    stripe.pagar(id)
    clock.advance(7 * dia)
    for (let vuelta = 0; vuelta < 3; vuelta++) await casos.driver.tick()
    expect(pedidos.sabe(id)).toMatchObject({ estado: 'cobrado', causa: null })
  })

  test('a dispute of what was paid long ago is found by going through the list', async () => {
    const { cobrar, stripe, casos, clock, pedidos } = await preparar()
    const { id } = await cobrar()
    stripe.pagar(id)
    clock.advance(minuto)
    await casos.driver.tick()
    await casos.driver.tick()
    stripe.mover(id, 'contracargo', 1_000)
    stripe.sitio(id).disputa = 'abierta'
    clock.advance(8 * dia)
    for (let vuelta = 0; vuelta < 3; vuelta++) await casos.driver.tick()
    expect(pedidos.sabe(id)).toMatchObject({ disputa: 'abierta', disputado: 1_000 })
  })
})
