import { rows } from '@encargo/storage/testing'
import { describe, expect, test } from 'bun:test'
import { monoMs } from '@encargo/service-kit/async/clock'
import { FakeInventario } from './fake-inventario.ts'
import { arrancar, montar, pedir, rechazo, usuario } from './fixture.ts'

const hora = 60 * 60 * 1000
const diezAnos = 3_650 * 24 * hora

/** A shop whose clock can be put forward or back while time stands; `guarded`: as in production. */
async function tienda(guarded: boolean, inventarioAdelantado = 0) {
  const montaje = montar({ RATE_LIMIT: 'off', CLOCK_MAX_AHEAD_DAYS: '100000' })
  const { clock } = montaje
  const inventario = new FakeInventario(() => clock.ms() + inventarioAdelantado)
  const still = { ...clock, monoMs: () => monoMs(0) }
  const given = { ...montaje, inventario, clock: guarded ? still : clock }
  const { app, casos, storage } = await arrancar(given)
  const { headers } = await usuario()
  const productoId = Bun.randomUUIDv7()
  const articulo = { sku: 'S', nombre: 'N', precio: 500, moneda: 'USD', activo: true }
  montaje.catalogo.articulos.set(productoId, { id: productoId, ...articulo })
  inventario.fisico.set(productoId, 100)
  const comprar = () =>
    pedir(app, 'POST', '/pedidos', { headers, body: { lineas: [{ productoId, cantidad: 1 }] } })
  const numeros = async (query: string) => {
    const { body } = await pedir(app, 'GET', `/pedidos?${query}`, { headers })
    return (body['datos'] as { numero: number }[]).map(({ numero }) => numero)
  }
  return { app, casos, clock, storage, headers, inventario, productoId, comprar, numeros }
}

describe('a clock that is ten years ahead for some seconds', () => {
  test('dates no order, ends none, and is forgotten when it is put right', async () => {
    const { app, casos, clock, headers, inventario, productoId, comprar } = await tienda(true)
    const { body } = await comprar()
    clock.advance(diezAnos)
    const refused = await comprar()
    expect(rechazo(refused)).toBe('503 servicio-no-disponible')
    expect(refused.headers.get('retry-after')).toBe('60')
    expect(refused.body['detail']).toContain('reloj')
    await casos.driver.tick()
    // Who watches has an answer all the same.
    expect((await app.handle(new Request('http://localhost/metrics'))).status).toBe(200)
    clock.advance(-diezAnos)
    expect(inventario.reservado(productoId)).toBe(1)
    const path = `/pedidos/${String(body['id'])}`
    expect((await pedir(app, 'GET', path, { headers })).body['estado']).toBe('Pendiente')
    expect((await comprar()).body['creadoEn']).toBe(new Date(clock.ms()).toISOString())
  })

  test('that was believed leaves its orders alone with their date: later ones, and lists, are right', async () => {
    const { clock, storage, comprar, numeros } = await tienda(false)
    await comprar()
    clock.advance(diezAnos)
    await comprar()
    await comprar()
    clock.advance(-diezAnos + hora)
    const una = new Date(clock.ms()).toISOString()
    const later = await comprar()
    expect(later.body['creadoEn']).toBe(una)
    clock.advance(hora)
    const dos = new Date(clock.ms()).toISOString()
    for (let made = 0; made < 4; made++) await comprar()
    expect(await numeros(`desde=${una}`)).toEqual([8, 7, 6, 5, 4])
    expect(await numeros(`desde=${dos}`)).toEqual([8, 7, 6, 5])
    expect(await numeros(`desde=${una}&hasta=${dos}`)).toEqual([4])
    expect(await numeros(`hasta=${una}`)).toEqual([3, 2, 1])
    // By it the audit knows that this is no mistake.
    const marks = await rows(storage, "SELECT nombre FROM marcas WHERE nombre LIKE 'reloj-%'")
    expect(marks).toEqual([{ nombre: 'reloj-atrasado-4' }])
  })

  test.each([
    ['ahead of', diezAnos],
    ['behind', -diezAnos],
  ])('%s here, in inventario, makes no order and gives back what it reserved', async (_, ms) => {
    const { casos, inventario, productoId, comprar } = await tienda(true, ms)
    expect(rechazo(await comprar())).toBe('503 servicio-no-disponible')
    await casos.stop()
    expect(inventario.reservado(productoId)).toBe(0)
  })
})
