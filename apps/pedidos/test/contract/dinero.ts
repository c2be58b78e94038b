import { describe, expect, test } from 'bun:test'
import { idDeAnulacion } from '../../src/domain/identidad-pedido.ts'
import { diasDe } from '../../src/domain/resumen.ts'
import type { DineroHecho, DeVenta } from '../../src/domain/hecho.ts'
import type { CobroDicho } from '../../src/ports/cobranza.ts'
import { cobroNuevo, tras } from '../fake-pagos.ts'
import { momento, pagos } from './cobranza-fixture.ts'
import { type Base, horaMs } from './fixture.ts'

const siempre = { desde: 0, hasta: 100 * horaMs }

/** The same charge with its movements at other moments. */
const alas = (cobro: CobroDicho, ...horas: readonly number[]): CobroDicho => ({
  ...cobro,
  movimientos: cobro.movimientos.map((uno, at) => ({ ...uno, en: (horas[at] ?? 0) * horaMs })),
})

/** What the store promises of the books: what was given up when, and what money moved. */
export function dineroContract(base: Base): void {
  const abonar = (
    numero: number,
    importe: number,
    mas: { id?: string; causa?: 'cortesia' | 'contracargo'; ahora?: number } = {},
  ) => {
    const { id = Bun.randomUUIDv7(), causa = 'cortesia', ahora = 2_000 } = mas
    const abono = { ...momento(ahora), id, numero, causa, importe, motivo: 'm', actor: 'x' }
    return base.store.abonar(abono)
  }
  const resumen = async (hasta = '1970-01-03') => {
    const dias = diasDe({ desde: '1970-01-01', hasta, zona: 'UTC', ahora: 0 })
    const leido = await base.store.resumen({ dias, moneda: 'USD' })
    if (!leido) throw new Error('no summary')
    return leido
  }
  const porDia = async () =>
    (await resumen()).porDia.map(({ ingresos, abonado }) => [ingresos, abonado])
  const ventas = async (): Promise<readonly DeVenta[]> =>
    (await base.store.hechos({ lapso: siempre, despuesDe: 0, limite: 50 })).hechos

  describe('what is given up of an order', () => {
    test('counts from when it was sold, or since, never twice, and not at all where nothing was', async () => {
      const [uno, otro, cancelado] = [await base.crear(), await base.crear(), await base.crear()]
      for (const { numero } of [uno, otro, cancelado]) await abonar(numero, 100)
      for (const { numero } of [uno, otro]) await base.completar(numero)
      const { numero } = cancelado
      const cancelar = { numero, proposito: 'cancelar', actor: 'x', motivo: null } as const
      await base.store.proponer({ ...momento(3_000), ...cancelar })
      await pagos(base).terminar(numero, 'cancelar', 'Cancelado')
      await abonar(uno.numero, 50, { ahora: 30 * horaMs })
      await abonar(otro.numero, 70, { causa: 'contracargo', ahora: 30 * horaMs })
      await base.store.anular({
        ...momento(60 * horaMs),
        numero: uno.numero,
        pedidoId: uno.id,
        id: idDeAnulacion(uno.id),
        actor: 'x',
        motivo: 'm',
      })
      const esperado = [
        [2_000, 200],
        [0, 50],
        [0, 850],
      ]
      expect(await porDia()).toEqual(esperado)
      await base.store.quitarMarca('resumen')
      expect(await porDia()).toEqual(esperado)
      const vistas = (await ventas()).map((hecho) => [
        hecho.pedido.numero,
        hecho.que === 'abono' ? -hecho.abono.importe : hecho.pedido.total,
      ])
      expect(vistas).toEqual([
        [1, 1_000],
        [1, -100],
        [2, 1_000],
        [2, -100],
        [1, -50],
        [1, -850],
      ])
    })
  })

  describe('money that moved', () => {
    test('is added up once by when it did and how it was paid, however often it is told', async () => {
      const todo = pagos(base)
      const { contar } = todo
      const { numero, cobro } = await todo.conCobro()
      const autorizado = tras(cobro, 'autorizacion', 1_000, { estado: 'autorizado' })
      const pagado = tras(autorizado, 'captura', 1_000, { estado: 'cobrado' })
      await contar(numero, alas(pagado, 1, 2))
      const despues = tras(tras(pagado, 'reembolso', 300), 'contracargo', 200)
      await contar(numero, alas(despues, 1, 2, 26, 27))
      await contar(numero, alas({ ...despues, version: 9 }, 1, 2, 26, 27))
      const ganada = tras({ ...despues, version: 9 }, 'contracargo-revertido', 200)
      await contar(numero, alas(ganada, 1, 2, 26, 27, 50))
      const caja = await base.crear({ cobranza: { metodo: 'caja', momento: 'antes' } })
      const enCaja = { ...cobroNuevo('c2', 1_000), metodo: 'caja' }
      await contar(caja.numero, alas(tras(enCaja, 'captura', 400), 2))
      const euros = await base.crear({ moneda: 'EUR' })
      const enEuros = { ...cobroNuevo('c3', 1_000), moneda: 'EUR' }
      await contar(euros.numero, alas(tras(enEuros, 'captura', 600), 2))
      const { porDia: movido, porMetodo } = await resumen()
      expect(
        movido.map(({ cobrado, reembolsado, disputado }) => [cobrado, reembolsado, disputado]),
      ).toEqual([
        [1_400, 0, 0],
        [0, 300, 200],
        [0, 0, -200],
      ])
      expect(porMetodo).toEqual([
        { metodo: 'caja', cobrado: 400, reembolsado: 0, disputado: 0 },
        { metodo: 'tarjeta', cobrado: 1_000, reembolsado: 300, disputado: 0 },
      ])
    })

    test('is told by when it did, some of it at a time', async () => {
      const { contar } = pagos(base)
      const ids = ['b', 'a', 'c']
      for (const id of ids) {
        const { numero } = await base.crear()
        const hora = id === 'c' ? 1 : 2
        const pagado = tras(cobroNuevo(id, 1_000), 'captura', 1_000, { estado: 'cobrado' })
        await contar(numero, alas(tras(pagado, 'reembolso', 10), hora, hora))
      }
      const vistos: string[] = []
      let despuesDe: DineroHecho | undefined
      do {
        const pagina = await base.store.dinero({ lapso: siempre, despuesDe, limite: 4 })
        vistos.push(
          ...pagina.map((uno) => `${uno.cobroId} ${uno.que} ${uno.importe} ${uno.metodo}`),
        )
        despuesDe = pagina.at(-1)
      } while (despuesDe)
      expect(vistos).toEqual(
        ['c', 'a', 'b'].flatMap((id) => [
          `${id} captura 1000 tarjeta`,
          `${id} reembolso 10 tarjeta`,
        ]),
      )
      const lapso = { desde: 0, hasta: 2 * horaMs }
      expect(await base.store.dinero({ lapso, despuesDe: undefined, limite: 9 })).toHaveLength(2)
    })

    test('that somebody has to look after is counted as it is', async () => {
      expect((await resumen()).saldos).toEqual([])
      const todo = pagos(base)
      const { contar } = todo
      await base.crear({ cobranza: { metodo: 'caja', momento: 'contra-entrega' } })
      const { numero, cobro } = await todo.conCobro()
      await contar(numero, alas(tras(cobro, 'captura', 1_000, { estado: 'cobrado' }), 1))
      const disputado = tras(tras(cobro, 'captura', 1_000), 'contracargo', 400, {
        estado: 'cobrado',
        disputa: 'abierta',
      })
      await contar(numero, alas(disputado, 1, 1))
      expect((await resumen()).saldos).toEqual([
        { asunto: 'en-disputa', pedidos: 1, importe: 400 },
        { asunto: 'por-asegurar', pedidos: 1, importe: 1_000 },
      ])
      expect((await resumen()).porDia.at(-1)).toMatchObject({ cobrado: 0 })
    })
  })
}
