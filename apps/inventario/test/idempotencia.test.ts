import { rows } from '@encargo/storage/testing'
import { expect, test } from 'bun:test'
import { admin, openWarehouse, pedido } from './fixture.ts'

const entrada = { tipo: 'ENTRADA', cantidad: 5 }
const day = 24 * 60 * 60 * 1000

test('moves stock once for one key, and answers the first answer again', async () => {
  const { mover, producto, existencia, clock } = await openWarehouse()
  const id = await producto(1)
  const first = await mover(id, entrada, { 'idempotency-key': 'a' })
  expect(first.headers.get('idempotency-replayed')).toBeNull()
  await mover(id, { tipo: 'ENTRADA', cantidad: 100 })
  clock.advance(60_000)
  const again = await mover(
    id.toUpperCase(),
    { cantidad: 5, tipo: 'ENTRADA' },
    { 'idempotency-key': 'a' },
  )
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  expect([again.status, again.json]).toEqual([first.status, first.json])
  expect(again.headers.get('etag')).toBe(first.headers.get('etag'))
  expect(await existencia(id)).toEqual([106, 0])
})

test('moves stock once for one key asked many times at once', async () => {
  const { mover, producto, existencia } = await openWarehouse()
  const id = await producto(0)
  const answers = await Promise.all(
    Array.from({ length: 16 }, () => mover(id, entrada, { 'idempotency-key': 'tap' })),
  )
  expect(new Set(answers.map((answer) => JSON.stringify(answer.json))).size).toBe(1)
  const replayed = answers.filter((answer) => answer.headers.has('idempotency-replayed'))
  expect(replayed).toHaveLength(15)
  expect(await existencia(id)).toEqual([5, 0])
})

test('refuses a key that was used for another body or another product', async () => {
  const { mover, producto, existencia } = await openWarehouse()
  const id = await producto(0)
  const other = await producto(0)
  await mover(id, entrada, { 'idempotency-key': 'a' })
  const bodies = [{ ...entrada, cantidad: 6 }, { ...entrada, motivo: 'x' }, { umbralMinimo: 1 }]
  for (const body of bodies) {
    const answer = await mover(id, body, { 'idempotency-key': 'a' })
    expect([answer.status, answer.json.codigo]).toEqual([422, 'idempotencia-distinta'])
  }
  expect((await mover(other, entrada, { 'idempotency-key': 'a' })).status).toBe(422)
  expect(await existencia(id)).toEqual([5, 0])
  expect(await existencia(other)).toEqual([0, 0])
})

test('keeps the keys of each user apart', async () => {
  const { mover, producto, existencia } = await openWarehouse()
  const id = await producto(0)
  await mover(id, entrada, { 'idempotency-key': 'a' })
  const other = await mover(id, entrada, { 'idempotency-key': 'a', ...admin })
  expect(other.headers.get('idempotency-replayed')).toBeNull()
  expect(await existencia(id)).toEqual([10, 0])
})

test('repeats a final refusal, even when it would succeed by now', async () => {
  const { mover, producto, reservar, liberar } = await openWarehouse()
  const id = await producto(3)
  const pedidoId = pedido()
  await reservar(pedidoId, [{ productoId: id, cantidad: 2 }])
  const salida = { tipo: 'SALIDA', cantidad: 3 }
  const refused = await mover(id, salida, { 'idempotency-key': 'a' })
  await liberar(pedidoId)
  const again = await mover(id, salida, { 'idempotency-key': 'a' })
  expect([refused.status, again.status]).toEqual([409, 409])
  expect(again.json).toEqual(refused.json)
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  expect((await mover(id, salida, { 'idempotency-key': 'b' })).status).toBe(200)
})

test('repeats each kind of refusal as it was', async () => {
  const { mover, producto } = await openWarehouse()
  const id = await producto(1_000_000_000_000)
  const cases = [
    { id: Bun.randomUUIDv7(), body: entrada, headers: { 'idempotency-key': 'none' }, status: 404 },
    { id, body: entrada, headers: { 'idempotency-key': 'limit' }, status: 409 },
    { id, body: entrada, headers: { 'idempotency-key': 'late', 'if-match': '"7"' }, status: 412 },
  ]
  for (const { id, body, headers, status } of cases) {
    const first = await mover(id, body, headers)
    const again = await mover(id, body, headers)
    expect([first.status, again.status]).toEqual([status, status])
    expect(again.json).toEqual(first.json)
    expect(again.headers.get('content-type')).toContain('application/problem+json')
    expect(again.headers.get('idempotency-replayed')).toBe('true')
  }
})

test('does not keep a refusal of a body that was never understood', async () => {
  const { mover, producto } = await openWarehouse()
  const id = await producto(0)
  expect((await mover(id, { tipo: 'ENTRADA' }, { 'idempotency-key': 'a' })).status).toBe(422)
  expect((await mover(id, entrada, { 'idempotency-key': 'a' })).status).toBe(200)
})

test('forgets a key after 24 hours, whether or not it has been cleaned up', async () => {
  const { mover, producto, existencia, store, clock, storage } = await openWarehouse()
  const id = await producto(0)
  await mover(id, entrada, { 'idempotency-key': 'a' })
  clock.advance(day - 1)
  expect(
    (await mover(id, entrada, { 'idempotency-key': 'a' })).headers.has('idempotency-replayed'),
  ).toBeTrue()
  clock.advance(1)
  const after = await mover(id, entrada, { 'idempotency-key': 'a' })
  expect([after.status, after.headers.has('idempotency-replayed')]).toEqual([200, false])
  expect(await existencia(id)).toEqual([10, 0])

  for (const key of ['b', 'c', 'd']) await mover(id, entrada, { 'idempotency-key': key })
  expect(await store.olvidarClaves(clock.ms() + day - 1, 10)).toBe(0)
  expect(await store.olvidarClaves(clock.ms() + day, 3)).toBe(3)
  expect(await store.olvidarClaves(clock.ms() + day, 3)).toBe(1)
  expect(await rows(storage, 'SELECT clave FROM idempotencia')).toEqual([])
})

test('refuses keys that are empty, too long or not printable', async () => {
  const { mover, producto } = await openWarehouse()
  const id = await producto(0)
  for (const key of ['', 'x'.repeat(256), 'ñ', 'a\tb']) {
    const answer = await mover(id, entrada, { 'idempotency-key': key })
    expect([answer.status, answer.json.errores[0]?.campo]).toEqual([422, 'idempotency-key'])
  }
  expect((await mover(id, entrada, { 'idempotency-key': 'x'.repeat(255) })).status).toBe(200)
})
