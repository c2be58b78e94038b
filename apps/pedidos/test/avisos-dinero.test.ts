import { describe, expect, test } from 'bun:test'
import { porPagar } from './cobranza-fixture.ts'
import type { CobroDicho } from '../src/ports/cobranza.ts'
import { cobroNuevo, tras } from './fake-pagos.ts'
import { pedir } from './fixture.ts'

const contacto = { nombre: 'Ana', email: 'ana@correo.example' }

/** An order of 1000 of somebody who can be written to, and what was written. */
async function conCorreo(mas: object = {}, instrucciones: string | null = 'Banco del Austro') {
  const todo = await porPagar('antes', 10)
  const { pagos, clock, admin, buzon, casos, app } = todo
  const metodo = { codigo: 'tarjeta', momento: 'antes', minimo: null, maximo: null } as const
  pagos.lista = [{ ...metodo, instrucciones }]
  clock.advance(6_000)
  const ajustes = { personal: ['caja@bazar.example'], tipos: {}, instruccionesPago: {} }
  const body = { ...ajustes, instruccionesPago: { es: 'En la caja' }, idioma: null }
  await pedir(app, 'PUT', '/ajustes/avisos', { headers: admin.headers, body })
  const { body: pedido } = await todo.comprar({ pago: { metodo: 'tarjeta' }, contacto, ...mas })
  const id = String(pedido['id'])
  const repartir = async () => {
    await casos.driver.tick()
    await casos.cartero.tick()
  }
  return {
    ...todo,
    id,
    repartir,
    de: (asunto: string) => buzon.mensajes.filter((uno) => uno.asunto.includes(asunto)),
    contar: (cobro: CobroDicho) => todo.contar(cobro, undefined, id),
    async pagar() {
      const cobro = cobroNuevo(Bun.randomUUIDv7(), 1000)
      await todo.contar(cobro, undefined, id)
      const pagado = tras(cobro, 'captura', 1000, { estado: 'cobrado' })
      await todo.contar(pagado, undefined, id)
      return pagado
    },
    cambiar: (estado: string) =>
      pedir(app, 'PATCH', `/pedidos/${id}`, { headers: todo.staff.headers, body: { estado } }),
  }
}

describe('a customer who pays', () => {
  test('is told how, as the method says, with the number as reference', async () => {
    const { repartir, de, buzon } = await conCorreo()
    await repartir()
    const [mail] = de('Cómo pagar')
    expect(mail?.texto).toContain('Banco del Austro')
    expect(mail?.texto).toContain('pon 2 como referencia')
    expect(mail?.texto).not.toContain('En la caja')
    expect(buzon.mensajes.filter(({ para }) => para === contacto.email)).toHaveLength(2)
  })

  test('is told nothing of how where the method says nothing', async () => {
    const { repartir, de } = await conCorreo({}, null)
    await repartir()
    expect([de('Cómo pagar'), de('Recibimos tu pedido').length]).toEqual([[], 1])
  })

  test('is told how once the service that knows it is back, and all else meanwhile', async () => {
    const { repartir, de, pagos, clock } = await conCorreo()
    pagos.caido = true
    clock.advance(6_000)
    await repartir()
    expect([de('Cómo pagar').length, de('Recibimos tu pedido').length]).toEqual([0, 1])
    pagos.caido = false
    clock.advance(60_000)
    await repartir()
    expect(de('Cómo pagar')).toHaveLength(1)
  })

  test('hears once that it is paid, when it is ready without a time, and what comes back', async () => {
    const t = await conCorreo()
    const pagado = await t.pagar()
    await t.repartir()
    await t.repartir()
    expect(t.de('Recibimos el pago').map(({ texto }) => texto.split('\n')[2])).toEqual([
      'Recibimos $10.00 por tu pedido 2: está pagado. Te escribiremos cuando haya novedades.',
    ])
    // All of it is there, so what was to be said of paying is not.
    expect(t.de('Cómo pagar')).toEqual([])
    await pedir(t.app, 'POST', `/pedidos/${t.id}/preparado`, { headers: t.staff.headers })
    await t.repartir()
    expect(t.de('listo')[0]?.texto).toContain('está listo. Para retirarlo, di su número')
    await t.cambiar('Cancelado')
    await t.repartir()
    expect(t.de('Te devolvimos')).toEqual([])
    const reembolsos = t.pagos.reembolsos.map(({ id }) => ({ id, estado: 'hecho' as const }))
    await t.contar(tras(pagado, 'reembolso', 1000, { reembolsos }))
    await t.repartir()
    expect(t.de('se canceló')[0]?.texto).toContain('Lo que pagaste, $10.00, vuelve por donde')
    expect(t.de('Te devolvimos $10.00 de tu pedido 2')).toHaveLength(1)
    expect(t.de('No se pudo devolver')).toEqual([])
  })

  test('of a voided sale hears that it comes back', async () => {
    const t = await conCorreo({ idioma: 'en' })
    await t.pagar()
    await t.pasar(0)
    await t.cambiar('Completado')
    const body = { motivo: 'm' }
    await pedir(t.app, 'POST', `/pedidos/${t.id}/anulacion`, { headers: t.staff.headers, body })
    await t.repartir()
    expect(t.de('was voided')[0]?.texto).toContain('What you paid, $10.00, goes back')
  })
})

test('the staff hears of money that somebody claims, and of what could not be given back', async () => {
  const t = await conCorreo()
  const pagado = await t.pagar()
  await t.contar(tras(pagado, 'contracargo', 1000, { disputa: 'abierta' }))
  await t.repartir()
  const [disputa] = t.de('Disputa del pedido 2: $10.00')
  expect(disputa?.para).toEqual(['caja@bazar.example'])
  expect(disputa?.texto).toContain(`/gestion/pedidos/${t.id}`)
  const otro = await conCorreo()
  await otro.pagar()
  otro.pagos.reembolso = 'fallido'
  await otro.cambiar('Cancelado')
  await otro.repartir()
  await otro.repartir()
  expect(otro.de('No se pudo devolver $10.00 del pedido 2')).toHaveLength(1)
  expect(otro.de('Te devolvimos')).toEqual([])
})

test.each(['pagado', 'reembolso', 'disputa', 'devolucion-fallida'])(
  'the mail %s can be looked at before there is one',
  async (tipo) => {
    const { app, admin } = await conCorreo()
    for (const idioma of ['es', 'en']) {
      const path = `/ajustes/avisos/muestra?tipo=${tipo}&idioma=${idioma}`
      const { status, body } = await pedir(app, 'GET', path, { headers: admin.headers })
      expect([status, body['texto']]).toEqual([200, expect.stringContaining('$28.50')])
    }
  },
)
