import { StorageUnavailableError } from '@encargo/storage'
import {
  connectionTo,
  describeOnPostgres,
  dropDatabase,
  testDatabase,
} from '@encargo/storage/testing/postgres'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { expect, test } from 'bun:test'
import { graciaMs } from '../src/app/deps.ts'
import {
  admin,
  arrancar,
  montar,
  operador,
  pedidosHeaders,
  pidiendo,
  rechazo,
  usuario,
} from './preparar.ts'

type Vista = NonNullable<Parameters<typeof arrancar>[2]>

const muere = () => Promise.reject(new StorageUnavailableError('closed'))

/** A process that does nothing more from when its provider has done `acto` on. */
function mortal(acto: string) {
  let muerto = false
  const vista: Vista = (_, port) =>
    new Proxy(port, {
      get(_, key) {
        const member: unknown = Reflect.get(port, key)
        if (typeof member !== 'function') return member
        return (...given: unknown[]): unknown => {
          if (muerto) return muere()
          const hecho: unknown = Reflect.apply(member, port, given)
          if (key !== acto) return hecho
          muerto = true
          return Promise.resolve(hecho).then(muere, muere)
        }
      },
    })
  return { vista, muerto: () => muerto }
}

/** Two processes of pagos at one database, of which the first is on duty. */
async function dosProcesos(vista?: Vista) {
  const DATABASE_URL = await testDatabase()
  cleanUp(() => dropDatabase(DATABASE_URL))
  const montaje = await montar({ DATABASE_URL })
  const [uno, dos] = [await arrancar(montaje, montaje.clock, vista), await arrancar(montaje)]
  const ambos = [uno, dos] as const
  type Pedir = ReturnType<typeof pidiendo>
  const enUno: Pedir = (...que) => pidiendo(uno.app)(...que)
  const enDos: Pedir = (...que) => pidiendo(dos.app)(...que)
  /** The same at both at once. */
  const aLaVez = (...que: Parameters<Pedir>) => Promise.all([enUno(...que), enDos(...que)])
  const tarjeta = { nombre: 'Tarjeta', momento: 'antes', proveedor: 'stripe' }
  await enUno('PUT', '/metodos-pago/tarjeta', { headers: admin, body: tarjeta })
  const efectivo = { nombre: 'Efectivo', momento: 'antes', proveedor: 'manual' }
  await enUno('PUT', '/metodos-pago/efectivo', { headers: admin, body: efectivo })
  await uno.casos.driver.tick()
  /** As a shopper does whose connection breaks: the same again, at whoever answers. */
  function cobrar(clave: string, metodo = 'tarjeta') {
    const pedido = montaje.pedidos.poner(1_000)
    const headers = { 'idempotency-key': clave, ...usuario({ id: pedido.clienteId }) }
    return aLaVez('POST', '/cobros', { headers, body: { pedidoId: pedido.id, metodo } })
  }
  const ticks = async () => {
    for (const { casos } of ambos) await casos.driver.tick()
  }
  /** Whoever has the work has had it for its ten seconds. */
  async function pasaElTurno() {
    const sql = connectionTo(DATABASE_URL, 'pagos')
    await sql`UPDATE "__arriendos" SET hasta = clock_timestamp() - interval '1 second'`
    await sql.close()
  }
  return { ...montaje, pasaElTurno, uno, dos, enUno, enDos, aLaVez, cobrar, ticks }
}

const estados = (answers: readonly { readonly status: number }[]) =>
  answers.map(({ status }) => status).toSorted()

