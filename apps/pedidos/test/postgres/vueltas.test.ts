import { describeOnPostgres, testDatabase } from '@encargo/storage/testing/postgres'
import type { Storage } from '@encargo/storage'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { diasDe } from '../../src/domain/resumen.ts'
import type { Clave, Filtro, NuevoPedido, PedidosStore } from '../../src/ports/store.ts'
import { openPedidosPostgres } from '../../src/store/postgres/open.ts'
import { corridaDe, creado, nuevoPedido, todos } from '../contract/fixture.ts'
import { condiciones } from '../contract/ventas.ts'
import { cobroNuevo, tras } from '../fake-pagos.ts'
import { storeDe } from '../fixture.ts'

const veinte = <T>(hacer: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: 20 }, (_, n) => hacer(n)))
const alguno = () => cobroNuevo(Bun.randomUUIDv7(), 1_000)
const otros = () => Array.from({ length: 100 }, () => Bun.randomUUIDv7())
const descarte = (ahora: number) => ({ motivo: 'm', ahora, proximaEn: 9, traza: 't' })
const cupo = { pedidos: 99, unidades: 999, comprasDiarias: 99, plazoSegundos: 60 }

describeOnPostgres('of ways to PostgreSQL and back', () => {
  let storage: Storage
  let store: PedidosStore
  const abiertos: number[] = []
  const crear = (mas: Partial<NuevoPedido> = {}) =>
    store.crear(nuevoPedido({ clienteId: 'ana', notas: 'taza', ...mas }))

  /** How often somebody waited for the server until `hacer` was done, once it has been done before. */
  async function vueltas(hacer: () => Promise<unknown>): Promise<number> {
    await hacer()
    const antes = storage.stats().roundTrips ?? 0
    await hacer()
    return (storage.stats().roundTrips ?? 0) - antes
  }

  beforeAll(async () => {
    storage = await openPedidosPostgres(await testDatabase())
    store = await storeDe(storage)
    for (let n = 0; n < 60; n++) abiertos.push(creado(await crear()).numero)
    const contacto = { nombre: 'Ana', email: 'ana@correo.example' }
    await crear({ condiciones: condiciones({ contacto }) })
    for (const uno of store.seguidores) await uno.alDia({ maxMs: Infinity })
    await store.resumen({ dias: [], moneda: 'USD' })
  })
  afterAll(() => storage.close())

  const numero = () => abiertos.pop() ?? 0
  const quien = { proposito: 'cancelar', actor: 'x', motivo: 'm', ahora: 9 } as const
  const proponer = (n: number) => store.proponer({ ...quien, numero: n, proximaEn: 9 })
  const listo = (n: number) => store.preparar({ numero: n, actor: 'x', ahora: 9 })
  const corrida = corridaDe('cancelar', 'x', 9)
  const terminar = (n: number) =>
    store.terminar({ ...quien, numero: n, estado: 'Cancelado', corrida })
  const completo = async () => {
    const [n, en] = [creado(await crear()).numero, { ahora: 9, proximaEn: 9 }]
    const que = { numero: n, proposito: 'completar', actor: 'x', motivo: null, ...en } as const
    await store.proponer(que)
    await store.terminar({ ...que, estado: 'Completado', corrida })
    return n
  }
  let claves = 0
  const conClave = (): Partial<NuevoPedido> => {
    const usuarioId = 'ana'
    const texto = `k${claves++}`
    const primerId = store.idDeClave(usuarioId, texto, 0)
    const clave: Clave = { usuarioId, clave: texto, huella: 'h', primerId }
    return { id: primerId, clave, cupo: { ...cupo, pedidos: 999 } }
  }

  test('a purchase takes two, and twenty of one moment no more', async () => {
    expect(await vueltas(() => crear(conClave()))).toBe(2)
    expect(await vueltas(() => veinte(() => crear(conClave())))).toBe(2)
  })

  test('an end takes one to be meant and one to be, and twenty of one moment no more', async () => {
    expect(await vueltas(() => proponer(numero()))).toBe(1)
    expect(await vueltas(() => veinte(() => proponer(numero())))).toBe(1)
    await proponer(1)
    await proponer(2)
    let cual = 0
    expect(await vueltas(() => terminar(++cual))).toBe(1)
    for (let n = 3; n < 43; n++) await proponer(n)
    expect(await vueltas(() => veinte(() => terminar(++cual)))).toBe(1)
  })

  test('that it is ready takes one to be noted, and one to be in its history', async () => {
    expect(await vueltas(() => listo(numero()))).toBe(2)
  })

  test('a void takes five: one to be, one to ask whose it was, the others to be told and owed', async () => {
    const completos = [await completo(), await completo()]
    const anular = () => {
      const [n, id] = [completos.pop() ?? 0, Bun.randomUUIDv7()]
      const quien = { actor: 'x', motivo: 'm', ahora: 9, proximaEn: 9, traza: 't' }
      return store.anular({ numero: n, pedidoId: id, id, ...quien })
    }
    expect(await vueltas(anular)).toBe(5)
  })

  test('a guest’s order that is kept takes seven: one to be, the others to be read, listed, found and noted', async () => {
    const suyo = { clienteId: 'uno', condiciones: condiciones({ invitado: true }) }
    const pedidos = [creado(await crear(suyo)), creado(await crear(suyo))]
    for (const uno of store.seguidores) await uno.alDia({ maxMs: Infinity })
    const conservar = () =>
      store.conservar({ numero: pedidos.pop()?.numero ?? 0, de: 'uno', a: 'ana', ahora: 9 })
    expect(await vueltas(conservar)).toBe(7)
  })

  const listado = (filtro: Partial<Filtro>) => () => store.listar({ ...todos, ...filtro })
  test.each([
    ['an order', 2, async () => await store.porId((await algunId()) ?? '')],
    ['its story', 3, async () => await store.historia((await algunId()) ?? '')],
    ['a list of all', 2, listado({})],
    ['a list of a span of time', 3, listado({ desde: 1, hasta: 2_000 })],
    ['a list of a customer', 3, listado({ clienteId: 'ana' })],
    ['a search', 3, listado({ q: 'taza' })],
    ['what runs out', 2, listado({ porVencer: { expiraEn: 0, numero: 0 } })],
    ['money of a year', 2, () => store.dinero({ lapso, despuesDe: undefined, limite: 500 })],
    ['sales of a year', 5, () => store.hechos({ lapso, despuesDe: 0, limite: 500 })],
    ['notes', 1, () => store.notas({ numero: 1, limite: 5 })],
    ['a summary of a year', 2, () => resumenDeUnAno()],
    ['what became of a hundred ids', 1, () => store.destinos(ids)],
    ['under what they have their stock', 1, () => store.reservasDe(ids)],
    ['a mail with what it is about', 4, () => store.materiaDeAviso(1)],
    ['the mails of an order', 1, () => store.avisosDe(1)],
    ['what is offered', 1, () => store.ofrecido({ cupon: undefined, clienteId: 'ana' })],
    ['and a coupon', 2, () => store.ofrecido({ cupon: 'NO', clienteId: 'ana' })],
    ['what is left to do', 1, () => store.espera()],
    ['whether a key has an answer', 1, () => store.antecedentes(conClave().clave ?? nadie, 9)],
    ['what somebody new holds', 1, () => store.excede('otra', { pedidos: 1, unidades: 1 }, cupo)],
  ] as const)(
    '%s takes no more than it has questions that wait for each other',
    async (_, n, hacer) => {
      const propias = await vueltas(hacer)
      expect(propias).toBe(n)
    },
  )

  const ids = Array.from({ length: 100 }, () => Bun.randomUUIDv7())
  const lapso = { desde: 0, hasta: 9e12 }
  const nadie: Clave = { usuarioId: 'u', clave: 'k', huella: 'h', primerId: 'x' }
  let id: string | undefined
  /** Found without a way to the database once it is known. */
  const algunId = async () => (id ??= (await store.listar({ ...todos, limite: 1 }))?.[0]?.id)
  const dias = diasDe({ desde: '1970-01-01', hasta: '1970-12-31', zona: 'UTC', ahora: 0 })
  const resumenDeUnAno = () => store.resumen({ dias, moneda: 'USD' })

  test.each([
    ['a hundred discards', 4, (n: number) => store.descartar({ ids: otros(), ...descarte(n) })],
    [
      'a hundred erased customers',
      3,
      () => store.anotarBorrados({ ids: otros(), ahora: 1, traza: 't' }),
    ],
    ['ten orders that have run out', 2, () => store.vencer(9e12, 10)],
  ] as const)('%s take as many as one', async (_, n, hacer) => {
    expect(await vueltas(() => hacer(1))).toBe(n)
  })

  test('a new charge takes six, and so does what is told of it: to begin, to read twice, to write three times', async () => {
    const cuando = { ahora: 9, proximaEn: 9, traza: 't', expiraEn: undefined }
    const suyos = [creado(await crear()).numero, creado(await crear()).numero]
    let [n, cobro] = [0, alguno()]
    const nuevo = () => {
      ;[n, cobro] = [suyos.pop() ?? 0, alguno()]
      return store.anotarCobro({ ...cuando, numero: n, cobro })
    }
    const abierto = await vueltas(nuevo)
    const pagado = tras(cobro, 'captura', 1_000, { estado: 'cobrado' })
    const antes = storage.stats().roundTrips ?? 0
    await store.anotarCobro({ ...cuando, numero: n, cobro: pagado })
    const contado = (storage.stats().roundTrips ?? 0) - antes
    const saldos = await vueltas(() =>
      store.saldos({ asunto: undefined, despuesDe: undefined, limite: 50 }),
    )
    expect({ abierto, contado, saldos }).toEqual({ abierto: 6, contado: 6, saldos: 2 })
  })

  test('what follows the history takes at most seven for a stretch, however long it is', async () => {
    for (const seguidor of store.seguidores) {
      await veinte(() => crear())
      const alDia = () => seguidor.alDia({ maxMs: Number.POSITIVE_INFINITY })
      await alDia()
      await veinte(() => crear())
      const antes = storage.stats().roundTrips ?? 0
      await alDia()
      // A look before and after it; the stretch, what it is about, what it says of it, its place, the commit.
      expect((storage.stats().roundTrips ?? 0) - antes).toBeLessThanOrEqual(7)
    }
  })
})
