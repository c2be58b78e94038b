import { describe, expect, test } from 'bun:test'
import { sinAjustes } from '../../src/domain/ajustes.ts'
import type { Aviso } from '../../src/domain/aviso.ts'
import type { Proposito } from '../../src/domain/pedido.ts'
import type { NuevoPedido } from '../../src/ports/store.ts'
import { cobroNuevo, tras } from '../fake-pagos.ts'
import { pagos } from './cobranza-fixture.ts'
import { type Base, corridaDe, horaMs } from './fixture.ts'
import { condiciones, nuevoMetodo } from './ventas.ts'

const contacto = { nombre: 'Ana "email":', email: 'ana@correo.example' }
const retiro = { codigo: 'local', nombre: 'Local', tipo: 'retiro', plazoDias: null } as const
const direccionEnvio = { nombre: 'Ana', calle: 'Sol 1', ciudad: 'Loja', pais: 'EC' }
const tipos = (avisos: readonly Aviso[]): string[] => avisos.map(({ tipo }) => tipo).sort()

/** What whoever keeps the orders promises of the mails about them. */
export function avisosContract(base: Base): void {
  const conCorreo = (mas: Partial<NuevoPedido> = {}) =>
    base.crear({ condiciones: condiciones({ contacto }), ...mas })
  /** Has all that happened be taken in. */
  const seguir = async () => {
    for (const uno of base.store.seguidores) await uno.alDia({ maxMs: Infinity })
  }
  const listo = (numero: number) => base.store.preparar({ numero, actor: 'x', ahora: 2_000 })
  const suyos = async (numero: number) => tipos(await base.store.avisosDe(numero))
  async function terminar(numero: number, proposito: Proposito) {
    const que = { numero, proposito, actor: 'x', motivo: null, ahora: 2_000 } as const
    await base.store.proponer({ ...que, proximaEn: 2_000 })
    const estado = proposito === 'completar' ? 'Completado' : 'Cancelado'
    await base.store.terminar({ ...que, estado, corrida: corridaDe(proposito, 'x', 2_000) })
  }
  const debidas = async () =>
    (await base.store.debidas('avisar', 1e15, 99)).map(({ clave }) => clave)
  const personal = async (...correos: string[]) => {
    const quien = { por: { actorId: 'jefa' }, ahora: 5 }
    const ajustes = { ...sinAjustes, personal: correos }
    return await base.store.ponerAjustes({ ajustes, admite: () => true, ...quien })
  }

  describe('mails about orders', () => {
    test('are owed for each event of an order whose customer gave an address', async () => {
      const sinNada = await base.crear()
      const sinCorreo = await conCorreo({
        condiciones: condiciones({ contacto: { nombre: 'Ana "email":"x' } }),
      })
      const enviado = await conCorreo({ direccionEnvio })
      const retirado = await conCorreo({
        condiciones: condiciones({ contacto, metodoEnvio: retiro }),
      })
      const mostrador = await conCorreo({
        condiciones: condiciones({ contacto, canal: 'mostrador' }),
      })
      const cancelado = await conCorreo()
      await listo(enviado.numero)
      await listo(retirado.numero)
      for (const { numero } of [sinNada, sinCorreo, enviado, retirado, mostrador]) {
        await terminar(numero, 'completar')
      }
      await terminar(cancelado.numero, 'cancelar')
      await seguir()
      const alta = ['instrucciones', 'recibido']
      expect(await suyos(sinNada.numero)).toEqual([])
      expect(await suyos(sinCorreo.numero)).toEqual([])
      expect(await suyos(enviado.numero)).toEqual(['enviado', ...alta])
      expect(await suyos(retirado.numero)).toEqual([
        'entregado',
        'instrucciones',
        'listo',
        'recibido',
      ])
      expect(await suyos(mostrador.numero)).toEqual(['recibido'])
      expect(await suyos(cancelado.numero)).toEqual(['cancelado', ...alta])
      const antes = await debidas()
      expect(antes).toHaveLength(11)
      // Also from the beginning of the history: what is owed is owed once.
      await base.store.quitarMarca('avisos')
      await seguir()
      expect(await debidas()).toEqual(antes)
    })

    test('to the staff are owed where it wants any, for what customers order', async () => {
      const nadie = await base.crear()
      await seguir()
      await personal('caja@bazar.example')
      const suyo = await base.crear()
      const deCaja = await base.crear({ creadoPor: 'caja' })
      await seguir()
      expect(await suyos(nadie.numero)).toEqual([])
      expect(await suyos(suyo.numero)).toEqual(['pedido-nuevo'])
      expect(await suyos(deCaja.numero)).toEqual([])
    })

    test('are owed for money that came or is claimed, with how much where that is to be told', async () => {
      await personal('caja@bazar.example')
      const { numero } = await conCorreo()
      const cobro = cobroNuevo('c1', 1_000)
      const pagado = tras(cobro, 'captura', 1_000, { estado: 'cobrado' })
      const disputado = tras(pagado, 'contracargo', 400, { disputa: 'abierta' })
      for (const dicho of [cobro, pagado, disputado]) await pagos(base).contar(numero, dicho)
      await seguir()
      const alta = ['instrucciones', 'pagado', 'pedido-nuevo', 'recibido']
      expect(await suyos(numero)).toEqual(['disputa', ...alta])
      const disputa = (await base.store.avisosDe(numero)).find(({ tipo }) => tipo === 'disputa')
      expect(JSON.parse(disputa?.datos ?? '')).toEqual({ cobroId: 'c1', importe: 400 })
      expect(await debidas()).toHaveLength(5)
    })

    test('are written down as they went, and owed until they have', async () => {
      const { numero, id } = await conCorreo({
        condiciones: condiciones({ contacto, canal: 'mostrador', metodoEnvio: retiro }),
      })
      await seguir()
      const [debida] = await base.store.debidas('avisar', 1e15, 9)
      const avisoId = Number(debida?.clave)
      if (!debida) throw new Error('nothing is owed')
      const materia = await base.store.materiaDeAviso(avisoId)
      expect(materia).toMatchObject({
        aviso: { tipo: 'recibido', numero, estado: 'por-enviar', intentos: 0 },
        pedido: { id },
        ajustes: sinAjustes,
        instrucciones: null,
      })
      const instrucciones = 'De 9 a 18'
      await base.store.crearMetodo(nuevoMetodo({ codigo: 'local', instrucciones }), 1)
      expect(await base.store.materiaDeAviso(avisoId)).toMatchObject({ instrucciones })
      const anotar = (estado: Aviso['estado'], fallo: string | null) =>
        base.store.anotarAviso({ id: avisoId, estado, fallo, ahora: 9_000 }, debida)
      await anotar('por-enviar', 'EMESSAGE 451')
      expect(await debidas()).toEqual([debida.clave])
      await anotar('fallido', 'EENVELOPE 550')
      expect(await debidas()).toEqual([])
      const fallido = { id: avisoId, estado: 'fallido', intentos: 2, fallo: 'EENVELOPE 550' }
      expect(await base.store.avisosDe(numero)).toMatchObject([{ ...fallido, terminadoEn: 9_000 }])
      // It has ended: nothing comes after it.
      await anotar('enviado', null)
      const fallidos = { estado: 'fallido', limite: 5 } as const
      expect(await base.store.listarAvisos(fallidos)).toMatchObject([fallido])
      expect(await base.store.listarAvisos({ ...fallidos, antesDe: avisoId })).toEqual([])
      expect(await base.store.listarAvisos({ ...fallidos, estado: 'por-enviar' })).toEqual([])

      const veces = [1, 2].map(() => base.store.repetirAviso(avisoId, 10_000))
      const [otro, mismo] = await Promise.all(veces)
      expect(otro).toMatchObject({ tipo: 'recibido', estado: 'por-enviar', creadoEn: 10_000 })
      expect(mismo).toEqual(otro)
      expect(await debidas()).toEqual([`${otro?.id}`])
      expect(await base.store.repetirAviso(999, 10_000)).toBeUndefined()
      expect(await base.store.materiaDeAviso(999)).toBeUndefined()
    })

    test('are owed once to who is about to lose what was kept for them', async () => {
      const ahora = 1_000_000
      const plazo = { ahora, expiraEn: ahora + 4 * horaMs }
      const [uno, otro] = [await conCorreo(plazo), await conCorreo(plazo)]
      await base.crear(plazo)
      await terminar(otro.numero, 'cancelar')
      const mirar = async (en: number, limite = 9) => {
        const desde = { expiraEn: 0, numero: 0 }
        const sigue = await base.store.avisarPorVencer({ desde, ahora: en, limite })
        const avisos = await base.store.avisosDe(uno.numero)
        return [sigue, avisos.filter(({ tipo }) => tipo === 'por-vencer').length]
      }
      expect(await mirar(plazo.expiraEn - 1.1 * horaMs)).toEqual([undefined, 0])
      const lugar = { expiraEn: plazo.expiraEn, numero: uno.numero }
      expect(await mirar(plazo.expiraEn - 0.9 * horaMs, 1)).toEqual([lugar, 1])
      expect(await mirar(plazo.expiraEn - 0.5 * horaMs)).toEqual([undefined, 1])
      expect(await suyos(otro.numero)).not.toContain('por-vencer')
    })
  })

  test('what is running out is told once, and anew when it had been enough', async () => {
    const cafe = { productoId: 'p1', nombre: 'Café', quedan: 2 }
    const te = { productoId: 'p2', nombre: 'Té', quedan: 0 }
    const avisar = (escasas: readonly (typeof cafe)[], repuestas: readonly string[] = []) =>
      base.store.avisarBajas({ escasas, repuestas, ahora: 7_000 })
    await avisar([cafe])
    await Promise.all([avisar([cafe, te]), avisar([cafe])])
    expect(await base.store.existenciasAvisadas()).toEqual(['p1', 'p2'])
    const datos = async () => {
      const materias = (await debidas()).map((clave) => base.store.materiaDeAviso(Number(clave)))
      return (await Promise.all(materias)).map((una) => una?.aviso.datos)
    }
    const [deCafe, deTe] = [cafe, te].map(({ nombre, quedan }) =>
      JSON.stringify([{ nombre, quedan }]),
    )
    expect(await datos()).toEqual([deCafe, deTe])
    await avisar([], ['p1'])
    await avisar([cafe])
    expect(await datos()).toEqual([deCafe, deTe, deCafe])
  })

  test('what the shop sets of its mails is kept, by who has seen what they change', async () => {
    expect(await base.store.ajustes()).toEqual({ ajustes: sinAjustes, version: 0 })
    expect(await personal('a@b.example')).toMatchObject({ version: 1 })
    expect(await personal('a@b.example')).toMatchObject({ version: 1 })
    const quien = { por: { actorId: 'jefa', direccion: '203.0.113.7' }, ahora: 5 }
    const ajustes = {
      personal: [],
      tipos: { enviado: false },
      instruccionesPago: { es: 'Al "contado"' },
      idioma: 'en',
    } as const
    const cambio = { ajustes, ...quien, admite: (version: number) => version === 0 }
    expect(await base.store.ponerAjustes(cambio)).toBeUndefined()
    const puestos = await base.store.ponerAjustes({ ...cambio, admite: () => true })
    expect(puestos).toEqual({ ajustes, version: 2 })
    expect(await base.store.ajustes()).toEqual({ ajustes, version: 2 })
  })
}
