import { change, rows } from '@encargo/storage/testing'
import { describe, expect, test } from 'bun:test'
import { arrancar, montar, pedir, preparar, rechazo, usuario } from './fixture.ts'

const cupos = {
  PEDIDOS_ABIERTOS: '3',
  UNIDADES_APARTADAS: '10',
  COMPRAS_DIARIAS: '6',
  PEDIDOS_ABIERTOS_SIN_CONFIRMAR: '1',
  UNIDADES_APARTADAS_SIN_CONFIRMAR: '2',
  COMPRAS_DIARIAS_SIN_CONFIRMAR: '2',
}

async function conCupos(confirmado = true) {
  const montaje = montar(cupos)
  const todo = { ...montaje, ...(await arrancar(montaje)) }
  const id = Bun.randomUUIDv7()
  const shopper = await usuario({ id })
  todo.clientes.conocidos.set(id, { id, activo: true, confirmado })
  const productoId = Bun.randomUUIDv7()
  const articulo = { sku: 'SKU-1', nombre: 'Café', precio: 500, moneda: 'USD', activo: true }
  todo.catalogo.articulos.set(productoId, { id: productoId, ...articulo })
  todo.inventario.fisico.set(productoId, 5_000)
  const comprar = (
    cantidad = 1,
    { headers = shopper.headers, clave, app = todo.app, ...mas }: Comprar = {},
  ) =>
    pedir(app, 'POST', '/pedidos', {
      headers: { ...headers, ...(clave === undefined ? {} : { 'idempotency-key': clave }) },
      body: { lineas: [{ productoId, cantidad }], ...mas },
    })
  const cancelar = (pedido: Record<string, unknown>) =>
    pedir(todo.app, 'PATCH', `/pedidos/${String(pedido['id'])}`, {
      headers: shopper.headers,
      body: { estado: 'Cancelado' },
    })
  return { ...todo, shopper, productoId, articulo, comprar, cancelar, montaje }
}

interface Comprar {
  readonly headers?: Record<string, string>
  readonly clave?: string
  readonly app?: Awaited<ReturnType<typeof arrancar>>['app']
  readonly clienteId?: string
}

const abierto = '409 demasiados-pedidos-abiertos'

