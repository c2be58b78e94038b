import { describe, expect, test } from 'bun:test'
import { idDeAnulacion } from '../../src/domain/identidad-pedido.ts'
import { diasDe } from '../../src/domain/resumen.ts'
import type { PaginaHechos } from '../../src/ports/caja.ts'
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

type Visto = readonly [que: string, en: number, numero: number, lineas: number]

/** All of them, some of the history at a time. */
async function hechos({ store }: Base, desde: number, hasta: number, limite = 50) {
  const found: Visto[] = []
  for (let despuesDe: number | undefined = 0; despuesDe !== undefined;) {
    const pagina: PaginaHechos = await store.hechos({ lapso: { desde, hasta }, despuesDe, limite })
    for (const { que, en, pedido } of pagina.hechos) {
      found.push([que, en, pedido.numero, pedido.lineas.length])
    }
    despuesDe = pagina.hasta
  }
  return found
}

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

  describe('what happened to money', () => {
    test('is told in its order, of the moments that are asked for, a stretch at a time', async () => {
      const [uno, otro] = [await base.crear(), await base.crear()]
      await base.store.preparar({ numero: uno.numero, actor: 'x', ahora: 1_500 })
      for (const { numero } of [otro, uno]) await base.completar(numero)
      await anular(base, uno.numero, uno.id, 5_000)
      const todos: readonly Visto[] = [
        ['venta', 1_000, 2, 1],
        ['venta', 1_000, 1, 1],
        ['abono', 5_000, 1, 1],
      ]
      for (const limite of [1, 2, 50]) {
        expect(await hechos(base, 0, 9_000, limite)).toEqual([...todos])
      }
      expect(await hechos(base, 1_001, 5_001)).toEqual(todos.slice(2))
      expect(await hechos(base, 1_000, 5_000)).toEqual(todos.slice(0, 2))
      expect(await hechos(base, 9_000, 9_999)).toEqual([])
    })
  })

  describe('what staff say of an order', () => {
    test('is kept once, newest first, until its customer is erased', async () => {
      const { numero, clienteId } = await base.crear()
      const anotar = (texto: string, actor = 'x', ahora = 7) =>
        base.store.anotar({ numero, texto, actor, ahora })
      const primera = await anotar('una')
      expect(primera).toMatchObject({ tipo: 'anotada', nota: { texto: 'una', actor: 'x', en: 7 } })
      expect(await anotar('una', 'x', 8)).toMatchObject({ tipo: 'repetida', nota: { en: 7 } })
      expect(await anotar('una', 'otra', 9)).toMatchObject({ tipo: 'anotada' })
      const notas = async (limite: number, antesDe?: number) =>
        (await base.store.notas({ numero, limite, antesDe })).map(({ actor }) => actor)
      expect(await notas(1)).toEqual(['otra', 'x'])
      const [{ id = 0 } = {}] = await base.store.notas({ numero, limite: 1 })
      expect(await notas(9, id)).toEqual(['x'])
      await base.store.anotarBorrados({ ids: [clienteId], ahora: 9, traza: 't' })
      expect(await anotar('tarde')).toEqual({ tipo: 'cliente-borrado' })
      while (await base.store.borrarPersonales(clienteId, 5));
      expect(await notas(9)).toEqual([])
    })
  })
}
