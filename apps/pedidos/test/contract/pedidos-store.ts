import { describe, expect, test } from 'bun:test'
import { diasDe } from '../../src/domain/resumen.ts'
import type { Clave, PedidosStore } from '../../src/ports/store.ts'
import { anulacionContract } from './anulacion.ts'
import { cobranzaContract } from './cobranza.ts'
import { saldosContract } from './saldos.ts'
import { avisosContract } from './avisos.ts'
import { conservarContract } from './conservar.ts'
import { dineroContract } from './dinero.ts'
import { fondoContract } from './fondo.ts'
import { type Abrir, conBase, corridaDe, creado, horaMs, nuevoPedido, todos } from './fixture.ts'
import { listasContract } from './listas.ts'
import { ventasContract } from './ventas.ts'

/** The key of one request. */
const claveDe = ({ idDeClave }: PedidosStore, huella = 'h'): Clave => ({
  usuarioId: 'u',
  clave: 'k',
  huella,
  primerId: idDeClave('u', 'k', 0),
})

/** What whoever keeps the orders promises. */
export function pedidosStoreContract(name: string, abrir: Abrir): void {
  describe(`pedidos' store on ${name}`, () => {
    const base = conBase(abrir)
    const { crear, completar, numeros } = base
    const listo = (numero: number) => base.store.preparar({ numero, actor: 'x', ahora: 2_000 })
    listasContract(base)
    anulacionContract(base)
    cobranzaContract(base)
    saldosContract(base)
    dineroContract(base)
    fondoContract(base)
    ventasContract(base)
    avisosContract(base)
    conservarContract(base)

    describe('an order', () => {
      test('is read as it was answered when it was made, with its story', async () => {
        const direccionEnvio = { nombre: 'Ana', calle: 'Sol 1', ciudad: 'Loja', pais: 'EC' }
        const nuevo = nuevoPedido({ notas: 'al timbre', direccionEnvio })
        const pedido = creado(await base.store.crear(nuevo))
        expect(await base.store.porId(nuevo.id)).toEqual(pedido)
        expect(await base.store.historia(nuevo.id)).toEqual({
          pedido,
          corridas: [{ ...nuevo.corrida, veces: 1, hasta: nuevo.corrida.en }],
        })
        expect(await base.store.porId(Bun.randomUUIDv7())).toBeUndefined()
        expect(await base.store.historia(Bun.randomUUIDv7())).toBeUndefined()
      })

      test('is made with its purpose where it is to be completed at once', async () => {
        const pedido = await crear({ completarDesde: 5_000 })
        expect(pedido.intencion).toMatchObject({ proposito: 'completar', desde: pedido.creadoEn })
        expect(await base.store.porId(pedido.id)).toEqual(pedido)
      })

      test('has the next number, and no earlier moment while the clock goes back a little', async () => {
        const dia = 24 * horaMs
        const momentos = [dia, dia - 5, dia + 1, dia - 3 * horaMs, dia - 2 * horaMs]
        const hechos = []
        for (const ahora of momentos) hechos.push(await crear({ ahora }))
        expect(hechos.map(({ numero }) => numero)).toEqual([1, 2, 3, 4, 5])
        // One that is set back by hours was wrong before.
        expect(hechos.map(({ creadoEn }) => creadoEn)).toEqual([
          dia,
          dia,
          dia + 1,
          dia - 3 * horaMs,
          dia - 2 * horaMs,
        ])
        expect(await base.store.ultimoCambio()).toBe(dia - 2 * horaMs)
      })

      test('has ended no earlier than it was made, whichever clock that was by', async () => {
        const ahora = 10_000
        const pedidos = [await crear({ ahora }), await crear({ ahora })]
        const antes = ahora - 50
        const terminar = async (numero: number) => {
          const que = { numero, proposito: 'cancelar', actor: 'x', motivo: null } as const
          await base.store.proponer({ ...que, ahora: antes, proximaEn: antes })
          const corrida = corridaDe('cancelar', 'x', antes)
          return base.store.terminar({ ...que, estado: 'Cancelado', ahora: antes, corrida })
        }
        // At once, as they may share their statements then.
        await Promise.all(pedidos.map(({ numero }) => terminar(numero)))
        for (const { id } of pedidos) {
          const pedido = await base.store.porId(id)
          expect(pedido).toMatchObject({ estado: 'Cancelado', actualizadoEn: ahora })
          expect(pedido?.historial.map(({ en }) => en)).toEqual([ahora, ahora])
        }
        expect(await base.store.ultimoCambio()).toBe(ahora)
      })

      test('is made once: an id that is used makes no other', async () => {
        const { id } = await crear()
        expect(await base.store.usado(id)).toBe(true)
        expect((await base.store.crear(nuevoPedido({ id }))).tipo).toBe('usado')
        expect(await base.store.usado(Bun.randomUUIDv7())).toBe(false)
        expect(await numeros()).toEqual([1])
      })

      test('can be held for longer, not for less, and not once it has ended', async () => {
        const { id, numero, expiraEn } = await crear()
        const mas = (hasta: number) =>
          base.store.prorrogar({
            numero,
            expiraEn: hasta,
            ahora: 2_000,
            corrida: corridaDe('prorrogar', 'x', 2_000),
          })
        expect(await mas(expiraEn - 1)).toBe(false)
        expect(await mas(expiraEn + 1)).toBe(true)
        expect(await base.store.porId(id)).toMatchObject({ expiraEn: expiraEn + 1, version: 2 })
        await completar(numero)
        expect(await mas(expiraEn + 2)).toBe(false)
        const historia = await base.store.historia(id)
        expect(historia?.corridas.map(({ operacion }) => operacion)).toEqual([
          'comprar',
          'prorrogar',
          'completar',
        ])
      })
    })

    describe('that is ready', () => {
      test('says so once in its history, and is a version on', async () => {
        const { id, numero } = await crear({ ahora: 5_000 })
        const veces = await Promise.all([listo(numero), listo(numero)])
        expect(veces.sort()).toEqual([false, true])
        const pedido = await base.store.porId(id)
        expect(pedido).toMatchObject({ estado: 'Pendiente', version: 2, actualizadoEn: 5_000 })
        expect(pedido?.historial).toMatchObject([
          { estado: 'Pendiente' },
          { estado: 'Pendiente', tipo: 'envio.preparado', actor: 'x', en: 5_000 },
        ])
        await completar(numero)
        expect((await base.store.porId(id))?.historial.map(({ estado }) => estado)).toEqual([
          'Pendiente',
          'Pendiente',
          'Completado',
        ])
      })

      test('has neither ended nor is about to', async () => {
        const [ended, ending] = [await crear(), await crear()]
        await completar(ended.numero)
        const suyo = { proposito: 'cancelar', actor: 'x', motivo: null } as const
        await base.store.proponer({ ...suyo, numero: ending.numero, ahora: 1, proximaEn: 1 })
        expect([await listo(ended.numero), await listo(ending.numero)]).toEqual([false, false])
      })

      test('is no other order: lists, search and sums know it once', async () => {
        const { numero, clienteId } = await crear({ notas: 'taza' })
        await listo(numero)
        const suyos = { ...todos, clienteId, q: 'taza' }
        expect((await base.store.listar(suyos))?.map((uno) => uno.numero)).toEqual([numero])
        const dias = diasDe({ desde: '1970-01-01', hasta: '1970-01-01', zona: 'UTC', ahora: 0 })
        const resumen = await base.store.resumen({ dias, moneda: 'USD' })
        expect(resumen).toMatchObject({ pendientes: 1, porDia: [{ pedidos: 1 }] })
      })
    })

    test('the links to an order are taken back, each time for good', async () => {
      const [una, otra] = [await crear(), await crear()]
      expect(await base.store.vuelta(una.numero)).toBe(0)
      await Promise.all([1, 2].map(() => base.store.revocarEnlaces(una.numero)))
      expect(await base.store.vuelta(una.numero)).toBe(2)
      expect(await base.store.vuelta(otra.numero)).toBe(0)
    })

    describe('the answer to an idempotency key', () => {
      test('is the order that it made, for a day, and tells another request apart', async () => {
        const clave = claveDe(base.store)
        expect(await base.store.antecedentes(clave, 0)).toEqual({
          respuesta: undefined,
          primerIdUsado: false,
        })
        const pedido = await crear({ id: clave.primerId, clave })
        const { respuesta } = await base.store.antecedentes(clave, 2_000)
        if (respuesta === undefined) throw new Error('no answer is kept')
        expect(respuesta).toEqual({ tipo: 'pedido', misma: true, pedido })
        expect(
          (await base.store.antecedentes(claveDe(base.store, 'otra'), 2_000)).respuesta?.misma,
        ).toBe(false)
        const again = await base.store.crear(nuevoPedido({ id: clave.primerId, clave }))
        expect(again).toEqual({ tipo: 'respondida', respuesta })
        expect(await base.store.antecedentes(clave, 1_000 + 24 * horaMs)).toEqual({
          respuesta: undefined,
          primerIdUsado: true,
        })
      })

      test('is kept of a later attempt as well, whose id does not tell it', async () => {
        const clave = claveDe(base.store)
        const id = base.store.idDeClave('u', 'k', 1)
        const pedido = await crear({ id, clave })
        expect(await base.store.antecedentes(clave, 2_000)).toEqual({
          respuesta: { tipo: 'pedido', misma: true, pedido },
          primerIdUsado: false,
        })
      })

      test('is the first refusal, whatever comes later', async () => {
        const clave = claveDe(base.store)
        const negativa = { codigo: 'cliente-inactivo' } as const
        const primera = { tipo: 'negativa', misma: true, negativa } as const
        expect(await base.store.negar(clave, negativa, 1_000)).toEqual(primera)
        expect(await base.store.negar(clave, { codigo: 'cliente-inexistente' }, 1_001)).toEqual(
          primera,
        )
        const creacion = await base.store.crear(nuevoPedido({ id: clave.primerId, clave }))
        expect(creacion).toEqual({ tipo: 'respondida', respuesta: primera })
        // A day later the key is free.
        const { respuesta } = await base.store.antecedentes(clave, 1_000 + 24 * horaMs)
        expect(respuesta).toBeUndefined()
      })
    })

    describe('what a customer holds', () => {
      const cupo = { pedidos: 2, unidades: 100, comprasDiarias: 9, plazoSegundos: 60 }
      const mas = { pedidos: 1, unidades: 2 }
      const suyo = { clienteId: 'ana', cupo }

      test('is judged in the write of the order, whoever made the others', async () => {
        await crear(suyo)
        await (await base.otro()).store.crear(nuevoPedido(suyo))
        expect(await base.store.crear(nuevoPedido(suyo))).toMatchObject({
          tipo: 'excedido',
          exceso: { uso: { pedidos: 2, unidades: 4 } },
        })
        expect(await base.store.excede('ana', mas, cupo)).toMatchObject({ uso: { pedidos: 2 } })
        expect(await base.store.excede('luis', mas, cupo)).toBeUndefined()
      })

      test('is less once an order has ended, and is not what staff bought for them', async () => {
        const { numero } = await crear(suyo)
        await crear(suyo)
        await completar(numero)
        await crear({ ...suyo, creadoPor: 'staff', cupo: undefined })
        expect(await base.store.excede('ana', mas, cupo)).toBeUndefined()
      })
    })

    test('the history tells each event once, in the order of its places', async () => {
      expect(await base.historial.ultima()).toBe(0)
      const { id } = await crear({ clienteId: 'ana' })
      await crear({ clienteId: 'luis' })
      await completar(1)
      const ultima = await base.historial.ultima()
      const todo = { clienteId: undefined, desde: 0, hasta: ultima, limite: 9 }
      const eventos = await base.historial.leer(todo)
      expect(eventos.map(({ numero, estado }) => [numero, estado])).toEqual([
        [1, 'Pendiente'],
        [2, 'Pendiente'],
        [1, 'Completado'],
      ])
      expect(eventos[0]).toMatchObject({ pedidoId: id, clienteId: 'ana', motivo: null, en: 1_000 })
      const places = eventos.map(({ secuencia }) => secuencia)
      expect(places).toEqual(places.toSorted((a, b) => a - b))
      expect(places.at(-1)).toBe(ultima)
      const [primera = 0] = places
      expect(await base.historial.leer({ ...todo, desde: primera })).toEqual(eventos.slice(1))
      expect(await base.historial.leer({ ...todo, limite: 1 })).toEqual(eventos.slice(0, 1))
    })

    test('the summary has all that was written before it was asked for, also anew', async () => {
      await crear()
      await crear({ moneda: 'EUR' })
      await crear()
      await completar(1)
      const dias = diasDe({ desde: '1970-01-01', hasta: '1970-01-02', zona: 'UTC', ahora: 0 })
      const cuentas = { pedidos: 0, completados: 0, cancelados: 0, ingresos: 0, abonado: 0 }
      const sinNada = { ...cuentas, cobrado: 0, reembolsado: 0, disputado: 0 }
      const resumen = {
        pendientes: 2,
        porDia: [
          { dia: '1970-01-01', ...sinNada, pedidos: 2, completados: 1, ingresos: 1_000 },
          { dia: '1970-01-02', ...sinNada },
        ],
        porMetodo: [],
        saldos: [],
        masVendidos: [
          { productoId: 'p1', sku: 'CAF-1', nombre: 'Café', unidades: 2, ingresos: 1_000 },
        ],
      }
      expect(await base.store.resumen({ dias, moneda: 'USD' })).toEqual(resumen)
      await base.store.quitarMarca('resumen')
      expect(await (await base.otro()).store.resumen({ dias, moneda: 'USD' })).toEqual(resumen)
    })
  })
}
