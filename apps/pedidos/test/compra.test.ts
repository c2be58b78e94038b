import { rows } from '@encargo/storage/testing'
import { describe, expect, test } from 'bun:test'
import { PeerMisfitError } from '@encargo/service-kit/peer/peer-fit'
import { pedir, preparar, rechazo, usuario } from './fixture.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('buying', () => {
  test('answers 201 with Location, ETag, fixed prices and a first entry of history', async () => {
    const { app, producto, inventario, clock } = await preparar()
    const { id, headers } = await usuario()
    const [a, b] = [producto(1250), producto(300)]
    const bought = await pedir(app, 'POST', '/pedidos', {
      headers,
      body: {
        lineas: [
          { productoId: a, cantidad: 3, precioEsperado: 1250 },
          { productoId: b.toUpperCase(), cantidad: 1 },
        ],
        notas: 'Timbre dos',
        direccionEnvio: { nombre: 'Lucía', calle: 'Larga 7', ciudad: 'Cuenca', pais: 'EC' },
      },
    })
    expect(bought.status).toBe(201)
    const creadoEn = clock.now().toISOString()
    expect(bought.body).toEqual({
      id: expect.stringMatching(uuid),
      numero: 1,
      clienteId: id,
      estado: 'Pendiente',
      lineas: [
        {
          productoId: a,
          sku: 'SKU-1',
          nombre: 'Producto SKU-1',
          cantidad: 3,
          precioUnitario: 1250,
          subtotal: 3750,
          descuento: 0,
          importe: 3750,
          tasaImpuesto: 0,
          impuesto: 0,
        },
        {
          productoId: b,
          sku: 'SKU-2',
          nombre: 'Producto SKU-2',
          cantidad: 1,
          precioUnitario: 300,
          subtotal: 300,
          descuento: 0,
          importe: 300,
          tasaImpuesto: 0,
          impuesto: 0,
        },
      ],
      subtotal: 4050,
      descuento: 0,
      envioImporte: 0,
      impuesto: 0,
      base: 4050,
      total: 4050,
      exigible: 4050,
      apartado: 'plazo',
      pago: {
        estado: 'pendiente',
        metodo: null,
        exigible: 4050,
        cobrado: 0,
        reembolsado: 0,
        enDisputa: 0,
        saldo: 4050,
        cobros: [],
      },
      anulado: null,
      impuestos: [{ codigo: 'general', tasa: 0, base: 4050, impuesto: 0 }],
      contacto: null,
      facturacion: null,
      metodoEnvio: null,
      cupon: null,
      idioma: null,
      canal: null,
      moneda: 'USD',
      notas: 'Timbre dos',
      direccionEnvio: { nombre: 'Lucía', calle: 'Larga 7', ciudad: 'Cuenca', pais: 'EC' },
      motivo: null,
      expiraEn: new Date(clock.ms() + 86_400_000).toISOString(),
      creadoEn,
      actualizadoEn: creadoEn,
      historial: [{ estado: 'Pendiente', motivo: null, actor: id, en: creadoEn }],
    })
    expect(bought.headers.get('location')).toBe(`/pedidos/${String(bought.body['id'])}`)
    expect(bought.headers.get('etag')).toBe('"1"')
    expect(inventario.reservado(a)).toBe(3)
    const read = await pedir(app, 'GET', `/pedidos/${String(bought.body['id']).toUpperCase()}`, {
      headers,
    })
    expect(read.body).toEqual(bought.body)
  })

  test('keeps the telephone as it is dialled, and a name without signs that nobody sees', async () => {
    const { api, producto } = await preparar()
    const { headers } = await usuario()
    const lineas = [{ productoId: producto(100, 5), cantidad: 1 }]
    const direccion = {
      nombre: '\u202eLuci\u0301a\u200b',
      calle: 'Larga 7',
      ciudad: 'C',
      pais: 'EC',
    }
    const kept = async (telefono: string) => {
      const direccionEnvio = { ...direccion, telefono }
      const bought = await api.pedidos.post({ lineas, direccionEnvio }, { headers })
      return bought.data?.direccionEnvio
    }
    expect(await kept('(02) 200-0101')).toMatchObject({ nombre: 'Lucía', telefono: '022000101' })
    const copied = await kept('\u202a+593\u00a099\u2011000\u20110101\u202c')
    expect(copied).toMatchObject({ telefono: '+593990000101' })
    const wrong = { ...direccion, telefono: 'llámame' }
    const refused = await api.pedidos.post({ lineas, direccionEnvio: wrong }, { headers })
    expect(refused.status).toBe(422)
  })

  test('sums the lines of one product before stock is looked at, and keeps them as one', async () => {
    const { api, producto } = await preparar()
    const { headers } = await usuario()
    const productoId = producto(100, 5)
    const linea = { productoId, cantidad: 3 }
    const refused = await api.pedidos.post({ lineas: [linea, linea] }, { headers })
    expect(refused.error?.value).toMatchObject({
      codigo: 'stock-insuficiente',
      faltantes: [{ productoId, solicitado: 6, disponible: 5 }],
    })
    const lineas = [linea, { ...linea, cantidad: 2 }]
    const { data } = await api.pedidos.post({ lineas }, { headers })
    expect(data).toMatchObject({ total: 500, lineas: [{ cantidad: 5 }] })
  })

  test('takes nothing when one line of many can not be had', async () => {
    const { api, producto, inventario } = await preparar()
    const { headers } = await usuario()
    const [plenty, scarce] = [producto(1, 100), producto(1, 0)]
    const lineas = [plenty, scarce].map((productoId) => ({ productoId, cantidad: 1 }))
    expect((await api.pedidos.post({ lineas }, { headers })).status).toBe(409)
    expect(inventario.reservado(plenty)).toBe(0)
  })

  test('refuses unknown and archived products, naming them', async () => {
    const { api, producto } = await preparar()
    const { headers } = await usuario()
    const archived = producto(1, 1, { activo: false })
    const unknown = Bun.randomUUIDv7()
    for (const productoId of [archived, unknown]) {
      const lineas = [{ productoId, cantidad: 1 }]
      const { error, status } = await api.pedidos.post({ lineas }, { headers })
      expect([status, error?.value.codigo]).toEqual([422, 'producto-inexistente'])
      expect(error?.value.detail).toContain(productoId)
    }
  })

  test('refuses a price that is not the expected one, and says both', async () => {
    const { app, producto, inventario } = await preparar()
    const { headers } = await usuario()
    const productoId = producto(1000)
    const body = { lineas: [{ productoId, cantidad: 1, precioEsperado: 999 }] }
    const refused = await pedir(app, 'POST', '/pedidos', { headers, body })
    expect(rechazo(refused)).toBe('409 precio-cambiado')
    expect(refused.body['cambios']).toEqual([
      { productoId, precioEsperado: 999, precioActual: 1000 },
    ])
    expect(inventario.llamadas).toEqual([])
  })

  test('refuses a closed account and one that is gone, also with a good token', async () => {
    const { api, producto, clientes } = await preparar()
    const lineas = [{ productoId: producto(), cantidad: 1 }]
    const closed = await usuario()
    clientes.conocidos.set(closed.id, { id: closed.id, activo: false, confirmado: true })
    const gone = await usuario()
    clientes.conocidos.set(gone.id, undefined)
    for (const { headers } of [closed, gone]) {
      const { error, status } = await api.pedidos.post({ lineas }, { headers })
      expect([status, error?.value.codigo]).toEqual([403, 'cliente-inactivo'])
    }
  })

  test('sells at the counter for a customer, completed at once, by staff only', async () => {
    const { app, producto, inventario, clientes } = await preparar()
    const [shopper, staff] = [await usuario(), await usuario({ rol: 'operador' })]
    const productoId = producto(700, 4)
    const body = {
      lineas: [{ productoId, cantidad: 4 }],
      completar: true,
      clienteId: shopper.id.toUpperCase(),
    }
    const refused = await pedir(app, 'POST', '/pedidos', { headers: shopper.headers, body })
    expect(rechazo(refused)).toBe('403 prohibido')
    const other = { lineas: body.lineas, clienteId: staff.id }
    const forOther = await pedir(app, 'POST', '/pedidos', { headers: shopper.headers, body: other })
    expect(rechazo(forOther)).toBe('403 prohibido')

    const sold = await pedir(app, 'POST', '/pedidos', { headers: staff.headers, body })
    expect([sold.status, sold.headers.get('etag')]).toEqual([201, '"2"'])
    expect(sold.body).toMatchObject({
      estado: 'Completado',
      clienteId: shopper.id,
      historial: [
        { estado: 'Pendiente', actor: staff.id },
        { estado: 'Completado', actor: staff.id },
      ],
    })
    expect([inventario.fisico.get(productoId), inventario.reservado(productoId)]).toEqual([0, 0])

    const nobody = Bun.randomUUIDv7()
    clientes.conocidos.set(nobody, undefined)
    const unknown = { ...body, clienteId: nobody }
    const unknownAnswer = await pedir(app, 'POST', '/pedidos', {
      headers: staff.headers,
      body: unknown,
    })
    expect(rechazo(unknownAnswer)).toBe('422 cliente-inexistente')
  })

  test('refuses an order dearer than any can be, and sums beyond a line', async () => {
    const { app, producto } = await preparar()
    const { headers } = await usuario()
    const dear = producto(1_000_000_000_000, 1_000_000)
    const tooDear = await pedir(app, 'POST', '/pedidos', {
      headers,
      body: { lineas: [{ productoId: dear, cantidad: 1_000_000 }] },
    })
    expect(rechazo(tooDear)).toBe('422 datos-invalidos')
    const line = { productoId: dear, cantidad: 600_000 }
    const tooMany = await pedir(app, 'POST', '/pedidos', {
      headers,
      body: { lineas: [line, line] },
    })
    expect(rechazo(tooMany)).toBe('422 datos-invalidos')
    expect(tooMany.body['errores']).toMatchObject([{ campo: 'lineas' }])
  })
})

