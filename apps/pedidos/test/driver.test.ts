import { describe, expect, test } from 'bun:test'
import { PeerProtocolError } from '@encargo/service-kit/peer/peer'
import { idsDeClaves } from '../src/domain/identidad-pedido.ts'
import { arrancar, montar, pedir, preparar, usuario } from './fixture.ts'

const idDeClave = idsDeClaves(0)
const minuto = 60_000

async function conPedido() {
  const todo = await preparar()
  const { id: clienteId, headers } = await usuario()
  const productoId = todo.producto(100, 10)
  const comprar = (extra: Record<string, string> = {}) =>
    pedir(todo.app, 'POST', '/pedidos', {
      headers: { ...headers, ...extra },
      body: { lineas: [{ productoId, cantidad: 1 }] },
    })
  const { body } = await comprar()
  const path = `/pedidos/${String(body['id'])}`
  const patch = (estado: string) => pedir(todo.app, 'PATCH', path, { headers, body: { estado } })
  const estado = async () => (await pedir(todo.app, 'GET', path, { headers })).body['estado']
  return { ...todo, clienteId, headers, productoId, comprar, path, patch, estado }
}

describe('the driver', () => {
  test('cancels what ran out, a moment after it did and not before', async () => {
    const { casos, clock, estado, inventario, productoId } = await conPedido()
    clock.advance(86_400_000 - 1)
    await casos.driver.tick()
    expect(await estado()).toBe('Pendiente')
    clock.advance(1)
    await casos.driver.tick()
    expect(await estado()).toBe('Cancelado')
    expect(inventario.disponible(productoId)).toBe(10)
  })

  test('finishes at start what a dead process had set out to do', async () => {
    const montaje = montar()
    const first = await arrancar(montaje)
    const staff = await usuario({ rol: 'admin' })
    const productoId = Bun.randomUUIDv7()
    montaje.catalogo.articulos.set(productoId, {
      id: productoId,
      sku: 'S',
      nombre: 'N',
      precio: 1,
      moneda: 'USD',
      activo: true,
    })
    montaje.inventario.fisico.set(productoId, 1)
    const body = { lineas: [{ productoId, cantidad: 1 }] }
    const bought = await pedir(first.app, 'POST', '/pedidos', { headers: staff.headers, body })
    const id = String(bought.body['id'])
    const { numero } = (await first.store.porId(id)) ?? { numero: 0 }
    const ahora = montaje.clock.ms()
    await first.store.proponer({
      numero,
      proposito: 'completar',
      actor: staff.id,
      motivo: null,
      ahora,
      proximaEn: ahora + 15_000,
    })
    const second = await arrancar(montaje, undefined, { compartido: false })
    await second.casos.driver.tick()
    expect((await second.store.porId(id))?.estado).toBe('Completado')
  })

  test('leaves alone what a request of this moment is at', async () => {
    const { casos, store, path, clock, inventario } = await conPedido()
    await casos.driver.tick()
    const pedido = await store.porId(path.slice('/pedidos/'.length))
    const ahora = clock.ms()
    await store.proponer({
      numero: pedido?.numero ?? 0,
      proposito: 'cancelar',
      actor: 'x',
      motivo: null,
      ahora,
      proximaEn: ahora + 15_000,
    })
    const before = inventario.llamadas.length
    await casos.driver.tick()
    expect(inventario.llamadas.slice(before)).toEqual([])
    clock.advance(15_000)
    await casos.driver.tick()
    expect(inventario.llamadas.slice(before)).toContain('liberar')
  })

  test('shows what waits, since when and why, until it is done', async () => {
    const { casos, clock, inventario, patch, app } = await conPedido()
    inventario.averia = () => 'antes'
    const desde = clock.now().toISOString()
    await patch('Cancelado')
    clock.advance(minuto)
    await casos.driver.tick()
    const ready = await pedir(app, 'GET', '/readyz')
    expect(ready.status).toBe(200)
    expect(ready.body['pendiente']).toEqual({
      completar: 0,
      cancelar: 1,
      expirar: 0,
      asegurar: 0,
      reapartar: 0,
      reembolsosPorPedir: 0,
      cobrosPorCerrar: 0,
      cobrosPorCapturar: 0,
      reservasPorLiberar: 0,
      reservasSinPedido: 0,
      anuladosPorReponer: 0,
      deGuardia: true,
      clientesPorBorrar: 0,
      borradosLeidosEn: clock.now().toISOString(),
      desde,
      motivo: 'servicio-no-disponible',
    })
    const metrics = async () =>
      await (await app.handle(new Request('http://localhost/metrics'))).text()
    expect(await metrics()).toContain(
      'pedidos_pending_intentions{purpose="cancelar",service="pedidos"} 1',
    )
    expect(await metrics()).toContain('pedidos_pending_oldest_seconds{service="pedidos"} 60')
    inventario.averia = () => undefined
    clock.advance(minuto)
    await casos.driver.tick()
    expect((await pedir(app, 'GET', '/readyz')).body['pendiente']).toMatchObject({
      cancelar: 0,
      desde: null,
      motivo: null,
    })
  })

  test('asks one order, not all, while inventario is away, and ever less often', async () => {
    const { casos, clock, inventario, comprar, headers, app, productoId } = await conPedido()
    inventario.fisico.set(productoId, 100)
    const ids: string[] = []
    for (let n = 0; n < 40; n++) ids.push(String((await comprar()).body['id']))
    inventario.averia = () => 'antes'
    for (const id of ids) {
      await pedir(app, 'PATCH', `/pedidos/${id}`, { headers, body: { estado: 'Cancelado' } })
    }
    const before = inventario.llamadas.length
    let rounds = 0
    for (let second = 0; second < 60; second++) {
      clock.advance(1000)
      await casos.driver.tick()
      rounds++
    }
    const asked = inventario.llamadas.length - before
    expect(rounds).toBe(60)
    // Up to eight side by side when a round begins, and a gate that opens every five seconds at last.
    expect(asked).toBeLessThan(25 * 8)
    inventario.ausenteMs = 30_000
    clock.advance(5_000)
    await casos.driver.tick()
    const told = inventario.llamadas.length
    for (let second = 0; second < 29; second++) {
      clock.advance(1000)
      await casos.driver.tick()
    }
    expect(inventario.llamadas.length).toBe(told)
    inventario.averia = () => undefined
    clock.advance(minuto)
    await casos.driver.tick()
    expect(
      [...inventario.reservas.values()].filter(({ estado }) => estado === 'liberada'),
    ).toHaveLength(40)
  })

  test('does not let one order that always fails hold up the others', async () => {
    const { casos, clock, inventario, comprar, headers, app, estado, patch } = await conPedido()
    const other = String((await comprar()).body['id'])
    const liberar = inventario.liberar.bind(inventario)
    const poison = [...inventario.reservas.keys()][0]
    inventario.liberar = (id) =>
      id === poison ? Promise.reject(new Error('nonsense')) : liberar(id)
    expect((await patch('Cancelado')).status).toBe(500)
    inventario.averia = () => 'antes'
    await pedir(app, 'PATCH', `/pedidos/${other}`, { headers, body: { estado: 'Cancelado' } })
    inventario.averia = () => undefined
    clock.advance(minuto)
    await casos.driver.tick()
    const { body } = await pedir(app, 'GET', `/pedidos/${other}`, { headers })
    expect(body['estado']).toBe('Cancelado')
    expect(await estado()).toBe('Pendiente')
    inventario.liberar = liberar
    clock.advance(20 * minuto)
    await casos.driver.tick()
    expect(await estado()).toBe('Cancelado')
  })

  test('asks again after an answer that nobody understood; the caller is told 503, not done', async () => {
    const { casos, clock, inventario, estado, patch, comprar } = await conPedido()
    inventario.alLlegar = () => Promise.reject(new PeerProtocolError('inventario answered {}'))
    const answer = await patch('Cancelado')
    expect([answer.status, answer.body['codigo']]).toEqual([503, 'servicio-no-disponible'])
    expect(answer.headers.get('retry-after')).toBe('2')
    const bought = await comprar()
    expect([bought.status, bought.body['codigo']]).toEqual([503, 'servicio-no-disponible'])
    expect(await estado()).toBe('Pendiente')
    inventario.alLlegar = async () => undefined
    clock.advance(minuto)
    await casos.driver.tick()
    expect(await estado()).toBe('Cancelado')
  })

  test('finds reservations that no order stands behind, on every page, and releases them', async () => {
    const { casos, clock, inventario, comprar, productoId } = await conPedido()
    for (let n = 0; n < 4; n++) await comprar()
    for (let n = 0; n < 7; n++) {
      clock.advance(1)
      await inventario.reservar(Bun.randomUUIDv7(), [{ productoId, cantidad: 1 }], 86_400)
      inventario.fisico.set(productoId, 100)
    }
    await comprar()
    await casos.driver.tick()
    expect(inventario.reservado(productoId)).toBe(13)
    clock.advance(3 * minuto)
    await casos.driver.tick()
    await casos.driver.tick()
    expect(inventario.reservado(productoId)).toBe(6)
    const before = inventario.llamadas.length
    clock.advance(minuto)
    await casos.driver.tick()
    // One page, not all of them again.
    expect(inventario.llamadas.slice(before)).toEqual(['activas'])
  })

  test('keeps a late writer from making an order of what it has released', async () => {
    const { casos, clock, inventario, productoId, clienteId, comprar } = await conPedido()
    const id = idDeClave(clienteId, 'lenta', 0)
    await inventario.reservar(id, [{ productoId, cantidad: 1 }], 86_400)
    const arrived = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    inventario.alLlegar = async (operacion) => {
      if (operacion !== 'reservar') return
      arrived.resolve()
      await go.promise
      inventario.alLlegar = async () => undefined
    }
    const slow = comprar({ 'idempotency-key': 'lenta' })
    await arrived.promise
    clock.advance(3 * minuto)
    // The sweep writes the discard; the release itself waits for the next round.
    inventario.averia = (operacion) => (operacion === 'liberar' ? 'antes' : undefined)
    await casos.driver.tick()
    await casos.driver.tick()
    go.resolve()
    const bought = await slow
    expect(bought.body['id']).toBe(idDeClave(clienteId, 'lenta', 1))
    inventario.averia = () => undefined
    clock.advance(minuto)
    await casos.driver.tick()
    expect(inventario.reservas.get(id)?.estado).toBe('liberada')
    expect(inventario.reservado(productoId)).toBe(2)
  })

  test('tells inventario again of an ended order whose reservation is active', async () => {
    const { casos, clock, inventario, patch, path, productoId } = await conPedido()
    await patch('Cancelado')
    const reserva = inventario.reservas.get(path.slice('/pedidos/'.length))
    if (reserva) reserva.estado = 'activa'
    clock.advance(3 * minuto)
    await casos.driver.tick()
    expect(inventario.reservado(productoId)).toBe(0)
  })

  test('beside a second instance ends each order once', async () => {
    const montaje = montar()
    const [one, two] = [await arrancar(montaje), await arrancar(montaje)]
    const shopper = await usuario()
    const productoId = Bun.randomUUIDv7()
    montaje.catalogo.articulos.set(productoId, {
      id: productoId,
      sku: 'S',
      nombre: 'N',
      precio: 1,
      moneda: 'USD',
      activo: true,
    })
    montaje.inventario.fisico.set(productoId, 50)
    const body = { lineas: [{ productoId, cantidad: 1 }] }
    for (let n = 0; n < 20; n++)
      await pedir(one.app, 'POST', '/pedidos', { headers: shopper.headers, body })
    montaje.clock.advance(86_400_000)
    await Promise.all([one.casos.driver.tick(), two.casos.driver.tick()])
    const list = await pedir(two.app, 'GET', '/pedidos', { headers: shopper.headers })
    const datos = list.body['datos']
    expect(datos).toHaveLength(20)
    for (const pedido of Array.isArray(datos) ? datos : []) {
      expect(pedido).toMatchObject({ estado: 'Cancelado' })
      expect(pedido.historial).toHaveLength(2)
    }
  })

  test('waits for its timer, one round at a time, and stops for good', async () => {
    const { casos, waiting } = await conPedido()
    casos.driver.start()
    await casos.driver.tick()
    await Bun.sleep(0)
    expect(waiting.map(({ ms }) => ms)).toEqual([1000])
    await casos.stop()
    expect(waiting).toEqual([])
  })
})
