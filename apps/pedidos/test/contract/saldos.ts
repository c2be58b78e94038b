import { describe, expect, test } from 'bun:test'
import { tras } from '../fake-pagos.ts'
import { momento, pagos } from './cobranza-fixture.ts'
import type { Base } from './fixture.ts'

/** What the store promises of what staff do about the money of orders. */
export function saldosContract(base: Base): void {
  describe('what is owed for an order', () => {
    test('is owed less by a credit, which is written once and is never too much', async () => {
      const todo = pagos(base)
      const { id, numero } = await base.crear()
      const abono = {
        ...momento(2_000),
        id: 'a',
        numero,
        causa: 'cortesia',
        importe: 400,
        motivo: 'm',
        actor: 'x',
      } as const
      const veces = await Promise.all([base.store.abonar(abono), base.store.abonar(abono)])
      expect(veces.sort()).toEqual(['anotado', 'repetido'])
      expect(await base.store.abonar({ ...abono, importe: 5 })).toBe('distinto')
      expect(await base.store.abonar({ ...abono, id: 'b', importe: 601 })).toBe('excesivo')
      expect(await base.store.abonar({ ...abono, id: 'b', numero: 999 })).toBe('terminado')
      const { cobranza, historial } = await todo.de(id)
      expect(cobranza).toMatchObject({ abonado: 400, perdido: 0, asunto: null })
      expect(historial.at(-1)).toMatchObject({ tipo: 'pedido.abonado', motivo: 'm', actor: 'x' })
    })

    test('is as it was while an order without money is about to end', async () => {
      const { id, numero } = await base.crear()
      const cancelar = {
        ...momento(2_000),
        numero,
        proposito: 'cancelar',
        actor: 'x',
        motivo: null,
      } as const
      await base.store.proponer(cancelar)
      const abono = { ...momento(2_000), id: 'c', numero, causa: 'cortesia', importe: 4 } as const
      expect(await base.store.abonar({ ...abono, motivo: 'm', actor: 'x' })).toBe('terminado')
      expect(await base.store.proponerAsegurar({ ...momento(2_000), numero, actor: 'x' })).toBe(
        false,
      )
      expect((await base.store.porId(id))?.cobranza).toBeNull()
    })

    test('is not asked for where an administrator says why', async () => {
      const todo = pagos(base)
      const { id, numero } = await base.crear({ cobranza: { metodo: 't', momento: 'antes' } })
      const forzado = {
        numero,
        pedidoId: id,
        motivo: 'm',
        ahora: 2_000,
        proximaEn: 2_000,
        actor: 'x',
        por: { actorId: 'x' },
      }
      expect(await base.store.forzar(forzado)).toBe(true)
      expect(await base.store.forzar(forzado)).toBe(false)
      expect(await base.store.auditoria({ limite: 9 })).toMatchObject([
        { accion: 'pedido-forzado', sujetoId: id },
      ])
      await todo.terminar(numero, 'completar', 'Completado')
      const pedido = await todo.de(id)
      expect(pedido.motivo).toBeNull()
      expect(pedido.historial.at(-1)).toMatchObject({ estado: 'Completado', motivo: 'm' })
      expect(pedido.cobranza?.asunto).toBe('por-cobrar')
    })

    test('is listed by what is to be done about it', async () => {
      const como = { metodo: 'caja', momento: 'contra-entrega' } as const
      const hechos = [
        await base.crear({ cobranza: como }),
        await base.crear(),
        await base.crear({ cobranza: como }),
      ]
      const { contar } = pagos(base)
      const disputado = await pagos(base).conCobro()
      const pagado = tras(disputado.cobro, 'captura', 1_000, { estado: 'cobrado' })
      await contar(disputado.numero, tras(pagado, 'contracargo', 400, { disputa: 'abierta' }))
      const lista = async (
        asunto?: 'por-asegurar',
        despuesDe?: { asunto: string; numero: number },
      ) => (await base.store.saldos({ asunto, despuesDe, limite: 9 })).map(({ numero }) => numero)
      const [uno, , otro] = hechos.map(({ numero }) => numero)
      if (uno === undefined || otro === undefined) throw new Error('no orders')
      expect(await lista()).toEqual([disputado.numero, uno, otro])
      expect(await lista('por-asegurar')).toEqual([uno, otro])
      expect(await lista('por-asegurar', { asunto: 'por-asegurar', numero: uno })).toEqual([otro])
      expect(await lista(undefined, { asunto: 'en-disputa', numero: disputado.numero })).toEqual([
        uno,
        otro,
      ])
      const suyos = await base.store.listar({ limite: 9, maxLineas: 99 })
      expect(suyos?.map(({ cobranza }) => cobranza?.asunto)).toEqual([
        'en-disputa',
        'por-asegurar',
        undefined,
        'por-asegurar',
      ])
    })
  })
}