describe('a body that is not an order', () => {
  const productoId = Bun.randomUUIDv7()
  const linea = { productoId, cantidad: 1 }
  const many = Array.from({ length: 101 }, () => linea)
  const direccionEnvio = { nombre: 'L', calle: 'C', ciudad: 'Q', pais: 'EC' }

  test.each([
    ['no lines', {}, 'lineas'],
    ['empty lines', { lineas: [] }, 'lineas'],
    ['101 lines', { lineas: many }, 'lineas'],
    ['a quantity of text', { lineas: [{ productoId, cantidad: '1' }] }, 'lineas.0.cantidad'],
    ['half a product', { lineas: [{ productoId, cantidad: 0.5 }] }, 'lineas.0.cantidad'],
    ['1e3 as text', { lineas: [{ productoId, cantidad: '1e3' }] }, 'lineas.0.cantidad'],
    ['nothing of a product', { lineas: [{ productoId, cantidad: 0 }] }, 'lineas.0.cantidad'],
    ['less than nothing', { lineas: [{ productoId, cantidad: -1 }] }, 'lineas.0.cantidad'],
    ['too many', { lineas: [{ productoId, cantidad: 1_000_001 }] }, 'lineas.0.cantidad'],
    ['no quantity', { lineas: [{ productoId }] }, 'lineas.0.cantidad'],
    [
      'a product that is no UUID',
      { lineas: [{ ...linea, productoId: "1' OR 1=1" }] },
      'lineas.0.productoId',
    ],
    ['a negative price', { lineas: [{ ...linea, precioEsperado: -1 }] }, 'lineas.0.precioEsperado'],
    ['a price of its own', { lineas: [{ ...linea, precio: 1 }] }, 'lineas.0.precio'],
    ['a state of its own', { lineas: [linea], estado: 'Completado' }, 'estado'],
    ['overlong notes', { lineas: [linea], notas: 'x'.repeat(1001) }, 'notas'],
    [
      'an unknown country',
      { lineas: [linea], direccionEnvio: { ...direccionEnvio, pais: 'Ecuador' } },
      'direccionEnvio.pais',
    ],
    [
      'an unknown member of the address',
      { lineas: [linea], direccionEnvio: { ...direccionEnvio, x: 1 } },
      'direccionEnvio.x',
    ],
    ['completar as text', { lineas: [linea], completar: 'true' }, 'completar'],
  ])(
    'is refused with 422 naming the field, and never reaches inventario: %s',
    async (_, body, campo) => {
      const { app, inventario } = await preparar()
      const { headers } = await usuario()
      const answer = await pedir(app, 'POST', '/pedidos', { headers, body })
      expect(rechazo(answer)).toBe('422 datos-invalidos')
      expect(answer.body['errores']).toMatchObject([{ campo }])
      expect(inventario.llamadas).toEqual([])
    },
  )

  test('is refused with 400 when it is no JSON, and 413 when it is too large', async () => {
    const { app } = await preparar()
    const { headers } = await usuario()
    const broken = await pedir(app, 'POST', '/pedidos', { headers, raw: '{"lineas":[' })
    expect(rechazo(broken)).toBe('400 json-invalido')
    const large = JSON.stringify({ lineas: [linea], notas: 'x'.repeat(1024 * 1024) })
    const tooLarge = await pedir(app, 'POST', '/pedidos', { headers, raw: large })
    expect(rechazo(tooLarge)).toBe('413 cuerpo-demasiado-grande')
  })

  test('says nothing to a stranger or to a service account, whatever the body', async () => {
    const { app } = await preparar()
    const stranger = await pedir(app, 'POST', '/pedidos', { body: {} })
    expect(rechazo(stranger)).toBe('401 no-autenticado')
    expect(stranger.headers.get('www-authenticate')).toStartWith('Bearer')
    const { headers } = await usuario({ scopes: ['pedidos:completar'] })
    expect(rechazo(await pedir(app, 'POST', '/pedidos', { headers, body: {} }))).toBe(
      '403 prohibido',
    )
  })
})

