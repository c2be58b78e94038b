import { expect, test } from 'bun:test'
import { checkInvariants, openWarehouse, pedido, plazoSegundos, servicio } from './fixture.ts'

const dia = 24 * 60 * 60 * 1000

async function reservado() {
  const todo = await openWarehouse()
  const productoId = await todo.producto(10)
  const pedidoId = pedido()
  await todo.reservar(pedidoId, [{ productoId, cantidad: 4 }])
  const en = (ms: number) => new Date(todo.clock.ms() + ms).toISOString()
  const prorrogar = async (expiraEn: string, id = pedidoId) => {
    const { data, error, status } = await todo.api
      .reservas({ id: id })
      .prorrogar.post({ expiraEn }, { headers: servicio })
    return error ? [status, error.value.codigo] : [status, data.estado, data.expiraEn]
  }
  return { ...todo, productoId, pedidoId, en, prorrogar }
}

test('a reservation is held until a later moment, and gives its stock back then', async () => {
  const { en, prorrogar, clock, existencia, productoId, store, storage } = await reservado()
  const hasta = en(5 * dia)
  expect(await prorrogar(hasta)).toEqual([200, 'activa', hasta])
  clock.advance(5 * dia - 1)
  expect(await store.expirarVencidas(clock.ms(), 10)).toBe(0)
  clock.advance(1)
  expect(await store.expirarVencidas(clock.ms(), 10)).toBe(1)
  expect(await existencia(productoId)).toEqual([10, 0])
  await checkInvariants(storage)
})

test('is never held shorter, nor for more than 30 days from now', async () => {
  const { en, prorrogar } = await reservado()
  const suyo = en(plazoSegundos * 1000)
  for (const earlier of [suyo, en(1), en(-dia)]) {
    expect(await prorrogar(earlier)).toEqual([200, 'activa', suyo])
  }
  expect(await prorrogar(en(30 * dia))).toEqual([200, 'activa', en(30 * dia)])
  expect(await prorrogar(en(30 * dia + 1))).toEqual([422, 'datos-invalidos'])
})

test('can be held no longer once it has ended or run out, or never was', async () => {
  const { api, en, prorrogar, clock, pedidoId, existencia, productoId } = await reservado()
  expect(await prorrogar(en(2 * dia), pedido())).toEqual([404, 'no-encontrado'])
  clock.advance(plazoSegundos * 1000)
  expect(await prorrogar(en(2 * dia))).toEqual([409, 'reserva-cerrada'])
  expect(await existencia(productoId)).toEqual([10, 0])
  await api.reservas({ id: pedidoId }).liberar.post({}, { headers: servicio })
  expect(await prorrogar(en(2 * dia))).toEqual([409, 'reserva-cerrada'])
})

test('can be made firm, and then no clock takes it, nor does anybody shorten it', async () => {
  const { send, clock, en, pedidoId, store, prorrogar, confirmar, existencia, productoId } =
    await reservado()
  const firme = () =>
    send('POST', `/reservas/${pedidoId}/prorrogar`, { body: { firme: true }, headers: servicio })
  const suya = { id: pedidoId, pedidoId, estado: 'activa', expiraEn: null, firme: true }
  expect(await firme()).toMatchObject({ status: 200, json: suya })
  expect(await prorrogar(en(2 * dia))).toEqual([200, 'activa', null])
  clock.advance(400 * dia)
  expect(await store.expirarVencidas(clock.ms(), 10)).toBe(0)
  expect(await firme()).toMatchObject({ status: 200, json: suya })
  expect((await confirmar(pedidoId)).json).toMatchObject({ estado: 'confirmada', firme: true })
  expect(await existencia(productoId)).toEqual([6, 0])
  expect((await firme()).json.codigo).toBe('reserva-cerrada')
})

test('is no firmer for having been asked too late', async () => {
  const { send, clock, pedidoId, existencia, productoId } = await reservado()
  clock.advance(plazoSegundos * 1000)
  const body = { firme: true }
  const answer = await send('POST', `/reservas/${pedidoId}/prorrogar`, { body, headers: servicio })
  expect([answer.status, answer.json.codigo]).toEqual([409, 'reserva-cerrada'])
  expect(await existencia(productoId)).toEqual([10, 0])
})

test('is asked for in one way at a time', async () => {
  const { send, en, pedidoId } = await reservado()
  const path = `/reservas/${pedidoId}/prorrogar`
  for (const body of [{}, { firme: true, expiraEn: en(dia) }, { firme: false }, { firme: null }]) {
    const answer = await send('POST', path, { body, headers: servicio })
    expect([body, answer.status, answer.json.codigo]).toEqual([body, 422, 'datos-invalidos'])
  }
})
