import { expect, test } from 'bun:test'
import { createEnlaces } from '../src/http/enlaces.ts'
import { pedir, preparar, rechazo, usuario } from './fixture.ts'
import { tienda } from './venta-fixture.ts'

const dia = 24 * 60 * 60 * 1000

async function comprado() {
  const todo = await preparar()
  const [cliente, staff] = [await usuario(), await usuario({ rol: 'operador' })]
  const direccionEnvio = { nombre: 'Ana', calle: 'Sol 1', ciudad: 'Loja', pais: 'EC' }
  const { body } = await pedir(todo.app, 'POST', '/pedidos', {
    ...cliente,
    body: {
      lineas: [{ productoId: todo.producto(500), cantidad: 2 }],
      direccionEnvio,
      notas: 'timbre',
    },
  })
  const pedido = { id: String(body['id']), numero: Number(body['numero']) }
  const camino = () => todo.casos.seguimiento.caminoDe(pedido, todo.clock.ms())
  const abrir = (path: string) => pedir(todo.app, 'GET', path)
  const cancelar = (path: string, motivo?: string) =>
    pedir(todo.app, 'POST', `${path}/cancelar`, { body: motivo === undefined ? {} : { motivo } })
  return { ...todo, pedido, creado: body, cliente, staff, camino, abrir, cancelar }
}

test('whoever holds the link sees the order, and nothing of whose it is', async () => {
  const { camino, abrir, creado, cliente } = await comprado()
  const path = await camino()
  expect(await camino()).toBe(path)
  const { status, headers, body } = await abrir(path)
  expect([status, headers.get('etag')]).toEqual([200, '"1"'])
  expect(headers.get('cache-control')).toBe('no-store')
  const { id, numero } = creado
  expect(body).toMatchObject({ id, numero, estado: 'Pendiente', total: 1000 })
  expect(JSON.stringify(body)).not.toMatch(/Ana|Sol 1|timbre/)
  expect(JSON.stringify(body)).not.toContain(cliente.id)
})

test('whoever holds the link sees what it comes to as its owner does, and no address, contact or invoice', async () => {
  const t = await tienda()
  await t.metodo()
  await t.cupon()
  const { body } = await t.comprar({
    lineas: [{ productoId: t.gravado(1_150), cantidad: 2 }],
    metodoEnvio: 'moto',
    direccionEnvio: t.direccion,
    cupon: 'DIEZ',
    contacto: { nombre: 'Rosa', email: 'rosa@correo.example', telefono: '+593 99 123 4567' },
    facturacion: {
      identificacion: { pais: 'EC', tipo: 'ruc', numero: '1790011674001' },
      razonSocial: 'Cafetal',
    },
  })
  const pedido = { id: String(body['id']), numero: Number(body['numero']) }
  const camino = await t.casos.seguimiento.caminoDe(pedido, t.clock.ms())
  const { body: visto } = await t.llamar('GET', camino)
  const dinero = [
    'lineas',
    'subtotal',
    'descuento',
    'envioImporte',
    'impuesto',
    'base',
    'impuestos',
  ]
  for (const campo of [...dinero, 'total', 'moneda', 'metodoEnvio', 'cupon']) {
    expect([campo, visto[campo]]).toEqual([campo, body[campo]])
  }
  expect(visto).toMatchObject({ descuento: 230, envioImporte: 350, total: 2_420, cupon: 'DIEZ' })
  expect(JSON.stringify(visto)).not.toMatch(/Ana|Larga|Azuay|Rosa|correo|593|Cafetal|179001/)
})

test('a link that is wrong, over, of another database or taken back is no order', async () => {
  const { camino, abrir, cancelar, clock, app, staff, cliente, pedido } = await comprado()
  const path = await camino()
  const otro = createEnlaces('f'.repeat(64))
  const ajeno = await otro.firmar({ pedidoId: pedido.id, vuelta: 0 }, clock.ms())
  for (const malo of [
    `${path}x`,
    '/seguimiento/a.b.c',
    `/seguimiento/${ajeno}`,
    '/seguimiento/x',
  ]) {
    expect(rechazo(await abrir(malo))).toBe('404 no-encontrado')
    expect(rechazo(await cancelar(malo))).toBe('404 no-encontrado')
  }
  const revocar = (headers = staff.headers, id = pedido.id) =>
    pedir(app, 'POST', `/pedidos/${id}/enlace/revocar`, { headers })
  expect(rechazo(await revocar(cliente.headers))).toBe('403 prohibido')
  expect(rechazo(await revocar(staff.headers, Bun.randomUUIDv7()))).toBe('404 no-encontrado')
  expect((await revocar()).status).toBe(204)
  expect(rechazo(await abrir(path))).toBe('404 no-encontrado')
  const nuevo = await camino()
  expect((await abrir(nuevo)).status).toBe(200)
  await revocar()
  expect(rechazo(await abrir(nuevo))).toBe('404 no-encontrado')
  const ultimo = await camino()
  clock.advance(181 * dia)
  expect(rechazo(await abrir(ultimo))).toBe('404 no-encontrado')
})