describe('buying while a service is away', () => {
  test('needs productos and inventario: 503 with Retry-After, nothing sold', async () => {
    const { app, producto, catalogo, inventario } = await preparar()
    const { headers } = await usuario()
    const body = { lineas: [{ productoId: producto(), cantidad: 1 }] }
    catalogo.caido = true
    const unpriced = await pedir(app, 'POST', '/pedidos', { headers, body })
    expect(rechazo(unpriced)).toBe('503 servicio-no-disponible')
    expect(unpriced.headers.get('retry-after')).toBe('1')
    catalogo.caido = false
    inventario.averia = () => 'local'
    const unpromised = await pedir(app, 'POST', '/pedidos', { headers, body })
    expect(rechazo(unpromised)).toBe('503 servicio-no-disponible')
    expect(inventario.reservas.size).toBe(0)
  })

  test('needs no auth for who was seen active in the last ten minutes', async () => {
    const { app, producto, clientes, clock } = await preparar()
    const { headers } = await usuario()
    const body = { lineas: [{ productoId: producto(), cantidad: 1 }] }
    const buy = () => pedir(app, 'POST', '/pedidos', { headers, body })
    clientes.caido = true
    expect(rechazo(await buy())).toBe('503 servicio-no-disponible')
    clientes.caido = false
    expect((await buy()).status).toBe(201)
    clientes.caido = true
    clock.advance(9 * 60_000)
    expect((await buy()).status).toBe(201)
    clock.advance(60_000)
    expect(rechazo(await buy())).toBe('503 servicio-no-disponible')
  })

  test('does not trust who was seen by a clock that was ahead, once that is put right', async () => {
    const { app, producto, clientes, clock } = await preparar()
    const { headers } = await usuario()
    const body = { lineas: [{ productoId: producto(), cantidad: 1 }] }
    const buy = () => pedir(app, 'POST', '/pedidos', { headers, body })
    clock.advance(9 * 60_000)
    expect((await buy()).status).toBe(201)
    clientes.caido = true
    clock.advance(-9 * 60_000)
    expect(rechazo(await buy())).toBe('503 servicio-no-disponible')
  })

  test('does not trust a customer who was seen inactive since', async () => {
    const { app, producto, clientes } = await preparar()
    const { id, headers } = await usuario()
    const body = { lineas: [{ productoId: producto(), cantidad: 1 }] }
    const buy = () => pedir(app, 'POST', '/pedidos', { headers, body })
    expect((await buy()).status).toBe(201)
    clientes.conocidos.set(id, { id, activo: false, confirmado: true })
    expect(rechazo(await buy())).toBe('403 cliente-inactivo')
    clientes.caido = true
    expect(rechazo(await buy())).toBe('503 servicio-no-disponible')
  })

  test('gives back what a lost answer may have reserved, as nobody can ask for it again', async () => {
    const { app, producto, inventario, casos } = await preparar()
    const { headers } = await usuario()
    const productoId = producto(100, 1)
    const body = { lineas: [{ productoId, cantidad: 1 }] }
    inventario.averia = (operacion) => (operacion === 'reservar' ? 'despues' : undefined)
    expect(rechazo(await pedir(app, 'POST', '/pedidos', { headers, body }))).toBe(
      '503 servicio-no-disponible',
    )
    await casos.stop()
    expect(inventario.reservado(productoId)).toBe(0)
  })

  test('answers 201 for a counter sale whose completion is lost, and the driver completes it', async () => {
    const { app, producto, inventario, casos, clock } = await preparar()
    const { headers } = await usuario({ rol: 'admin' })
    const body = { lineas: [{ productoId: producto(), cantidad: 1 }], completar: true }
    inventario.averia = (operacion) => (operacion === 'confirmar' ? 'despues' : undefined)
    const sold = await pedir(app, 'POST', '/pedidos', { headers, body })
    expect([sold.status, sold.body['estado']]).toEqual([201, 'Pendiente'])
    inventario.averia = () => undefined
    clock.advance(60_000)
    await casos.driver.tick()
    const read = await pedir(app, 'GET', `/pedidos/${String(sold.body['id'])}`, { headers })
    expect(read.body['estado']).toBe('Completado')
  })
})

test('a purchase at an inventario of another installation is a 503 that leaves nothing behind', async () => {
  const { app, producto, inventario, storage, casos } = await preparar()
  const { headers } = await usuario()
  inventario.reservar = () => Promise.reject(new PeerMisfitError('inventario', 'No es el suyo.'))
  const body = { lineas: [{ productoId: producto(), cantidad: 1 }] }
  const answer = await pedir(app, 'POST', '/pedidos', { headers, body })
  expect(rechazo(answer)).toBe('503 servicio-no-disponible')
  expect(answer.body['detail']).toContain('no está bien configurada')
  await casos.stop()
  expect(await rows(storage, 'SELECT * FROM descartes')).toEqual([])
})
