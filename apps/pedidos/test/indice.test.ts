import { monoMs } from '@encargo/service-kit/async/clock'
import { describe, expect, test } from 'bun:test'
import { pedir, preparar, rechazo, usuario, storeDe } from './fixture.ts'
import { palabraDe } from '../src/store/busqueda.ts'
import { palabras } from './palabras.ts'
import { todos } from './contract/fixture.ts'

const direccionEnvio = {
  nombre: 'Zoraida Quispe',
  calle: 'Sol 1',
  ciudad: 'Loja',
  pais: 'EC',
  telefono: '+593 99 123 4567',
}

async function tienda() {
  const todo = await preparar()
  const ana = await usuario()
  const staff = await usuario({ rol: 'operador' })
  const productoId = todo.producto(100, 1000)
  const comprar = (extra: object = {}) =>
    pedir(todo.app, 'POST', '/pedidos', {
      headers: ana.headers,
      body: { lineas: [{ productoId, cantidad: 1 }], ...extra },
    })
  const buscar = async (q: string) => {
    const { status, headers, body } = await pedir(todo.app, 'GET', `/pedidos?q=${q}`, staff)
    const datos: unknown = body['datos']
    return { status, headers, body, n: Array.isArray(datos) ? datos.length : -1 }
  }
  return { ...todo, ana, comprar, buscar }
}

describe('the full-text index', () => {
  test('is not written by a purchase, and holds it when somebody searches', async () => {
    const { comprar, buscar, storage } = await tienda()
    await comprar({ direccionEnvio })
    expect((await palabras(storage)).size).toBe(0)
    expect((await buscar('zoraida')).n).toBe(1)
    expect((await palabras(storage)).get('zoraida')).toEqual([1])
    await comprar({ direccionEnvio })
    expect((await buscar('zoraida')).n).toBe(2)
    expect((await palabras(storage)).get('zoraida')).toEqual([1, 2])
  })

  test('is brought up to date by the driver, without anybody who searches', async () => {
    const { comprar, storage, casos } = await tienda()
    for (let n = 0; n < 40; n++) await comprar({ notas: 'urgente' })
    await casos.driver.tick()
    expect((await palabras(storage)).get('urgente')).toHaveLength(40)
    await casos.driver.tick()
    expect((await palabras(storage)).get('urgente')).toHaveLength(40)
  })

  test('never gets the words of a customer who was erased before their order was in it', async () => {
    const { ana, comprar, buscar, storage, store } = await tienda()
    await comprar({ direccionEnvio })
    await buscar('zoraida')
    await comprar({ direccionEnvio })
    await store.anotarBorrados({ ids: [ana.id], ahora: 0, traza: '' })
    expect(await store.borrarPersonales(ana.id, 25)).toBe(false)
    // The first had an entry, the second has none yet, and nothing may be taken out of what is not there.
    expect((await palabras(storage)).get('zoraida')).toBeUndefined()
    expect((await palabras(storage)).get(palabraDe(ana.id))).toEqual([1])
    expect((await buscar('zoraida')).n).toBe(0)
    expect((await buscar('producto')).n).toBe(2)
    expect((await palabras(storage)).get(palabraDe(ana.id))).toEqual([1, 2])
    expect((await palabras(storage)).get('quispe')).toBeUndefined()
    expect((await palabras(storage)).get('1234567')).toBeUndefined()
  })

  test('is made anew when its place is removed, and nobody counts as erased before that', async () => {
    const { ana, comprar, buscar, storage, store } = await tienda()
    await comprar({ direccionEnvio })
    await buscar('zoraida')
    await store.quitarMarca('busqueda')
    await store.anotarBorrados({ ids: [ana.id], ahora: 0, traza: '' })
    await store.borrarPersonales(ana.id, 25)
    const deuda = { tipo: 'olvidar-cliente', clave: ana.id, datos: {}, intentos: 0 }
    expect(await store.cerrarBorrado(deuda)).toBe(false)
    expect((await buscar('producto')).n).toBe(1)
    expect((await palabras(storage)).get('zoraida')).toBeUndefined()
    expect(await store.cerrarBorrado(deuda)).toBe(true)
  })

  test('is not searched while it is too far behind: 503 and when to come back', async () => {
    const { comprar, buscar, storage, store } = await tienda()
    await comprar()
    let ms = 0
    const lento = await storeDe(storage, { monoMs: () => monoMs((ms += 2_000)) })
    expect(await lento.listar({ ...todos, q: 'producto', limite: 5 })).toBeUndefined()
    expect(await lento.listar({ ...todos, limite: 5 })).toHaveLength(1)
    store.listar = async () => undefined
    const answer = await buscar('producto')
    expect(rechazo(answer)).toBe('503 servicio-no-disponible')
    expect(answer.headers.get('retry-after')).toBe('5')
  })
})