describeOnPostgres('two processes of pagos at one database', () => {
  test('make one charge of a key that comes to both at once, and one session', async () => {
    const { cobrar, stripe, pedidos, uno } = await dosProcesos()
    const todos = await Promise.all(['k1', 'k2', 'k3', 'k4'].map((clave) => cobrar(clave)))
    for (const [una, otra] of todos) {
      expect([una.status, otra.status, otra.body['id']]).toEqual([201, 201, una.body['id']])
      expect(una.body).toMatchObject({ estado: 'abierto', url: otra.body['url'] })
    }
    expect([stripe.sitios.size, pedidos.contados.size]).toEqual([4, 4])
    expect(await uno.store.cobros({ limite: 9 })).toHaveLength(4)
  })

  test('count money once that both hear of at once, and that both are asked about', async () => {
    const { cobrar, aLaVez, stripe, uno, dos, pedidos, ticks, clock } = await dosProcesos()
    const [{ body }] = await cobrar('k')
    const id = String(body['id'])
    stripe.pagar(id)
    for (const { casos } of [uno, dos]) casos.driver.start()
    const raw = JSON.stringify({ id: 'evt_1', de: stripe.sitio(id).referencia })
    const llegadas = await aLaVez('POST', '/avisos/stripe', { headers: { firma: 'buena' }, raw })
    expect(estados(llegadas)).toEqual([200, 200])
    await aLaVez('POST', `/cobros/${id}/consultar`, { headers: operador })
    for (const { casos } of [uno, dos]) await casos.driver.stop()
    clock.advance(graciaMs)
    await ticks()
    const cobro = await uno.store.cobro(id)
    expect(cobro).toMatchObject({ estado: 'cobrado', cobrado: 1_000, movimientos: [{}] })
    expect(await uno.store.avisos({ estado: 'hecho', limite: 9 })).toHaveLength(1)
    expect(pedidos.sabe(id)?.version).toBe(cobro?.version)
    const pagados = { despuesDe: 0, tipos: ['cobro.cobrado'], limite: 9 }
    expect(await dos.store.eventos(pagados)).toHaveLength(1)
  })

  test('note once what is received by hand, and give back once what both are asked for', async () => {
    const { cobrar, aLaVez, stripe, uno, enUno } = await dosProcesos()
    const [{ body }] = await cobrar('k', 'efectivo')
    const mano = String(body['id'])
    const captura = { importe: 600, referencia: 'recibo 1' }
    const dos = await aLaVez('POST', `/cobros/${mano}/capturas`, {
      headers: operador,
      body: captura,
    })
    expect(dos.map((una) => (una.status === 201 ? 201 : rechazo(una))).toSorted()).toEqual([
      201,
      '409 referencia-repetida',
    ])
    expect(await uno.store.cobro(mano)).toMatchObject({ cobrado: 600, movimientos: [{}] })

    const [{ body: otro }] = await cobrar('k2')
    const id = String(otro['id'])
    stripe.pagar(id)
    await enUno('POST', `/cobros/${id}/consultar`, { headers: operador })
    const path = `/cobros/${id}/reembolsos/${Bun.randomUUIDv7()}`
    const pedido = { headers: pedidosHeaders, body: { importe: 400, motivo: 'sobra' } }
    expect(estados(await aLaVez('PUT', path, pedido))).toEqual([200, 201])
    // Of two that together are more than there is, one.
    const ids = [Bun.randomUUIDv7(), Bun.randomUUIDv7()]
    const mas = await Promise.all(
      ids.map((suyo) => aLaVez('PUT', `/cobros/${id}/reembolsos/${suyo}`, pedido)),
    )
    expect(mas.flatMap(estados).toSorted()).toEqual([200, 201, 409, 409])
    const importes = stripe.sitio(id).reembolsos.map(({ importe }) => importe)
    expect(importes).toEqual([400, 400])
    expect(await uno.store.cobro(id)).toMatchObject({ reembolsado: 800 })
  })

  test('ask about what is open, and go through the provider, only as the one on duty', async () => {
    const { cobrar, stripe, uno, dos, clock } = await dosProcesos()
    await cobrar('k')
    clock.advance(2 * 60_000)
    stripe.llamadas.length = 0
    await dos.casos.driver.tick()
    expect(stripe.llamadas).toEqual([])
    await uno.casos.driver.tick()
    expect(stripe.llamadas).toEqual(['consultar'])
    await dos.casos.driver.tick()
    expect(stripe.llamadas).toEqual(['consultar'])
  })

  test('end a refund that the one on duty died of when its provider had made it', async () => {
    const { vista, muerto } = mortal('reembolsar')
    const { cobrar, stripe, uno, dos, enDos, clock, pedidos, pasaElTurno } =
      await dosProcesos(vista)
    const [{ body }] = await cobrar('k')
    const id = String(body['id'])
    stripe.pagar(id)
    await enDos('POST', `/cobros/${id}/consultar`, { headers: operador })
    stripe.caido = true
    const reembolsoId = Bun.randomUUIDv7()
    const pedido = { headers: pedidosHeaders, body: { importe: 400, motivo: 'sobra' } }
    await enDos('PUT', `/cobros/${id}/reembolsos/${reembolsoId}`, pedido)
    stripe.caido = false
    clock.advance(2 * 60_000)
    await uno.casos.driver.tick()
    expect([muerto(), stripe.sitio(id).reembolsos.length]).toEqual([true, 1])
    expect(await dos.store.reembolso(reembolsoId)).toMatchObject({ estado: 'por-enviar' })
    // Nobody else is at it while the dead one's hold lasts.
    clock.advance(2 * 60_000)
    await dos.casos.driver.tick()
    expect(await dos.store.reembolso(reembolsoId)).toMatchObject({ estado: 'por-enviar' })
    await pasaElTurno()
    for (let vuelta = 0; vuelta < 3; vuelta++) {
      clock.advance(2 * 60_000)
      await dos.casos.driver.tick()
    }
    expect(await dos.store.reembolso(reembolsoId)).toMatchObject({ estado: 'hecho' })
    const cobro = await dos.store.cobro(id)
    expect(cobro).toMatchObject({ reembolsado: 400, movimientos: [{}, { importe: 400 }] })
    expect(stripe.sitio(id).reembolsos).toMatchObject([{ clave: reembolsoId, importe: 400 }])
    expect(pedidos.sabe(id)?.version).toBe(cobro?.version)
    expect(dos.casos.driver.espera.pendientes).toEqual([])
  })
})