describe('what one customer may hold', () => {
  test('is a number of pending orders; one that ends makes room for another', async () => {
    const { comprar, cancelar, inventario, productoId } = await conCupos()
    const primero = await comprar()
    await comprar()
    await comprar()
    const cuarto = await comprar()
    expect(rechazo(cuarto)).toBe(abierto)
    expect(cuarto.body).toMatchObject({
      maximos: { pedidos: 3, unidades: 10 },
      abiertos: { pedidos: 3, unidades: 3 },
    })
    expect(cuarto.body['detail']).toContain('cancela')
    expect(inventario.reservado(productoId)).toBe(3)
    await cancelar(primero.body)
    expect((await comprar()).status).toBe(201)
    expect(inventario.reservado(productoId)).toBe(3)
  })

  test('is a number of units: nobody sets aside all that there is', async () => {
    const { comprar, inventario, productoId } = await conCupos()
    expect(rechazo(await comprar(5_000))).toBe(abierto)
    expect((await comprar(9)).status).toBe(201)
    expect(rechazo(await comprar(2))).toBe(abierto)
    expect((await comprar(1)).status).toBe(201)
    expect(inventario.reservado(productoId)).toBe(10)
    // A refusal before anything was asked of inventario: there is nothing to give back.
    expect(inventario.llamadas).toEqual(['reservar', 'reservar'])
  })

  test('is less, and for a shorter time, while the e-mail is not confirmed', async () => {
    const { comprar, clock, shopper, clientes } = await conCupos(false)
    expect(rechazo(await comprar(3))).toBe(abierto)
    const bought = await comprar(2)
    expect(bought.body['expiraEn']).toBe(new Date(clock.ms() + 7_200_000).toISOString())
    expect(rechazo(await comprar(1))).toBe('429 demasiados-pedidos')
    const { id } = shopper
    clientes.conocidos.set(id, { id, activo: true, confirmado: true })
    expect((await comprar(1)).status).toBe(201)
  })

  test('stays as it was last known while auth is away', async () => {
    const { comprar, clientes } = await conCupos(false)
    await comprar(1)
    clientes.caido = true
    expect(rechazo(await comprar(1))).toBe(abierto)
  })

  test('holds when many come at once', async () => {
    const { comprar, inventario, productoId } = await conCupos()
    const answers = await Promise.all(Array.from({ length: 6 }, () => comprar(2)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 409, 409, 409])
    expect(inventario.reservado(productoId)).toBe(6)
  })

  test('holds between two processes, which give back what they had reserved', async () => {
    const { comprar, montaje, inventario, productoId } = await conCupos()
    const { app, casos } = await arrancar(montaje)
    await comprar(1)
    await comprar(1, { app })
    // Both have passed their own look at it before either writes.
    const both = Promise.withResolvers<void>()
    let arrived = 0
    inventario.alLlegar = async (operacion) => {
      if (operacion !== 'reservar') return
      if (++arrived === 2) both.resolve()
      await both.promise
    }
    const answers = await Promise.all([comprar(1), comprar(1, { app })])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    inventario.alLlegar = async () => undefined
    await casos.driver.tick()
    await casos.stop()
    expect(inventario.reservado(productoId)).toBe(3)
  })

  test('is known after a restart, and of orders that no list has yet or that a list has', async () => {
    const { comprar, montaje, casos } = await conCupos()
    for (let made = 0; made < 3; made++) await comprar(1)
    const { app } = await arrancar(montaje)
    expect(rechazo(await comprar(1, { app }))).toBe(abierto)
    await casos.driver.tick()
    const later = await arrancar(montaje)
    expect(rechazo(await comprar(1, { app: later.app }))).toBe(abierto)
  })

  test('is not counted for staff, neither what they sell nor what they buy', async () => {
    const { comprar, shopper } = await conCupos()
    const { headers } = await usuario({ rol: 'operador' })
    for (let made = 0; made < 4; made++) {
      const sold = await comprar(20, { headers, clienteId: shopper.id })
      expect(sold.status).toBe(201)
      expect((await comprar(20, { headers })).status).toBe(201)
    }
    expect((await comprar(10)).status).toBe(201)
  })
})

describe('how often one customer may buy', () => {
  test('is bounded for a day, refusals included, and says when to come back', async () => {
    const { comprar, cancelar, catalogo, productoId, articulo, clock } = await conCupos()
    for (let made = 0; made < 5; made++) await cancelar((await comprar(1)).body)
    catalogo.articulos.set(productoId, { id: productoId, ...articulo, activo: false })
    expect(rechazo(await comprar(1, { clave: 'a' }))).toBe('422 producto-inexistente')
    const refused = await comprar(1, { clave: 'b' })
    expect(rechazo(refused)).toBe('429 demasiados-pedidos')
    expect(refused.headers.get('retry-after')).toBe('14400')
    // The answer that was given to a key is given again, and counts nothing.
    expect(rechazo(await comprar(1, { clave: 'a' }))).toBe('422 producto-inexistente')
    catalogo.articulos.set(productoId, { id: productoId, ...articulo })
    clock.advance(4 * 60 * 60 * 1000)
    expect((await comprar(1, { clave: 'b' })).status).toBe(201)
  })

  test('leaves nothing on disk of what was refused', async () => {
    const { comprar, storage } = await conCupos()
    for (let made = 0; made < 6; made++) await comprar(1)
    await comprar(1, { clave: 'c' })
    for (const tabla of ['idempotencia', 'descartes']) {
      expect(await rows(storage, `SELECT * FROM ${tabla}`)).toEqual([])
    }
  })
})

test('a customer far from what they may hold costs a purchase no statement', async () => {
  const { app, producto, storage } = await preparar()
  const { headers } = await usuario()
  const productoId = producto(500, 1_000)
  const comprar = () =>
    pedir(app, 'POST', '/pedidos', { headers, body: { lineas: [{ productoId, cantidad: 1 }] } })
  await comprar()
  // Nothing could be looked up any more.
  await change(storage, 'ALTER TABLE pedidos_de_cliente RENAME TO otra')
  expect((await comprar()).status).toBe(201)
})
