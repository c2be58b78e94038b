import { expect, test } from 'bun:test'
import { pedir, preparar, usuario } from './fixture.ts'

const minuto = 60_000

/** A shop with so many orders, and so many reservations that pedidos knows nothing of. */
async function tienda({ pedidos, huerfanas }: { pedidos: number; huerfanas: number }) {
  const montado = await preparar()
  const { api, inventario, producto, clock, casos } = montado
  inventario.porPagina = 200
  const productoId = producto(100, 10_000)
  const lineas = [{ productoId, cantidad: 1 }]
  const { headers } = await usuario()
  const comprar = () => api.pedidos.post({ lineas }, { headers })
  for (let n = 0; n < pedidos; n++) await comprar()
  for (let n = 0; n < huerfanas; n++) {
    await inventario.reservar(Bun.randomUUIDv7(), lineas, 86_400)
  }
  /** Some minutes go by, each with its round. */
  async function minutos(cuantos = 3) {
    for (let n = 0; n < cuantos; n++) {
      clock.advance(minuto + 1_000)
      await casos.driver.tick()
    }
  }
  const reservadas = () => inventario.reservado(productoId)
  const pendiente = async () => {
    const { status, body } = await pedir(montado.app, 'GET', '/readyz')
    return [status, body['pendiente']]
  }
  return { ...montado, comprar, minutos, reservadas, pendiente }
}

test('a sweep lets go of the few reservations that a crash has left', async () => {
  const { minutos, reservadas, pendiente } = await tienda({ pedidos: 3, huerfanas: 10 })
  await minutos()
  expect(reservadas()).toBe(3)
  expect(await pendiente()).toMatchObject([200, { reservasSinPedido: 0 }])
})

test('a sweep lets go of nothing that came after all that its database knows: that may be a copy', async () => {
  const { minutos, reservadas, clock, inventario, producto, comprar } = await tienda({
    pedidos: 3,
    huerfanas: 0,
  })
  clock.advance(minuto)
  // What the original sold since, or what a crash left: from here they look alike.
  const lineas = [{ productoId: producto(100, 100), cantidad: 1 }]
  for (let n = 0; n < 5; n++) await inventario.reservar(Bun.randomUUIDv7(), lineas, 86_400)
  const activas = () =>
    [...inventario.reservas.values()].filter(({ estado }) => estado === 'activa')
  await minutos(10)
  expect(activas()).toHaveLength(8)
  // A database that goes on knows what was made before.
  await comprar()
  await minutos()
  expect([activas().length, reservadas()]).toEqual([4, 4])
})

test('a sweep lets go of many among very many', async () => {
  const { minutos, reservadas } = await tienda({ pedidos: 60, huerfanas: 15 })
  await minutos()
  expect(reservadas()).toBe(60)
})

test('a sweep that finds no orders for many reservations asks, and lets go of none', async () => {
  const { minutos, reservadas, pendiente, app, store } = await tienda({ pedidos: 5, huerfanas: 11 })
  await minutos(10)
  expect(reservadas()).toBe(16)
  expect(await pendiente()).toMatchObject([200, { reservasSinPedido: 11 }])
  expect(await (await app.handle(new Request('http://localhost/metrics'))).text()).toContain(
    'pedidos_unclaimed_reservations{service="pedidos"} 11',
  )
  expect(await store.marca('barrido')).toBeUndefined()
})

test('a sweep does what it was told about those that were there then, and asks again about others', async () => {
  const montado = await tienda({ pedidos: 5, huerfanas: 11 })
  const { minutos, reservadas, pendiente, store, clock, inventario, producto, comprar } = montado
  await minutos()
  await store.ponerMarca('barrido-permitido', String(clock.ms()))
  await minutos()
  expect(reservadas()).toBe(5)
  expect(await pendiente()).toMatchObject([200, { reservasSinPedido: 0 }])
  const lineas = [{ productoId: producto(100, 100), cantidad: 1 }]
  for (let n = 0; n < 12; n++) await inventario.reservar(Bun.randomUUIDv7(), lineas, 86_400)
  await comprar()
  await minutos()
  expect(await pendiente()).toMatchObject([200, { reservasSinPedido: 12 }])
})

test('while it asks, orders that have ended still lose their reservations', async () => {
  const { minutos, api, producto, inventario, clock } = await tienda({ pedidos: 0, huerfanas: 30 })
  const { headers } = await usuario()
  const productoId = producto()
  const lineas = [{ productoId, cantidad: 1 }]
  const { data } = await api.pedidos.post({ lineas }, { headers })
  const id = data?.id ?? ''
  await api.pedidos({ id }).patch({ estado: 'Cancelado' }, { headers })
  // As a restored inventario.db has it.
  const reserva = inventario.reservas.get(id)
  if (reserva) reserva.estado = 'activa'
  clock.advance(minuto)
  await minutos()
  expect(inventario.reservado(productoId)).toBe(0)
})

test('a reservation under another id than its order is no orphan, and ends with its order', async () => {
  const { minutos, reservadas, api, inventario, producto, comprar, clock } = await tienda({
    pedidos: 0,
    huerfanas: 0,
  })
  const { headers } = await usuario()
  const lineas = [{ productoId: producto(100, 10), cantidad: 1 }]
  const ids = await Promise.all(
    [1, 2, 3, 4].map(async () => (await api.pedidos.post({ lineas }, { headers })).data?.id ?? ''),
  )
  const [espera = '', cancelado = '', vendido = '', nunca = ''] = ids
  const segundas = new Map(ids.map((id) => [id, Bun.randomUUIDv7()]))
  for (const [pedidoId, id] of segundas) {
    const de = pedidoId === nunca ? Bun.randomUUIDv7() : pedidoId
    await inventario.reapartar(id, de, lineas)
  }
  await api.pedidos({ id: cancelado }).patch({ estado: 'Cancelado' }, { headers })
  const { headers: delPersonal } = await usuario({ rol: 'operador' })
  await api.pedidos({ id: vendido }).patch({ estado: 'Completado' }, { headers: delPersonal })
  clock.advance(minuto)
  await comprar()
  await minutos()
  const estado = (pedidoId: string) => inventario.reservas.get(segundas.get(pedidoId) ?? '')?.estado
  expect(ids.map(estado)).toEqual(['activa', 'liberada', 'liberada', 'liberada'])
  expect([inventario.reservas.get(espera)?.estado, reservadas()]).toEqual(['activa', 1])
})
