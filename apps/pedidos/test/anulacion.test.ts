import { describe, expect, test } from 'bun:test'
import { pedir, preparar, rechazo, usuario } from './fixture.ts'

async function caja() {
  const todo = await preparar()
  const { app, clock, inventario, producto } = todo
  const [cliente, staff] = [await usuario(), await usuario({ rol: 'operador' })]
  const [cafe, taza] = [producto(500), producto(1_250)]
  const lineas = [
    { productoId: cafe, cantidad: 2 },
    { productoId: taza, cantidad: 1 },
  ]
  return {
    ...todo,
    cliente,
    staff,
    ponerEn: (iso: string) => clock.advance(Date.parse(iso) - clock.ms()),
    vender: async (completar = true) => {
      const { headers } = completar ? staff : cliente
      const cuerpo = completar ? { lineas, completar, clienteId: cliente.id } : { lineas }
      const { body } = await pedir(app, 'POST', '/pedidos', { headers, body: cuerpo })
      return String(body['id'])
    },
    anular: (id: string, { headers } = staff, body: unknown = { motivo: 'Cobrado dos veces' }) =>
      pedir(app, 'POST', `/pedidos/${id}/anulacion`, { headers, body }),
    leer: async (id: string) => (await pedir(app, 'GET', `/pedidos/${id}`, staff)).body,
    fisicos: () => [cafe, taza].map((id) => inventario.fisico.get(id)),
  }
}

describe('a sale that was a mistake', () => {
  test('is voided once: owed back whole, its units back, still Completado', async () => {
    const { vender, anular, leer, fisicos, inventario, staff, clock } = await caja()
    const id = await vender()
    expect(fisicos()).toEqual([8, 9])
    clock.advance(1_000)
    const primera = await anular(id)
    expect([primera.status, primera.headers.get('etag')]).toEqual([200, '"3"'])
    expect(primera.body).toMatchObject({
      estado: 'Completado',
      exigible: 0,
      anulado: { en: clock.now().toISOString(), actor: staff.id, motivo: 'Cobrado dos veces' },
    })
    expect(primera.body['historial']).toMatchObject([{}, {}, { tipo: 'pedido.anulado' }])
    expect(fisicos()).toEqual([10, 10])
    const otra = await anular(id, staff, { motivo: 'otra vez' })
    expect([otra.status, otra.body]).toEqual([200, primera.body])
    expect(await leer(id)).toEqual(primera.body)
    expect(inventario.llamadas.filter((una) => una === 'reponer')).toHaveLength(1)
    expect(fisicos()).toEqual([10, 10])
  })

  test('is voided also while inventario is away, and its units follow', async () => {
    const { vender, anular, fisicos, inventario, casos, clock, store } = await caja()
    const id = await vender()
    inventario.averia = (que) => (que === 'reponer' ? 'despues' : undefined)
    expect((await anular(id)).status).toBe(200)
    inventario.averia = (que) => (que === 'reponer' ? 'antes' : undefined)
    await casos.driver.tick()
    expect((await store.espera()).pendientes).toMatchObject([{ que: 'reponer', cuantas: 1 }])
    inventario.averia = () => undefined
    clock.advance(60_000)
    await casos.driver.tick()
    expect((await store.espera()).pendientes).toEqual([])
    expect(fisicos()).toEqual([10, 10])
  })

  test('is voided on its own day alone, by the clocks of the shop', async () => {
    const { vender, anular, clientes, ponerEn } = await caja()
    ponerEn('2026-03-09T23:00:00.000Z')
    const id = await vender()
    ponerEn('2026-03-10T04:59:00.000Z')
    const tarde = await anular(id)
    expect(rechazo(tarde)).toBe('409 transicion-invalida')
    expect(tarde.body['detail']).toContain('el mismo día')
    clientes.zonaHoraria = 'America/Guayaquil'
    ponerEn('2026-03-10T05:00:00.000Z')
    expect(rechazo(await anular(id))).toBe('409 transicion-invalida')
    ponerEn('2026-03-10T04:59:00.000Z')
    expect((await anular(id)).status).toBe(200)
    // Asked for again the day after, nothing is left to judge.
    ponerEn('2026-03-11T04:59:00.000Z')
    expect((await anular(id)).status).toBe(200)
  })

  test('is none where nothing was sold, and nobody but staff says so', async () => {
    const { app, vender, anular, cliente, staff, clientes } = await caja()
    const id = await vender(false)
    const pendiente = await anular(id)
    expect(rechazo(pendiente)).toBe('409 transicion-invalida')
    expect(pendiente.body['detail']).toContain('Cancélalo')
    await pedir(app, 'PATCH', `/pedidos/${id}`, { ...staff, body: { estado: 'Cancelado' } })
    const cancelado = await anular(id)
    expect(rechazo(cancelado)).toBe('409 transicion-invalida')
    expect(cancelado.body['detail']).toContain('nada que anular')
    expect(rechazo(await anular(id, cliente))).toBe('403 prohibido')
    expect(rechazo(await anular(Bun.randomUUIDv7()))).toBe('404 no-encontrado')
    expect(rechazo(await anular(id, staff, {}))).toBe('422 datos-invalidos')
    const otro = await vender()
    clientes.caido = true
    expect(rechazo(await anular(otro))).toBe('503 servicio-no-disponible')
  })

  test('says why to nobody once its customer is erased', async () => {
    const { vender, anular, leer, cliente, clientes, casos, clock } = await caja()
    const id = await vender()
    await anular(id)
    clientes.eliminados.push(cliente.id)
    for (let round = 0; round < 3; round++) {
      clock.advance(600_000)
      await casos.driver.tick()
    }
    expect((await leer(id))['anulado']).toMatchObject({ motivo: null })
  })
})
