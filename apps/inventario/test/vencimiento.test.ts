import { expect, test } from 'bun:test'
import { StorageUnavailableError } from '@encargo/storage'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { type MantenimientoDeps, startMantenimiento } from '../src/app/mantenimiento.ts'
import { checkInvariants, openWarehouse, pedido, plazoSegundos, servicio } from './fixture.ts'

/** A timer that goes off when the test says so. */
function manualTimer() {
  let waiting: (() => void) | undefined
  let armed = Promise.withResolvers<void>()
  return {
    timer(work: () => void) {
      waiting = work
      armed.resolve()
      return () => {
        waiting = undefined
      }
    },
    /** Goes off; `again` resolves when the timer is set the next time. */
    fire(): { readonly again: Promise<void> } {
      const work = waiting
      waiting = undefined
      armed = Promise.withResolvers<void>()
      work?.()
      return { again: armed.promise }
    },
    isSet: () => waiting !== undefined,
  }
}

function maintain(options: Pick<MantenimientoDeps, 'store' | 'clock'>, lote = 50) {
  const timer = manualTimer()
  const work = startMantenimiento({ ...options, lote, timer: timer.timer, logger: silentLogger })
  return { ...work, ...timer }
}

test('counts a reservation as expired from the very moment its time is up', async () => {
  const { producto, reservar, send, clock, existencia } = await openWarehouse()
  const id = await producto(5)
  const pedidoId = pedido()
  await reservar(pedidoId, [{ productoId: id, cantidad: 2 }], { expiraEnSegundos: 10 })
  const estado = async () =>
    (await send('GET', `/reservas/${pedidoId}`, { headers: servicio })).json.estado
  const activas = async () =>
    (await send('GET', '/reservas?estado=activa', { headers: servicio })).json.datos.length
  clock.advance(9_999)
  expect([await estado(), await activas()]).toEqual(['activa', 1])
  clock.advance(1)
  expect([await estado(), await activas()]).toEqual(['expirada', 0])
  // Reading closes nothing.
  expect(await existencia(id)).toEqual([5, 2])
})

test('closes an expired reservation when it is asked to confirm it', async () => {
  const { producto, reservar, confirmar, existencia, clock, storage } = await openWarehouse()
  const id = await producto(5)
  const pedidoId = pedido()
  await reservar(pedidoId, [{ productoId: id, cantidad: 2 }], { expiraEnSegundos: 10 })
  clock.advance(10_000)
  const answer = await confirmar(pedidoId)
  expect([answer.status, answer.json.codigo]).toEqual([409, 'reserva-cerrada'])
  expect(answer.json.detail).toContain('venció')
  expect(await existencia(id)).toEqual([5, 0])
  expect((await confirmar(pedidoId)).status).toBe(409)
  await checkInvariants(storage)
})

test('closes an expired reservation when its order asks again', async () => {
  const { producto, reservar, existencia, clock } = await openWarehouse()
  const id = await producto(5)
  const pedidoId = pedido()
  const lineas = [{ productoId: id, cantidad: 2 }]
  await reservar(pedidoId, lineas, { expiraEnSegundos: 10 })
  clock.advance(10_000)
  const answer = await reservar(pedidoId, lineas)
  expect([answer.status, answer.json.codigo]).toEqual([409, 'reserva-cerrada'])
  expect(await existencia(id)).toEqual([5, 0])
})

test('answers 200 to the release of an expired reservation and leaves it expired', async () => {
  const { producto, reservar, liberar, existencia, clock } = await openWarehouse()
  const id = await producto(5)
  const pedidoId = pedido()
  await reservar(pedidoId, [{ productoId: id, cantidad: 2 }], { expiraEnSegundos: 10 })
  clock.advance(10_000)
  const first = await liberar(pedidoId)
  clock.advance(1_000)
  const again = await liberar(pedidoId)
  expect([first.status, first.json.estado]).toEqual([200, 'expirada'])
  expect([again.status, again.json]).toEqual([200, first.json])
  expect(await existencia(id)).toEqual([5, 0])
})

