import { describe, expect, test } from 'bun:test'
import * as deberes from '../../src/domain/deberes.ts'
import type { PagosStore } from '../../src/ports/store.ts'
import { abierto, captura, cobroNuevo, cuando, nuevo, pagado, pedir, vistoDe } from './fixture.ts'

const dia = 24 * 3_600_000
const { ahora } = cuando
const por = { actorId: 'jefa', ahora, direccion: undefined }
const id = () => Bun.randomUUIDv7()
/** Whose turn has come of what is owed of a kind. */
const claves = async (store: PagosStore, tipo: string, hasta: number = ahora) =>
  (await store.debidas(tipo, hasta, 10_000)).map(({ clave }) => clave)
const eventosDe = async (store: PagosStore, cobroId: string) =>
  (await store.eventos({ despuesDe: 0, tipos: undefined, limite: 10_000 }))
    .filter(({ sujeto }) => sujeto === cobroId)
    .map(({ tipo }) => tipo)

/** What every store of pagos holds to, whatever the database; several tests may share one. */
export function pagosStoreContract(engine: string, open: () => PagosStore) {
  describe(`the store of pagos on ${engine}`, () => {
    test('makes a charge once for each key, and owes that it is opened', async () => {
      const store = open()
      const cobro = cobroNuevo()
      const clave = { usuarioId: id(), clave: 'k', huella: 'h' }
      const peticion = { cobro, clave, por, proximaEn: ahora + 9, ...cuando }
      const una = await store.crear(peticion)
      const otra = await store.crear({ ...peticion, cobro: cobroNuevo() })
      expect([una.tipo, otra.tipo]).toEqual(['creado', 'repetido'])
      expect(otra).toMatchObject({ cobro: { id: cobro.id } })
      const distinta = await store.crear({ ...peticion, clave: { ...clave, huella: 'otra' } })
      expect(distinta).toEqual({ tipo: 'distinta' })
      expect(await store.cobro(cobro.id)).toMatchObject({
        ...cobro,
        estado: 'creado',
        version: 1,
        contada: 0,
        movimientos: [],
      })
      expect(await store.deClave(clave, ahora)).toMatchObject({ id: cobro.id })
      expect(await store.deClave({ ...clave, huella: 'otra' }, ahora)).toBe('distinta')
      expect(await store.deClave(clave, ahora + 2 * dia)).toBeUndefined()
      expect(await claves(store, deberes.abrir)).not.toContain(cobro.id)
      expect(await claves(store, deberes.abrir, ahora + 9)).toContain(cobro.id)
      const [linea] = await store.auditoria({ sujetoId: cobro.id, limite: 9 })
      expect(linea).toMatchObject({ accion: 'cobro-creado', actorId: 'jefa' })
      expect(await store.olvidarClaves(ahora + 2 * dia, 1_000)).toBeGreaterThan(0)
    })

    test('opens it with its session, and tells nobody where the shopper goes back to', async () => {
      const store = open()
      const cobroId = await abierto(store)
      expect(await store.porReferencia('stripe', `cs ${cobroId}`)).toMatchObject({
        id: cobroId,
        estado: 'abierto',
        version: 2,
        contada: 1,
        volverA: null,
        consultarEn: ahora + 60_000,
      })
      expect(await claves(store, deberes.abrir, ahora + 9)).not.toContain(cobroId)
      expect(await claves(store, deberes.contar)).toContain(cobroId)
      const consultar = deberes.consultar('stripe')
      expect(await claves(store, consultar, ahora + 60_000)).toContain(cobroId)
      expect(await eventosDe(store, cobroId)).toEqual(['cobro.abierto'])
      expect(await store.ultimoMomento()).toBe(ahora)
    })

    test('closes one that was never opened, and the session that came too late', async () => {
      const store = open()
      const { id: cobroId, pedidoId } = await nuevo(store)
      await store.desistir({ cobroId, causa: 'anulado', contar: true, ...cuando })
      expect(await store.cobrosDe(pedidoId)).toMatchObject([
        { estado: 'cerrado', causa: 'anulado' },
      ])
      const sesion = { referencia: `cs ${cobroId}`, url: undefined, expiraEn: undefined }
      await store.abrir({ cobroId, sesion, ordenes: [], consultable: true, ...cuando })
      expect(await store.cobro(cobroId)).toMatchObject({ estado: 'cerrado', url: null })
      expect(await claves(store, deberes.cerrar('stripe'))).toContain(cobroId)
    })

    test('counts what a provider says once, and puts aside what is another charge’s', async () => {
      const store = open()
      const [cobroId, otroId] = [await abierto(store), await abierto(store)]
      const movimientos = [captura(1_000)]
      const decir = (cual: string) =>
        store.conciliar({
          cobroId: cual,
          proveedor: 'stripe',
          visto: vistoDe(cual, { estado: 'cobrado', movimientos }),
          consultable: true,
          ...cuando,
        })
      await decir(cobroId)
      expect(await decir(cobroId)).toMatchObject({ estado: 'cobrado', cobrado: 1_000, version: 3 })
      expect(await decir(otroId)).toMatchObject({ cobrado: 0 })
      const ajenos = (await store.ajenos(false)).filter((uno) => uno.cobroId === otroId)
      expect(ajenos).toMatchObject([{ importe: 1_000, tipo: 'captura' }])
      const [cual] = ajenos
      if (!cual) throw new Error('it was put aside')
      const resuelto = { resueltoEn: por.ahora, resolucion: 're_1' }
      for (const resolucion of ['re_1', 're_2']) {
        const dicho = await store.resolverAjeno({ cual, resolucion, por })
        expect(dicho).toMatchObject(resuelto)
      }
      const suyos = (si: boolean) => store.ajenos(si).then((todos) => todos.filter(esSuyo))
      const esSuyo = (uno: typeof cual) => uno.cobroId === otroId
      expect([await suyos(false), await suyos(true)]).toMatchObject([[], [resuelto]])
      expect(
        await store.auditoria({ sujetoId: `stripe:captura:${cual.referencia}`, limite: 9 }),
      ).toMatchObject([{ accion: 'ajeno-resuelto', actorId: por.actorId, detalle: 'importe 1000' }])
      const nadie = { ...cual, referencia: id() }
      expect(await store.resolverAjeno({ cual: nadie, resolucion: 'x', por })).toBeUndefined()
      expect(await eventosDe(store, cobroId)).toEqual(['cobro.abierto', 'cobro.cobrado'])
      const [visto, de] = [vistoDe(cobroId), { consultable: true, ...cuando }]
      const ajena = await store.conciliar({ cobroId, proveedor: 'externo', visto, ...de })
      expect(ajena).toBeUndefined()
    })

    test('writes down what people receive, once for each reference', async () => {
      const store = open()
      const cobroId = await abierto(store, 'manual')
      const base = {
        cobroId,
        importe: 600,
        recibidoEn: ahora,
        aceptarExceso: false,
        por,
        ...cuando,
      }
      const referencia = id()
      const una = { ...base, referencia, clave: { usuarioId: id(), clave: 'c', huella: 'h' } }
      expect(await store.capturar(una)).toMatchObject({ tipo: 'hecho', cobro: { cobrado: 600 } })
      expect(await store.capturar(una)).toMatchObject({ tipo: 'hecho', cobro: { cobrado: 600 } })
      const suelta = { ...base, clave: undefined }
      expect((await store.capturar({ ...suelta, referencia })).tipo).toBe('referencia-repetida')
      const otra = { ...suelta, referencia: id() }
      expect(await store.capturar(otra)).toEqual({ tipo: 'excedido', exceso: 200 })
      expect(await store.capturar({ ...otra, aceptarExceso: true })).toMatchObject({
        cobro: { estado: 'cobrado', cobrado: 1_200 },
      })
      const ajena = { ...otra, cobroId: await abierto(store), referencia: id() }
      expect((await store.capturar(ajena)).tipo).toBe('no-manual')
      expect((await store.capturar({ ...otra, cobroId: id() })).tipo).toBe('no-encontrado')
    })

    test('owes what pedidos wants, and tells on until it knows all', async () => {
      const store = open()
      const cobroId = await pagado(store)
      const [deuda, reembolsoId] = [
        { tipo: deberes.contar, clave: cobroId, datos: {}, intentos: 0 },
        id(),
      ]
      const orden = { tipo: 'reembolsar', reembolsoId, importe: 300, motivo: 'sobra' } as const
      await store.contado({ cobroId, version: 3, ordenes: [orden, orden], deuda, ...cuando })
      expect(await store.reembolso(reembolsoId)).toMatchObject({ cobroId, estado: 'por-enviar' })
      expect(await claves(store, deberes.reembolsar('stripe'))).toContain(reembolsoId)
      expect(await store.cobro(cobroId)).toMatchObject({ version: 4, contada: 3 })
      expect(await claves(store, deberes.contar)).toContain(cobroId)
      await store.contado({ cobroId, version: 4, ordenes: [], deuda, ...cuando })
      expect(await claves(store, deberes.contar)).not.toContain(cobroId)
    })

    test('gives back all that is left where there is no order', async () => {
      const store = open()
      const cobroId = await pagado(store)
      await pedir(store, cobroId, 400)
      const deuda = { tipo: deberes.contar, clave: cobroId, datos: {}, intentos: 0 }
      await store.sinPedido({ cobroId, deuda, ...cuando })
      await store.sinPedido({ cobroId, deuda, ...cuando })
      const cobro = await store.cobro(cobroId)
      expect(cobro?.reembolsos.filter(({ ajeno }) => ajeno)).toMatchObject([{ importe: 600 }])
      expect(cobro?.contada).toBe(cobro?.version ?? -1)
    })

    test('gives money back once for each id, and no more than there is', async () => {
      const store = open()
      const [cobroId, cual] = [await pagado(store), id()]
      expect((await pedir(store, cobroId, 700, cual)).tipo).toBe('creado')
      expect((await pedir(store, cobroId, 700, cual)).tipo).toBe('repetido')
      expect((await pedir(store, cobroId, 701, cual)).tipo).toBe('distinto')
      expect(await pedir(store, cobroId, 301)).toEqual({ tipo: 'excedido', queda: 300 })
      expect((await pedir(store, id(), 1)).tipo).toBe('no-encontrado')
      const deuda = { tipo: deberes.reembolsar('stripe'), clave: cual, datos: {}, intentos: 1 }
      const negado = { id: cual, causa: 'sin-fondos', deuda }
      await store.rechazado({ ...negado, ...cuando })
      expect(await store.reembolso(cual)).toMatchObject({
        estado: 'por-enviar',
        causa: 'sin-fondos',
      })
      await store.rechazado({ ...negado, ...cuando, ahora: ahora + 3 * dia })
      const fallidos = await store.reembolsos({ estado: 'fallido', limite: 10_000 })
      expect(fallidos.find((uno) => uno.id === cual)).toMatchObject({ cobroId, importe: 700 })
      const cierre = { id: cual, referencia: id(), por, ...cuando }
      expect((await store.cerrarReembolso(cierre)).tipo).toBe('hecho')
      expect((await store.cerrarReembolso(cierre)).tipo).toBe('hecho')
      expect((await store.cerrarReembolso({ ...cierre, referencia: id() })).tipo).toBe('en-camino')
      expect(await store.cobro(cobroId)).toMatchObject({ reembolsado: 700, cobrado: 1_000 })
      const sucesos = ['cobro.abierto', 'cobro.cobrado', 'reembolso.fallido', 'reembolso.hecho']
      expect(await eventosDe(store, cobroId)).toEqual(sucesos)
    })

    test('keeps a notice once, until what it is about has been asked for', async () => {
      const store = open()
      const [eventoId, cobroId] = [id(), await abierto(store)]
      const cuerpo = new TextEncoder().encode('{"ñ": 1}')
      const aviso = { proveedor: 'stripe', eventoId, referencia: 'cs', cuerpo, ahora }
      const juntas = await Promise.all([store.guardar(aviso), store.guardar(aviso)])
      expect([juntas.toSorted(), await store.guardar(aviso)]).toEqual([[false, true], false])
      const tipo = deberes.aviso('stripe')
      const [debida] = (await store.debidas(tipo, ahora, 10_000)).filter(
        ({ clave }) => clave === eventoId,
      )
      expect(debida?.datos).toEqual({ referencia: 'cs', recibidoEn: ahora })
      if (!debida) throw new Error('it is owed')
      expect(await store.tomar(debida, ahora + 5)).toBe(true)
      expect(await store.tomar(debida, ahora + 5)).toBe(false)
      const intento = { traza: 't', resultado: 'fallo', en: ahora, us: 1, pasos: [] }
      const aplazo = { proximaEn: ahora, causa: 'respuesta-inesperada', intento } as const
      await store.aplazar(debida, aplazo)
      expect(await store.aviso('stripe', eventoId)).toMatchObject({
        intentos: 1,
        estado: 'pendiente',
      })
      await store.ajeno('stripe', eventoId)
      const ajenos = await store.avisos({ estado: 'ajeno', limite: 10_000 })
      expect(ajenos.map((uno) => uno.eventoId)).toContain(eventoId)
      expect(await store.reintentar('stripe', eventoId, cuando, por)).toMatchObject({
        estado: 'pendiente',
      })
      expect(await store.reintentar('stripe', id(), cuando, por)).toBeUndefined()
      const visto = vistoDe(cobroId)
      const de = { cobroId, proveedor: 'stripe', visto, consultable: true, ...cuando } as const
      await store.conciliar({ ...de, aviso: { eventoId, referencia: 'cs' } })
      expect(await store.aviso('stripe', eventoId)).toMatchObject({
        estado: 'hecho',
        proximaEn: null,
      })
    })

    test('lists charges by their state, newest first', async () => {
      const store = open()
      const [uno, otro] = [await abierto(store), await abierto(store)]
      const lista = await store.cobros({ estado: 'abierto', limite: 1 })
      expect(lista.map((cobro) => cobro.id)).toEqual([otro, uno])
      const [primero] = lista
      const resto = await store.cobros({ antesDe: primero?.n, limite: 1 })
      expect(resto[0]?.id).toBe(uno)
    })

    test('owes until it is done, and knows marks, methods and whose turn it is', async () => {
      const store = open()
      const { id: cobroId } = await nuevo(store)
      const deuda = { tipo: deberes.abrir, clave: cobroId, datos: {}, intentos: 0 }
      const { pendientes } = await store.espera()
      expect(pendientes.find(({ que }) => que === deberes.abrir)?.cuantas).toBeGreaterThan(0)
      await store.cerrar(deuda)
      expect(await claves(store, deberes.abrir, ahora + 9)).not.toContain(cobroId)
      await store.marcar('una', '1')
      await store.marcar('una', '2')
      expect([await store.marca('una'), await store.marca('otra')]).toEqual(['2', undefined])
      expect(await store.deGuardia()).toBe(true)
      const campos = { nombre: 'A', momento: 'antes', paises: [], activo: true } as const
      const nulos = { plazoSegundos: null, instrucciones: null, minimo: null, maximo: null }
      const puesto = await store.ponerMetodo({
        codigo: 'a',
        campos: { ...campos, ...nulos, proveedor: 'manual', posicion: undefined },
        admite: () => true,
        por,
      })
      expect([puesto.tipo, (await store.metodos()).length]).toEqual(['creado', 1])
    })
  })
}
