import { describe, expect, test } from 'bun:test'
import { cubierto } from '../../src/domain/cobranza/cuenta.ts'
import { cuentaDe } from '../../src/domain/cobranza/de-pedido.ts'
import { sinVencimiento } from '../../src/domain/pedido.ts'
import { cobroNuevo, tras } from '../fake-pagos.ts'
import { momento, pagos } from './cobranza-fixture.ts'
import { type Base, horaMs } from './fixture.ts'

/** What the store promises of the money of orders. */
export function cobranzaContract(base: Base): void {
  describe('the money of an order', () => {
    test('begins as it was chosen, or with its first charge', async () => {
      const { de } = pagos(base)
      const { id } = await base.crear({ cobranza: { metodo: 'caja', momento: 'contra-entrega' } })
      expect((await de(id)).cobranza).toMatchObject({
        metodo: 'caja',
        momento: 'contra-entrega',
        apartado: 'plazo',
        asunto: 'por-asegurar',
        cobros: [],
        reembolsos: [],
      })
      const sin = await base.crear()
      expect((await de(sin.id)).cobranza).toBeNull()
      const con = await pagos(base).conCobro()
      expect((await de(con.id)).cobranza).toMatchObject({
        metodo: 'tarjeta',
        cobros: [con.cobro].map(({ id: suyo }) => ({ id: suyo, orden: 1 })),
      })
      expect((await base.store.pedidoDeCobro(con.cobro.id))?.numero).toBe(con.numero)
      expect(await base.store.pedidoDeCobro('otro')).toBeUndefined()
    })

    test('is told by version: what is not newer changes nothing, whoever is quicker', async () => {
      const todo = pagos(base)
      const { id, numero, cobro } = await todo.conCobro()
      const pagado = tras(cobro, 'captura', 1_000, { estado: 'cobrado' })
      const veces = await Promise.all([todo.contar(numero, pagado), todo.contar(numero, pagado)])
      expect(veces.sort()).toEqual(['anotado', 'sabido'])
      expect(await todo.contar(numero, cobro)).toBe('sabido')
      const pedido = await todo.de(id)
      expect(pedido).toMatchObject({ version: 3, intencion: { proposito: 'asegurar' } })
      expect(pedido.cobranza).toMatchObject({ pagadoEn: 2_000, cobros: [{ cobrado: 1_000 }] })
      expect(pedido.historial.map(({ tipo }) => tipo)).toEqual([
        undefined,
        'cobro.abierto',
        'pedido.pagado',
      ])
    })

    test('is no other order’s, and of no more than is owed', async () => {
      const todo = pagos(base)
      const { numero, cobro } = await todo.conCobro()
      const otro = await base.crear()
      expect(await todo.contar(otro.numero, { ...cobro, version: 2 })).toBe('ajeno')
      expect(await todo.contar(numero, { ...cobro, version: 2, moneda: 'EUR' })).toBe('ajeno')
      expect(await todo.contar(numero, { ...cobro, version: 2, importe: 5 })).toBe('ajeno')
      expect(await todo.contar(numero, cobroNuevo('x', 1_001))).toBe('no-cobrable')
      expect(await todo.contar(999, cobroNuevo('x', 1))).toBe('ajeno')
    })

    test('has an order keep its stock, wait for longer or without, and get it anew', async () => {
      const todo = pagos(base)
      const { id, numero, cobro } = await todo.conCobro()
      expect(await base.store.vencer(horaMs * 2, 9)).toBe(1)
      const insistirHasta = horaMs * 9
      const mas = { expiraEn: horaMs * 3, insistirHasta }
      expect(await todo.seguir(numero, 'expirar', mas)).toBe(true)
      expect(await todo.seguir(numero, 'expirar', mas)).toBe(false)
      expect(await todo.de(id)).toMatchObject({
        expiraEn: horaMs * 3,
        intencion: null,
        cobranza: { insistirHasta },
      })
      expect(await base.store.vencer(horaMs * 4, 9)).toBe(1)
      // Its charge is open still, so that it waits without stock.
      expect(await todo.terminar(numero, 'expirar', 'Cancelado')).toBe(true)
      expect(await todo.de(id)).toMatchObject({
        estado: 'Pendiente',
        expiraEn: sinVencimiento,
        intencion: null,
        cobranza: { apartado: 'vencido', asunto: 'vencido', insistirHasta: null },
      })
      await todo.contar(numero, tras(cobro, 'captura', 1_000, { estado: 'cobrado' }))
      const [debida] = await base.store.debidas('terminar-pedido', horaMs, 9)
      expect(debida?.datos).toMatchObject({ proposito: 'reapartar', reservaId: id })
      const firme = { apartado: 'firme', reservaId: 'otra' } as const
      expect(await base.store.reservasDe([id])).toEqual(new Map())
      expect(await todo.seguir(numero, 'reapartar', firme)).toBe(true)
      expect(await base.store.reservasDe([id, 'nadie'])).toEqual(new Map([[id, 'otra']]))
      const pedido = await todo.de(id)
      expect(pedido.cobranza).toMatchObject({ ...firme, asunto: null })
      expect(cubierto(cuentaDe(pedido))).toBe(true)
      expect(pedido.historial.map(({ tipo }) => tipo).slice(2)).toEqual([
        'pedido.vencido',
        'pedido.pagado',
        'pedido.reapartado',
      ])
    })

    test('is kept for by whoever says so', async () => {
      const todo = pagos(base)
      const { id, numero } = await base.crear()
      const quien = { ...momento(2_000), numero, actor: 'x' }
      expect(await base.store.proponerAsegurar(quien)).toBe(true)
      expect(await base.store.proponerAsegurar(quien)).toBe(false)
      expect(await todo.seguir(numero, 'asegurar', { apartado: 'firme', actor: 'x' })).toBe(true)
      expect(await base.store.proponerAsegurar(quien)).toBe(false)
      const { historial, cobranza, expiraEn } = await todo.de(id)
      expect([cobranza?.apartado, expiraEn]).toEqual(['firme', sinVencimiento])
      expect(historial.at(-1)).toMatchObject({ tipo: 'pedido.asegurado', actor: 'x', en: 3_000 })
    })

    test('goes back, once for each charge and cause, when the order is over', async () => {
      const todo = pagos(base)
      const { id, numero, cobro } = await todo.conCobro()
      const abierto = cobroNuevo(Bun.randomUUIDv7(), 1_000)
      await todo.contar(numero, abierto)
      const pagado = tras(cobro, 'captura', 1_000, { estado: 'cobrado' })
      await todo.contar(numero, pagado)
      await todo.seguir(numero, 'asegurar', { apartado: 'firme' })
      expect(await todo.debidas('cerrar-cobro')).toEqual([abierto.id])
      await base.store.proponer({
        numero,
        proposito: 'cancelar',
        actor: 'x',
        motivo: null,
        ahora: 3_500,
        proximaEn: 3_500,
      })
      expect(await todo.terminar(numero, 'cancelar', 'Cancelado')).toBe(true)
      expect(await todo.terminar(numero, 'cancelar', 'Cancelado')).toBe(false)
      const [clave = ''] = await todo.debidas('reembolsar')
      expect(await base.store.reembolso(clave)).toMatchObject({
        cobroId: cobro.id,
        importe: 1_000,
        motivo: 'cancelado',
        estado: 'por-pedir',
      })
      expect(await base.store.reembolso('otro')).toBeUndefined()
      const [deuda] = await base.store.debidas('reembolsar', horaMs, 9)
      if (!deuda) throw new Error('nothing is owed')
      await base.store.anotarReembolso({ ...momento(5_000), id: clave, estado: 'fallido' }, deuda)
      await base.store.anotarReembolso({ ...momento(5_000), id: clave, estado: 'pedido' }, deuda)
      expect(await todo.debidas('reembolsar')).toEqual([])
      expect((await todo.de(id)).cobranza).toMatchObject({
        asunto: 'devolucion-fallida',
        reembolsos: [{ id: clave, estado: 'fallido' }],
      })
      const reembolsos = [{ id: clave, estado: 'hecho' as const }]
      await todo.contar(numero, tras(pagado, 'reembolso', 1_000, { reembolsos }))
      const { cobranza, historial } = await todo.de(id)
      expect(cobranza).toMatchObject({ asunto: null, reembolsos: [{ estado: 'hecho' }] })
      expect(historial.slice(-2).map(({ tipo }) => tipo)).toEqual([
        'reembolso.fallido',
        'reembolso.hecho',
      ])
    })

    test('closes with what was owed the charge that was told', async () => {
      const todo = pagos(base)
      const { numero, cobro } = await todo.conCobro()
      await todo.contar(numero, tras(cobro, 'autorizacion', 1_000, { estado: 'autorizado' }))
      await todo.seguir(numero, 'asegurar', { apartado: 'firme' })
      await base.store.proponer({
        numero,
        proposito: 'completar',
        actor: 'x',
        motivo: null,
        ahora: 3_500,
        proximaEn: 3_500,
      })
      expect(await todo.terminar(numero, 'completar', 'Completado')).toBe(true)
      const [deuda] = await base.store.debidas('capturar-cobro', horaMs, 9)
      expect(deuda?.clave).toBe(cobro.id)
      const tomado = tras({ ...cobro, version: 2, autorizado: 1_000 }, 'captura', 1_000, {
        estado: 'cobrado',
      })
      if (deuda) await todo.contar(numero, tomado, { deuda })
      expect(await todo.debidas('capturar-cobro')).toEqual([])
    })

    test('is written off where a bank took it for good after it had gone back', async () => {
      const todo = pagos(base)
      const { id, numero, cobro } = await todo.conCobro()
      const pagado = tras(cobro, 'captura', 1_000, { estado: 'cobrado' })
      await todo.contar(numero, pagado)
      await todo.seguir(numero, 'asegurar', { apartado: 'firme' })
      await base.store.proponer({
        numero,
        proposito: 'cancelar',
        actor: 'x',
        motivo: null,
        ahora: 3_500,
        proximaEn: 3_500,
      })
      await todo.terminar(numero, 'cancelar', 'Cancelado')
      const [clave = ''] = await todo.debidas('reembolsar')
      const reembolsos = [{ id: clave, estado: 'hecho' as const }]
      const devuelto = tras(pagado, 'reembolso', 1_000, { reembolsos })
      await todo.contar(numero, devuelto)
      await todo.contar(
        numero,
        tras(devuelto, 'contracargo', 1_000, { reembolsos, disputa: 'perdida' }),
      )
      const { cobranza, historial } = await todo.de(id)
      expect(cobranza).toMatchObject({ perdido: 1_000, abonado: 0, asunto: null })
      expect(historial.at(-1)?.tipo).toBe('cobro.disputado')
    })
  })
}
