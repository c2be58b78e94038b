import { describe, expect, test } from 'bun:test'
import { idDeAnulacion } from '../../src/domain/identidad-pedido.ts'
import { type Abrir, conBase, corridaDe, horaMs } from './fixture.ts'
import { cobroNuevo, tras } from '../fake-pagos.ts'
import { condiciones } from './ventas.ts'

const { operacion: _, actor: __, ...intento } = corridaDe('cancelar', 'x', 7)
const causa = 'servicio-no-disponible'

/** What whoever keeps what is owed promises, for orders that are to end as for all else. */
export function obligacionesContract(name: string, abrir: Abrir): void {
  describe(`what is owed on ${name}`, () => {
    const base = conBase(abrir)

    async function deOrden() {
      const { id, numero } = await base.crear()
      const quien = { actor: 'x', motivo: null, ahora: 2_000 }
      const proximaEn = 3_000
      await base.store.proponer({ numero, proposito: 'cancelar', ...quien, proximaEn })
      return { tipo: 'terminar-pedido', clave: id, que: 'cancelar' }
    }
    async function deDescarte() {
      const clave = Bun.randomUUIDv7()
      const cuando = { ahora: 2_000, proximaEn: 3_000, traza: 't' }
      await base.store.descartar({ ids: [clave], motivo: 'm', ...cuando })
      return { tipo: 'soltar-reserva', clave, que: 'soltar-reserva' }
    }
    async function deCliente() {
      const clave = Bun.randomUUIDv7()
      await base.store.anotarBorrados({ ids: [clave], ahora: 3_000, traza: 't' })
      return { tipo: 'olvidar-cliente', clave, que: 'olvidar-cliente' }
    }
    async function deAnulado() {
      const { id, numero } = await base.crear()
      await base.completar(numero)
      const que = { numero, pedidoId: id, id: idDeAnulacion(id), actor: 'x', motivo: 'm' }
      await base.store.anular({ ...que, ahora: 2_000, proximaEn: 3_000, traza: 't' })
      return { tipo: 'reponer', clave: id, que: 'reponer' }
    }
    async function deAviso() {
      const contacto = { nombre: 'Ana', email: 'ana@correo.example' }
      const suyas = condiciones({ contacto, canal: 'mostrador' })
      await base.crear({ condiciones: suyas, ahora: 3_000 })
      for (const uno of base.store.seguidores) await uno.alDia({ maxMs: Infinity })
      return { tipo: 'avisar', clave: '1', que: 'avisar' }
    }
    /** An order with money that was promised, or taken as well, after its end. */
    async function deDinero(como: 'autorizado' | 'cobrado', fin: 'completar' | 'cancelar') {
      const { id, numero } = await base.crear()
      const cuando = { ahora: 2_000, proximaEn: 3_000, traza: 't', numero, actor: 'x' }
      const nuevo = cobroNuevo(Bun.randomUUIDv7(), 1_000)
      const prometido = tras(nuevo, 'autorizacion', 1_000, { estado: 'autorizado' })
      const cobro =
        como === 'autorizado' ? prometido : tras(prometido, 'captura', 1_000, { estado: como })
      await base.store.anotarCobro({ ...cuando, cobro, expiraEn: undefined })
      const corrida = corridaDe(fin, 'x', 2_000)
      const firme = { proposito: 'asegurar', apartado: 'firme' } as const
      await base.store.seguirCobrado({ ...cuando, ...firme, corrida })
      const que = { ...cuando, proposito: fin, motivo: null }
      await base.store.proponer(que)
      const estado = fin === 'completar' ? 'Completado' : 'Cancelado'
      await base.store.terminarCobrado({ ...que, estado, corrida })
      return { id, cobroId: cobro.id }
    }
    async function deCaptura() {
      const { cobroId: clave } = await deDinero('autorizado', 'completar')
      return { tipo: 'capturar-cobro', clave, que: 'capturar-cobro' }
    }
    async function deCierre() {
      const { cobroId: clave } = await deDinero('autorizado', 'cancelar')
      return { tipo: 'cerrar-cobro', clave, que: 'cerrar-cobro' }
    }
    async function deReembolso() {
      const { id } = await deDinero('cobrado', 'cancelar')
      const [reembolso] = (await base.store.porId(id))?.cobranza?.reembolsos ?? []
      return { tipo: 'reembolsar', clave: reembolso?.id ?? '', que: 'reembolsar' }
    }
    const clases = [
      ['to an order', deOrden],
      ['to a discard', deDescarte],
      ['to an erased customer', deCliente],
      ['to a stock that an order was voided for', deAnulado],
      ['to who is to hear of something', deAviso],
      ['to who has paid too much', deReembolso],
      ['to a charge that nobody is to pay', deCierre],
      ['to the shop, as it was promised', deCaptura],
    ] as const

    test('one process is on duty, and stays so, also where others share the database', async () => {
      const otro = (await base.otro()).store
      const uno = () => base.store.deGuardia()
      // Where nobody else is expected, nobody else asks.
      const alOtro = !base.store.compartido
      expect([await uno(), await otro.deGuardia(), await uno()]).toEqual([true, alOtro, true])
    })

    test.each(clases)('%s has its turn, is taken by one, and is put off', async (_que, deber) => {
      const { tipo, clave, que } = await deber()
      const debidas = (hasta: number) => base.store.debidas(tipo, hasta, 10)
      expect(await debidas(2_999)).toEqual([])
      const [debida] = await debidas(3_000)
      if (!debida) throw new Error('nothing is owed')
      expect(debida).toMatchObject({ tipo, clave, intentos: 0, proximaEn: 3_000 })
      const otro = (await base.otro()).store
      const tomadas = [base.store.tomar(debida, 9_000), otro.tomar(debida, 9_000)]
      expect((await Promise.all(tomadas)).toSorted()).toEqual([false, true])
      expect(await debidas(8_999)).toEqual([])

      await base.store.aplazar(debida, { proximaEn: 5_000, causa, intento })
      expect(await debidas(5_000)).toMatchObject([{ clave, intentos: 1, proximaEn: 5_000 }])
      await base.store.aplazar(debida, { proximaEn: 6_000, intento })
      expect(await debidas(6_000)).toMatchObject([{ clave, intentos: 1, proximaEn: 6_000 }])
      expect(await otro.espera()).toEqual({
        pendientes: [{ que, cuantas: 1, fallidas: 1, desde: expect.any(Number) }],
        ultimoError: causa,
      })
    })

    test.each(clases.slice(1))('%s is owed once, and no more when closed', async (_que, deber) => {
      const { tipo, clave } = await deber()
      const [debida] = await base.store.debidas(tipo, horaMs, 10)
      if (!debida) throw new Error('nothing is owed')
      await base.store.cerrar(debida)
      const cuando = { ahora: 2_000, proximaEn: 3_000, traza: 't' }
      await base.store.descartar({ ids: [clave], motivo: 'm', ...cuando })
      await base.store.anotarBorrados({ ids: [clave], ahora: 3_000, traza: 't' })
      expect(await base.store.debidas(tipo, horaMs, 10)).toEqual([])
      expect(await base.store.tomar(debida, 9_000)).toBe(false)
      await base.store.aplazar(debida, { proximaEn: 5_000, causa, intento })
      expect(await base.store.debidas(tipo, horaMs, 10)).toEqual([])
    })

    test('a failure like the one before it is told once in the story of an order', async () => {
      const { tipo, clave } = await deOrden()
      const [debida] = await base.store.debidas(tipo, horaMs, 10)
      if (!debida) throw new Error('nothing is owed')
      for (const en of [7, 8, 9]) {
        await base.store.aplazar(debida, { proximaEn: en, causa, intento: { ...intento, en } })
      }
      const { corridas = [] } = (await base.store.historia(clave)) ?? {}
      expect(corridas.map(({ veces, en, hasta }) => [veces, en, hasta])).toEqual([
        [1, 1_000, 1_000],
        [3, 7, 9],
      ])
    })
  })
}
