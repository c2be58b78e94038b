import { describe, expect, test } from 'bun:test'
import { de, hora, minuto, porPagar } from './cobranza-fixture.ts'
import { cobroNuevo, tras } from './fake-pagos.ts'
import { pedir, rechazo } from './fixture.ts'

describe('what staff do about it', () => {
  test('an order is not completed before it is paid, unless an administrator says why', async () => {
    const { app, staff, admin, id, leer } = await porPagar()
    const completar = (headers: Record<string, string>, mas: object = {}) =>
      pedir(app, 'PATCH', `/pedidos/${id}`, { headers, body: { estado: 'Completado', ...mas } })
    expect(rechazo(await completar(staff.headers))).toBe('409 pago-pendiente')
    const forzado = { forzar: true, motivo: 'Pagó en el banco' }
    expect(rechazo(await completar(staff.headers, forzado))).toBe('403 prohibido')
    expect(rechazo(await completar(admin.headers, { forzar: true }))).toBe('422 datos-invalidos')
    expect((await completar(admin.headers, forzado)).status).toBe(200)
    expect(await leer()).toMatchObject({
      estado: 'Completado',
      apartado: 'despachado',
      motivo: null,
      historial: [{}, { estado: 'Completado', motivo: 'Pagó en el banco' }],
      pago: { saldo: 1000 },
    })
    const { body } = await pedir(app, 'GET', '/auditoria', admin)
    expect(body['datos']).toMatchObject([{ accion: 'pedido-forzado', sujetoId: id }])
    const lista = await pedir(app, 'GET', '/saldos', staff)
    expect(lista.body['datos']).toMatchObject([{ asunto: 'por-cobrar' }])
  })

  test('what was promised is taken before it is completed', async () => {
    const { app, abrir, contar, staff, id, pagos, leer } = await porPagar()
    const { cobro } = await abrir()
    await contar(tras(cobro, 'autorizacion', 1000, { estado: 'autorizado' }))
    const patch = { ...staff, body: { estado: 'Completado' } }
    pagos.caido = true
    expect(rechazo(await pedir(app, 'PATCH', `/pedidos/${id}`, patch))).toBe(
      '503 servicio-no-disponible',
    )
    pagos.caido = false
    expect((await pedir(app, 'PATCH', `/pedidos/${id}`, patch)).status).toBe(200)
    expect(pagos.de(cobro.id)).toMatchObject({ estado: 'cobrado', cobrado: 1000 })
    expect(de(await leer())).toEqual({
      estado: 'Completado',
      apartado: 'despachado',
      pago: 'pagado',
    })
  })

  test('one that is paid on delivery is accepted, and completed unpaid', async () => {
    const { app, staff, id, leer, pasar } = await porPagar('contra-entrega')
    const lista = () => pedir(app, 'GET', '/saldos', staff)
    expect((await lista()).body['datos']).toMatchObject([{ asunto: 'por-asegurar' }])
    for (let n = 0; n < 2; n++) {
      const { status, body } = await pedir(app, 'POST', `/pedidos/${id}/asegurar`, staff)
      expect([status, body['apartado'], body['expiraEn']]).toEqual([200, 'firme', null])
    }
    expect((await lista()).body['datos']).toEqual([])
    await pasar(1000 * hora)
    const patch = { ...staff, body: { estado: 'Completado' } }
    expect((await pedir(app, 'PATCH', `/pedidos/${id}`, patch)).status).toBe(200)
    expect((await lista()).body['datos']).toMatchObject([{ asunto: 'por-cobrar', numero: 1 }])
    expect(rechazo(await pedir(app, 'POST', `/pedidos/${id}/asegurar`, staff))).toBe(
      '409 transicion-invalida',
    )
    expect(de(await leer())).toMatchObject({ estado: 'Completado' })
  })

  test('less is owed by a credit, once for each key, and never less than nothing', async () => {
    const { app, abrir, contar, staff, id, pasar, pagos, leer } = await porPagar()
    const { cobro } = await abrir()
    await contar(tras(cobro, 'captura', 1000, { estado: 'cobrado' }))
    await pasar(0)
    const abonar = (importe: number, clave: string) =>
      pedir(app, 'POST', `/pedidos/${id}/abonos`, {
        headers: { ...staff.headers, 'idempotency-key': clave },
        body: { importe, motivo: 'Llegó con un golpe' },
      })
    for (let n = 0; n < 2; n++) expect((await abonar(300, 'a')).status).toBe(201)
    expect(rechazo(await abonar(200, 'a'))).toBe('422 idempotencia-distinta')
    expect(rechazo(await abonar(701, 'b'))).toBe('409 importe-excedido')
    await pasar(0)
    expect(pagos.reembolsos).toMatchObject([{ cobroId: cobro.id, importe: 300 }])
    expect(await leer()).toMatchObject({ exigible: 700, pago: { estado: 'excedido', saldo: -300 } })
  })

  test('a sale at the counter is over at once, and its money is taken down afterwards', async () => {
    const { app, producto, staff, contar, leer } = await porPagar()
    const lineas = [{ productoId: producto(400), cantidad: 1 }]
    const body = { lineas, completar: true, pago: { metodo: 'tarjeta' } }
    const vendido = await pedir(app, 'POST', '/pedidos', { ...staff, body })
    const id = String(vendido.body['id'])
    expect(vendido.body).toMatchObject({ estado: 'Completado', pago: { saldo: 400 } })
    const cobro = cobroNuevo(Bun.randomUUIDv7(), 400)
    expect((await contar(cobro, undefined, id)).status).toBe(200)
    await contar(tras(cobro, 'captura', 400, { estado: 'cobrado' }), undefined, id)
    expect(de(await leer(id))).toEqual({
      estado: 'Completado',
      apartado: 'despachado',
      pago: 'pagado',
    })
    expect((await pedir(app, 'GET', '/saldos', staff)).body['datos']).toEqual([])
  })

  test('stock is held a while longer than an order with a charge says, whoever lengthens that', async () => {
    const { app, abrir, staff, id, inventario, clock } = await porPagar()
    await abrir()
    const expiraEn = clock.ms() + 30 * 24 * hora
    const body = { expiraEn: new Date(expiraEn - hora).toISOString() }
    const prorrogado = await pedir(app, 'POST', `/pedidos/${id}/prorrogar`, { ...staff, body })
    expect(prorrogado.body).toMatchObject(body)
    expect(inventario.reservas.get(id)?.expiraEn).toBe(expiraEn - hora + 15 * minuto)
    // No longer than inventario holds anything.
    const mas = { expiraEn: new Date(expiraEn).toISOString() }
    const lejos = await pedir(app, 'POST', `/pedidos/${id}/prorrogar`, { ...staff, body: mas })
    expect(lejos.body).toMatchObject(mas)
    expect(inventario.reservas.get(id)?.expiraEn).toBe(expiraEn)
  })

  test('a voided sale pays back', async () => {
    const { app, abrir, contar, staff, id, pasar, pagos } = await porPagar()
    const { cobro } = await abrir()
    await contar(tras(cobro, 'captura', 1000, { estado: 'cobrado' }))
    await pedir(app, 'PATCH', `/pedidos/${id}`, { ...staff, body: { estado: 'Completado' } })
    const body = { motivo: 'Se cobró dos veces' }
    expect((await pedir(app, 'POST', `/pedidos/${id}/anulacion`, { ...staff, body })).status).toBe(
      200,
    )
    await pasar(minuto)
    expect(pagos.reembolsos).toMatchObject([{ importe: 1000 }])
  })
})