test('an order can be cancelled by its link while it waits, once', async () => {
  const { camino, abrir, cancelar, inventario, creado, cliente, app, pedido } = await comprado()
  const path = await camino()
  const primera = await cancelar(path, 'ya no')
  expect(primera.body).toMatchObject({ estado: 'Cancelado', motivo: 'ya no' })
  expect((await cancelar(path)).body).toEqual(primera.body)
  expect((await abrir(path)).body).toEqual(primera.body)
  const visto = await pedir(app, 'GET', `/pedidos/${pedido.id}`, cliente)
  expect(visto.body['historial']).toMatchObject([{}, { actor: cliente.id, motivo: 'ya no' }])
  const [{ productoId } = { productoId: '' }] = creado['lineas'] as { productoId: string }[]
  expect(inventario.reservado(productoId)).toBe(0)
})

test('what has left is not cancelled by its link', async () => {
  const { camino, cancelar, app, staff, pedido } = await comprado()
  const body = { estado: 'Completado' }
  await pedir(app, 'PATCH', `/pedidos/${pedido.id}`, { ...staff, body })
  expect(rechazo(await cancelar(await camino()))).toBe('409 transicion-invalida')
})

test('an order without an account is kept in one, once, and is the account’s as all of theirs are', async () => {
  const { app, producto, cliente } = await comprado()
  const invitado = await usuario({ invitado: true })
  const body = { lineas: [{ productoId: producto(500), cantidad: 1 }], notas: 'timbre' }
  const { body: creado } = await pedir(app, 'POST', '/pedidos', { ...invitado, body })
  const path = String(creado['seguimiento'])
  const conservar = (quien: { headers?: Record<string, string> }, donde = path) =>
    pedir(app, 'POST', `${donde}/conservar`, quien)
  const conservable = async () => (await pedir(app, 'GET', path)).body['conservable']
  expect(await conservable()).toBe(true)
  expect(rechazo(await conservar({}))).toBe('401 no-autenticado')
  expect(rechazo(await conservar(invitado))).toBe('403 prohibido')
  expect(rechazo(await conservar(cliente, '/seguimiento/x'))).toBe('404 no-encontrado')
  const primera = await conservar(cliente)
  expect([primera.status, primera.headers.get('etag')]).toEqual([200, '"2"'])
  expect(primera.body).toMatchObject({ clienteId: cliente.id, notas: 'timbre' })
  expect((await conservar(cliente)).body).toEqual(primera.body)
  expect(await conservable()).toBe(false)
  expect(rechazo(await conservar(await usuario()))).toBe('409 transicion-invalida')
  const uno = `/pedidos/${String(creado['id'])}`
  expect((await pedir(app, 'GET', uno, cliente)).body).toEqual(primera.body)
  expect(rechazo(await pedir(app, 'GET', uno, invitado))).toBe('404 no-encontrado')
  const { body: suyos } = await pedir(app, 'GET', '/pedidos', cliente)
  expect(suyos['datos']).toMatchObject([{ numero: creado['numero'] }, {}])
  const { body: cancelado } = await pedir(app, 'POST', `${path}/cancelar`, { body: {} })
  expect(cancelado['estado']).toBe('Cancelado')
  const { body: lineas } = await pedir(app, 'GET', '/auditoria', await usuario({ rol: 'admin' }))
  expect(lineas['datos']).toMatchObject([{ accion: 'pedido-conservado', actorId: cliente.id }])
})

test('an order of an account is kept by nobody else', async () => {
  const { camino, app, cliente } = await comprado()
  const path = `${await camino()}/conservar`
  expect(rechazo(await pedir(app, 'POST', path, await usuario()))).toBe('409 transicion-invalida')
  expect((await pedir(app, 'POST', path, cliente)).status).toBe(200)
})

test('who buys without an account is given the way back with the order, again with a repeat, and nobody else is', async () => {
  const { app, producto, creado } = await comprado()
  expect(creado).not.toHaveProperty('seguimiento')
  const { headers } = await usuario({ invitado: true })
  const compra = {
    headers: { ...headers, 'idempotency-key': Bun.randomUUIDv7() },
    body: { lineas: [{ productoId: producto(500), cantidad: 1 }] },
  }
  const { body } = await pedir(app, 'POST', '/pedidos', compra)
  const path = String(body['seguimiento'])
  const { body: visto } = await pedir(app, 'GET', path)
  expect(visto).toMatchObject({ numero: body['numero'], subtotal: 500, metodoEnvio: null })
  expect((await pedir(app, 'POST', '/pedidos', compra)).body['seguimiento']).toBe(path)
  const { body: despues } = await pedir(app, 'GET', `/pedidos/${String(body['id'])}`, { headers })
  expect(despues).not.toHaveProperty('seguimiento')
})