test('expires by itself what runs out, and nothing else, in bounded batches', async () => {
  const { producto, reservar, confirmar, existencia, clock, store, storage } = await openWarehouse()
  const id = await producto(100)
  const linea = { productoId: id, cantidad: 1 }
  for (let n = 0; n < 7; n++) await reservar(pedido(), [linea], { expiraEnSegundos: 60 })
  const sold = pedido()
  await reservar(sold, [linea], { expiraEnSegundos: 60 })
  await confirmar(sold)
  await reservar(pedido(), [linea], { expiraEnSegundos: 61 })
  await reservar(pedido(), [linea])
  const sizes: number[] = []
  const watched = {
    ...store,
    async expirarVencidas(ahora: number, limite: number) {
      const done = await store.expirarVencidas(ahora, limite)
      sizes.push(done)
      return done
    },
  }
  const work = maintain({ store: watched, clock }, 3)
  await work.round()
  clock.advance(60_000)
  await work.round()
  expect(sizes).toEqual([0, 3, 3, 1])
  expect(await existencia(id)).toEqual([99, 2])
  clock.advance(plazoSegundos * 1000)
  await work.round()
  expect(sizes.slice(4)).toEqual([2])
  expect(await existencia(id)).toEqual([99, 0])
  await checkInvariants(storage)
  await work.stop()
})

test('does nothing while another process is the one to do it, and all that is left when it is', async () => {
  const { producto, reservar, existencia, clock, store } = await openWarehouse()
  const id = await producto(5)
  await reservar(pedido(), [{ productoId: id, cantidad: 2 }], { expiraEnSegundos: 10 })
  clock.advance(10_000)
  let deGuardia = false
  const work = maintain({ store: { ...store, deGuardia: async () => deGuardia }, clock })
  await work.round()
  expect(await existencia(id)).toEqual([5, 2])
  deGuardia = true
  await work.round()
  expect(await existencia(id)).toEqual([5, 0])
  await work.stop()
})

test('goes on after a pass that failed, one pass at a time, until it is stopped', async () => {
  let passes = 0
  const { clock } = await openWarehouse()
  const gate = Promise.withResolvers<number>()
  const second = Promise.withResolvers<void>()
  const store = {
    deGuardia: () => Promise.resolve(true),
    olvidarClaves: () => Promise.resolve(0),
    expirarVencidas() {
      passes++
      if (passes === 1) return Promise.reject(new StorageUnavailableError('disk-full'))
      if (passes > 2) return Promise.resolve(0)
      second.resolve()
      return gate.promise
    },
  }
  const work = maintain({ store, clock })
  expect([passes, work.isSet()]).toEqual([0, true])
  await work.fire().again
  expect(passes).toBe(1)
  void work.fire()
  await second.promise
  expect([passes, work.isSet()]).toEqual([2, false])
  const stopping = work.stop()
  const first = await Promise.race([stopping.then(() => 'stopped'), Promise.resolve('running')])
  expect(first).toBe('running')
  gate.resolve(0)
  await stopping
  expect([passes, work.isSet()]).toEqual([2, false])
})

test('lets a release, a confirmation and the expirer race without giving stock back twice', async () => {
  const { producto, reservar, confirmar, liberar, existencia, clock, store, storage } =
    await openWarehouse()
  const id = await producto(10)
  const pedidos = Array.from({ length: 5 }, pedido)
  for (const pedidoId of pedidos) {
    await reservar(pedidoId, [{ productoId: id, cantidad: 2 }], { expiraEnSegundos: 1 })
  }
  clock.advance(1_000)
  await Promise.all([
    ...pedidos.map((pedidoId) => liberar(pedidoId)),
    ...pedidos.map((pedidoId) => confirmar(pedidoId)),
    store.expirarVencidas(clock.ms(), 10),
    store.expirarVencidas(clock.ms(), 10),
  ])
  expect(await existencia(id)).toEqual([10, 0])
  await checkInvariants(storage)
})
