import { describe, expect, test } from 'bun:test'
import { idDeAnulacion } from '../../src/domain/identidad-pedido.ts'
import { diasDe } from '../../src/domain/resumen.ts'
import { type Base, horaMs } from './fixture.ts'

const anular = ({ store }: Base, numero: number, pedidoId: string, ahora = 2_000) =>
  store.anular({
    numero,
    pedidoId,
    id: idDeAnulacion(pedidoId),
    actor: 'x',
    motivo: 'm',
    ahora,
    proximaEn: 3_000,
    traza: 't',
  })

/** What the store promises of sales that were a mistake. */
export function anulacionContract(base: Base): void {
  describe('an order that is voided', () => {
    test('says so once in its history, and owes its units to the stock', async () => {
      const { id, numero } = await base.crear()
      expect(await anular(base, numero, id)).toBe(false)
      await base.completar(numero)
      const veces = await Promise.all([anular(base, numero, id), anular(base, numero, id)])
      expect(veces.sort()).toEqual([false, true])
      const pedido = await base.store.porId(id)
      expect(pedido).toMatchObject({ estado: 'Completado', motivo: null, version: 3 })
      expect(pedido?.historial.at(-1)).toEqual({
        estado: 'Completado',
        tipo: 'pedido.anulado',
        motivo: 'm',
        actor: 'x',
        en: 2_000,
      })
      const [debida] = await base.store.debidas('reponer', 3_000, 9)
      expect(debida).toMatchObject({ clave: id, datos: {}, proximaEn: 3_000 })
      if (debida) await base.store.cerrar(debida)
      expect(await base.store.debidas('reponer', horaMs, 9)).toEqual([])
    })

    test('is owed back on the day it was voided, and leaves what was sold', async () => {
      const [uno, otro] = [await base.crear(), await base.crear()]
      for (const { numero } of [uno, otro]) await base.completar(numero)
      const dias = diasDe({ desde: '1970-01-01', hasta: '1970-01-03', zona: 'UTC', ahora: 0 })
      const resumen = async () => {
        const { porDia = [], masVendidos = [] } =
          (await base.store.resumen({ dias, moneda: 'USD' })) ?? {}
        return [
          porDia.map(({ completados, ingresos, abonado }) => [completados, ingresos, abonado]),
          masVendidos.map(({ unidades, ingresos }) => [unidades, ingresos]),
        ]
      }
      await anular(base, uno.numero, uno.id, 30 * horaMs)
      const nada = [0, 0, 0]
      const esperado = [[[2, 2_000, 0], [0, 0, 1_000], nada], [[2, 1_000]]]
      expect(await resumen()).toEqual(esperado)
      await base.store.quitarMarca('resumen')
      expect(await resumen()).toEqual(esperado)
      await anular(base, otro.numero, otro.id, 60 * horaMs)
      expect(await resumen()).toEqual([
        [
          [2, 2_000, 0],
          [0, 0, 1_000],
          [0, 0, 1_000],
        ],
        [],
      ])
    })
  })
}
