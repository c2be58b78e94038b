import { beforeAll, describe, expect, test } from 'bun:test'
import type { FilaRecuento } from '../../src/domain/recuento.ts'
import { type Linea, sinVencimiento } from '../../src/domain/reserva.ts'
import type { InventarioStore, PeticionCambio, Recuento } from '../../src/ports.ts'

const usuarioId = 'persona'
const dia = 24 * 60 * 60 * 1000
const base = Date.UTC(2026, 0, 15)
const id = () => Bun.randomUUIDv7()
const cajas = (productoId: string, cantidad: number): Linea => ({ productoId, cantidad })
const porProducto = (lineas: Linea[]) =>
  lineas.toSorted((a, b) => (a.productoId < b.productoId ? -1 : 1))

/** What every store of inventario's must do, on whatever engine: `makeStore` opens an empty one. */
export function inventarioStoreContract(
  name: string,
  makeStore: () => InventarioStore | Promise<InventarioStore>,
): void {
  let store: InventarioStore
  beforeAll(async () => {
    store = await makeStore()
  })

  async function producto(cantidad: number, umbralMinimo = 0, ahora = base): Promise<string> {
    const productoId = id()
    await store.crear({ productoId, cantidad, umbralMinimo, usuarioId, ahora })
    return productoId
  }
  async function existencia(productoId: string) {
    const found = await store.existencia(productoId)
    return [found?.fisico, found?.reservado, found?.faltan]
  }
  const reservar = (reservaId: string, lineas: Linea[], ahora = base, plazo = dia) =>
    store.reservar({
      id: reservaId,
      pedidoId: reservaId,
      lineas: porProducto(lineas),
      expiraEn: ahora + plazo,
      ahora,
    })
  /** Until it is confirmed or released, for an order of another id. */
  const reapartar = (reservaId: string, pedidoId: string, lineas: Linea[]) =>
    store.reservar({ id: reservaId, pedidoId, lineas, expiraEn: sinVencimiento, ahora: base })
  const mover = (
    productoId: string,
    tipo: 'ENTRADA' | 'SALIDA' | 'AJUSTE',
    cantidad: number,
    rest: Partial<PeticionCambio> = {},
  ) =>
    store.cambiar({
      productoId,
      cambio: { tipo: 'movimiento', movida: { tipo, cantidad } },
      usuarioId,
      ahora: base,
      admite: () => true,
      ...rest,
    })
  const libroDe = async (productoId: string) =>
    (await store.movimientos({ de: { productoId }, limite: 50 })).map((one) => [
      one.tipo,
      one.cantidad,
      one.fisicoResultante,
    ])

  describe(`inventario's store on ${name}`, () => {
    test('knows no moment before anything has happened', async () => {
      expect(await store.ultimoMomento()).toBeUndefined()
      await producto(1, 0, base - dia)
      expect(await store.ultimoMomento()).toBe(base - dia)
    })

    test('says that its process is the one to do what is due, as long as there is no other', async () => {
      expect([await store.deGuardia(), await store.deGuardia()]).toEqual([true, true])
    })

    test('puts a product on record once, also when it is asked to at the same time', async () => {
      const productoId = id()
      const nueva = { productoId, cantidad: 3, umbralMinimo: 1, usuarioId, ahora: base }
      const made = await Promise.all([store.crear(nueva), store.crear(nueva), store.crear(nueva)])
      expect(made.filter((one) => one !== undefined)).toHaveLength(1)
      expect(await libroDe(productoId)).toEqual([['ENTRADA', 3, 3]])
      expect(await store.existencia(id())).toBeUndefined()
    })

    test('takes the stock of every line or of none, and names all that is short', async () => {
      const [cafe, taza, pan] = [await producto(5), await producto(1), await producto(0)]
      const lineas = [cajas(cafe, 2), cajas(taza, 2), cajas(pan, 1)]
      expect(await reservar(id(), lineas)).toEqual({
        tipo: 'stock-insuficiente',
        faltantes: [
          { productoId: taza, solicitado: 2, disponible: 1 },
          { productoId: pan, solicitado: 1, disponible: 0 },
        ].toSorted((a, b) => (a.productoId < b.productoId ? -1 : 1)),
      })
      expect(await existencia(cafe)).toEqual([5, 0, 0])
      expect(await reservar(id(), [cajas(cafe, 2), cajas(taza, 1)])).toMatchObject({
        tipo: 'reservada',
        reserva: { estado: 'activa', cerradaEn: null },
      })
      const disponibles = await store.disponibles([cafe, taza, id()])
      expect(disponibles).toEqual(new Map([cafe, taza].map((one, index) => [one, index ? 0 : 3])))
    })

    test('reserves once for an order, whatever else it asks for later', async () => {
      const cafe = await producto(5)
      const pedidoId = id()
      const answers = await Promise.all([1, 2, 3].map(() => reservar(pedidoId, [cajas(cafe, 5)])))
      expect(answers.map(({ tipo }) => tipo).toSorted()).toEqual([
        'repetida',
        'repetida',
        'reservada',
      ])
      expect(await reservar(pedidoId, [cajas(cafe, 4)])).toEqual({ tipo: 'distinta' })
      await store.liberar({ id: pedidoId, ahora: base })
      const again = await reservar(pedidoId, [cajas(cafe, 5)])
      expect(again).toEqual({ tipo: 'cerrada', estado: 'liberada' })
      expect(await existencia(cafe)).toEqual([5, 0, 0])
    })

    test('sells what is confirmed, once, and writes it down by product and by order', async () => {
      const [cafe, taza] = [await producto(5), await producto(5)]
      const pedidoId = id()
      await reservar(pedidoId, [cajas(cafe, 2), cajas(taza, 1)])
      const peticion = { id: pedidoId, ahora: base + 1 }
      expect(await store.confirmar(peticion)).toMatchObject({
        tipo: 'hecho',
        reserva: { estado: 'confirmada', cerradaEn: base + 1 },
      })
      expect(await store.confirmar(peticion)).toMatchObject({ tipo: 'repetida' })
      expect(await store.liberar(peticion)).toEqual({ tipo: 'cerrada', estado: 'confirmada' })
      expect(await store.confirmar({ id: id(), ahora: base })).toBeUndefined()
      expect(await existencia(cafe)).toEqual([3, 0, 0])
      expect(await libroDe(cafe)).toEqual([
        ['VENTA', -2, 3],
        ['ENTRADA', 5, 5],
      ])
      const vendidas = await store.movimientos({ de: { pedidoId }, limite: 50 })
      expect(new Set(vendidas.map(({ productoId }) => productoId))).toEqual(new Set([cafe, taza]))
      expect(await store.reserva(pedidoId)).toMatchObject({ estado: 'confirmada' })
    })

    test('puts back what an order took, once for each return and no more than it took', async () => {
      const [cafe, taza] = [await producto(5), await producto(5)]
      const [pedidoId, otro, una] = [id(), id(), id()]
      await reservar(pedidoId, [cajas(cafe, 3), cajas(taza, 1)])
      const reponer = (devolucion: string, lineas: Linea[], de = pedidoId) =>
        store.reponer({
          id: devolucion,
          pedidoId: de,
          lineas: porProducto(lineas),
          ahora: base + 9,
        })
      const excedida = { tipo: 'excedida' } as const
      const nada = [{ productoId: cafe, solicitado: 2, quedan: 0 }]
      expect(await reponer(una, [cajas(cafe, 2)])).toEqual({ ...excedida, excedidas: nada })
      await store.confirmar({ id: pedidoId, ahora: base })
      const lineas = porProducto([cajas(cafe, 2), cajas(taza, 1)])
      const devolucion = { id: una, pedidoId, lineas, creadaEn: base + 9 }
      const answers = await Promise.all([reponer(una, lineas), reponer(una, lineas)])
      expect(answers.map(({ tipo }) => tipo).toSorted()).toEqual(['hecha', 'repetida'])
      expect(await reponer(una, lineas)).toEqual({ tipo: 'repetida', devolucion })
      expect(await reponer(una, [cajas(cafe, 2)])).toEqual({ tipo: 'distinta' })
      expect(await reponer(una, lineas, otro)).toEqual({ tipo: 'distinta' })
      const queda = [{ productoId: cafe, solicitado: 2, quedan: 1 }]
      expect(await reponer(id(), [cajas(cafe, 2)])).toEqual({ ...excedida, excedidas: queda })
      expect(await existencia(cafe)).toEqual([4, 0, 0])
      expect(await libroDe(cafe)).toEqual([
        ['DEVOLUCION', 2, 4],
        ['VENTA', -3, 2],
        ['ENTRADA', 5, 5],
      ])
      expect(await reponer(id(), [cajas(cafe, 1)])).toMatchObject({ tipo: 'hecha' })
      expect(await store.movimientos({ de: { pedidoId }, limite: 50 })).toHaveLength(5)
    })

    test('takes what came back for what was missing, and no more than a product may have', async () => {
      const [cafe, lleno] = [await producto(5), await producto(1)]
      const [vendido, pendiente] = [id(), id()]
      await reservar(vendido, [cajas(cafe, 2), cajas(lleno, 1)])
      await store.confirmar({ id: vendido, ahora: base })
      await reservar(pendiente, [cajas(cafe, 3)])
      await mover(cafe, 'AJUSTE', 2)
      expect(await existencia(cafe)).toEqual([3, 3, 1])
      const peticion = { id: id(), pedidoId: vendido, ahora: base }
      expect(await store.reponer({ ...peticion, lineas: [cajas(cafe, 2)] })).toMatchObject({
        tipo: 'hecha',
      })
      expect(await existencia(cafe)).toEqual([4, 3, 0])
      await mover(lleno, 'ENTRADA', 1_000_000_000_000)
      expect(await store.reponer({ ...peticion, id: id(), lineas: [cajas(lleno, 1)] })).toEqual({
        tipo: 'fuera-de-limite',
      })
    })

    test('gives back what is released, and remembers a release that came first', async () => {
      const cafe = await producto(5)
      const [pedidoId, nunca] = [id(), id()]
      await reservar(pedidoId, [cajas(cafe, 5)])
      expect(await store.liberar({ id: pedidoId, ahora: base })).toMatchObject({ tipo: 'hecho' })
      expect(await existencia(cafe)).toEqual([5, 0, 0])
      await store.liberar({ id: nunca, ahora: base })
      expect(await reservar(nunca, [cajas(cafe, 1)])).toEqual({
        tipo: 'cerrada',
        estado: 'liberada',
      })
      expect(await store.reserva(id())).toBeUndefined()
    })

    test('expires at its moment and not before, unless it is held longer', async () => {
      const cafe = await producto(5)
      const [corto, largo] = [id(), id()]
      const lejos = base + 100 * dia
      await reservar(corto, [cajas(cafe, 1)], lejos, 10)
      await reservar(largo, [cajas(cafe, 2)], lejos, 10)
      const prorroga = { id: largo, expiraEn: lejos + 20, ahora: lejos }
      expect(await store.prorrogar(prorroga)).toMatchObject({ tipo: 'hecho' })
      expect(await store.prorrogar({ ...prorroga, expiraEn: 1 })).toMatchObject({
        tipo: 'repetida',
      })
      await store.expirarVencidas(lejos + 9, 50)
      expect(await existencia(cafe)).toEqual([5, 3, 0])
      expect(await store.expirarVencidas(lejos + 10, 50)).toBe(1)
      expect(await existencia(cafe)).toEqual([5, 2, 0])
      const tarde = { id: largo, ahora: lejos + 20 }
      expect(await store.confirmar(tarde)).toEqual({ tipo: 'cerrada', estado: 'expirada' })
      expect(await existencia(cafe)).toEqual([5, 0, 0])
      expect(await store.prorrogar({ ...tarde, expiraEn: lejos + 99 })).toMatchObject({
        tipo: 'cerrada',
      })
      expect(await store.prorrogar({ ...prorroga, id: id() })).toBeUndefined()
    })

    test('holds what is firm whatever the time, and closes it like any other', async () => {
      const cafe = await producto(5)
      const [primero, segundo] = [id(), id()]
      await reservar(primero, [cajas(cafe, 2)])
      const firme = { id: primero, expiraEn: sinVencimiento, ahora: base }
      expect(await store.prorrogar(firme)).toMatchObject({ tipo: 'hecho' })
      for (const expiraEn of [sinVencimiento, base + 9 * dia]) {
        expect(await store.prorrogar({ ...firme, expiraEn })).toMatchObject({
          tipo: 'repetida',
          reserva: { estado: 'activa', expiraEn: sinVencimiento },
        })
      }
      await reapartar(segundo, segundo, [cajas(cafe, 1)])
      await store.expirarVencidas(base + 10_000 * dia, 50)
      expect(await existencia(cafe)).toEqual([5, 3, 0])
      const tarde = base + 10_000 * dia
      expect(await store.confirmar({ id: primero, ahora: tarde })).toMatchObject({ tipo: 'hecho' })
      expect(await store.liberar({ id: segundo, ahora: tarde })).toMatchObject({ tipo: 'hecho' })
      expect(await existencia(cafe)).toEqual([3, 0, 0])
      expect(await store.prorrogar(firme)).toEqual({ tipo: 'cerrada', estado: 'confirmada' })
    })

    test('takes stock anew for an order that lost it, whose the sale is and what comes back', async () => {
      const cafe = await producto(5)
      const [pedidoId, segunda] = [id(), id()]
      const lineas = [cajas(cafe, 3)]
      await reservar(pedidoId, lineas)
      await store.liberar({ id: pedidoId, ahora: base })
      const answers = await Promise.all([1, 2].map(() => reapartar(segunda, pedidoId, lineas)))
      expect(answers.map(({ tipo }) => tipo).toSorted()).toEqual(['repetida', 'reservada'])
      expect(await reapartar(segunda, id(), lineas)).toEqual({ tipo: 'distinta' })
      expect(await reservar(segunda, lineas)).toEqual({ tipo: 'distinta' })
      expect(await reapartar(id(), pedidoId, lineas)).toMatchObject({ tipo: 'stock-insuficiente' })
      const suya = { id: segunda, pedidoId, estado: 'activa', expiraEn: sinVencimiento }
      expect(await store.reserva(segunda)).toMatchObject(suya)
      expect(await store.reserva(pedidoId)).toMatchObject({ pedidoId, estado: 'liberada' })
      const activas = await store.reservasActivas({ ahora: base, limite: 50 })
      expect(activas.find((una) => una.pedidoId === pedidoId)).toMatchObject(suya)
      expect(await store.reservasDe({ productoId: cafe, limite: 50 })).toEqual([
        { id: segunda, pedidoId, cantidad: 3, creadaEn: base, expiraEn: sinVencimiento },
      ])
      const cierre = { id: segunda, ahora: base + 1 }
      expect(await store.confirmar(cierre)).toMatchObject({ tipo: 'hecho', reserva: { pedidoId } })
      expect(await store.movimientos({ de: { pedidoId: segunda }, limite: 50 })).toEqual([])
      const vendidas = await store.movimientos({ de: { pedidoId }, limite: 50 })
      expect(vendidas).toMatchObject([{ tipo: 'VENTA', cantidad: -3, pedidoId }])
      const devolucion = { id: id(), pedidoId, lineas: [cajas(cafe, 1)], ahora: base + 2 }
      expect(await store.reponer(devolucion)).toMatchObject({ tipo: 'hecha' })
      expect(await existencia(cafe)).toEqual([3, 0, 0])
    })

    test('lets nothing promised be taken away, and lets what a count misses leave with its promise', async () => {
      const cafe = await producto(5)
      const pedidoId = id()
      await reservar(pedidoId, [cajas(cafe, 4)])
      expect(await mover(cafe, 'SALIDA', 2)).toMatchObject({
        respuesta: { tipo: 'stock-insuficiente', faltante: { solicitado: 2, disponible: 1 } },
      })
      await mover(cafe, 'AJUSTE', 1)
      expect(await existencia(cafe)).toEqual([4, 4, 3])
      await store.liberar({ id: pedidoId, ahora: base })
      expect(await existencia(cafe)).toEqual([1, 0, 0])
      expect(await libroDe(cafe)).toEqual([
        ['AJUSTE', -3, 1],
        ['AJUSTE', -1, 4],
        ['ENTRADA', 5, 5],
      ])
    })

    test('refuses a change by its version, or by the last line that its caller saw', async () => {
      const cafe = await producto(5)
      const nunca = { admite: () => false }
      expect(await mover(cafe, 'ENTRADA', 1, nunca)).toMatchObject({
        respuesta: { tipo: 'version-distinta', version: 1 },
      })
      const movida = { tipo: 'AJUSTE', cantidad: 2 } as const
      const [ultima] = await store.movimientos({ de: { productoId: cafe }, limite: 1 })
      const contar = (ultimoVisto: string | null | undefined) =>
        mover(cafe, 'AJUSTE', 2, { cambio: { tipo: 'movimiento', movida, ultimoVisto } })
      expect(await contar(null)).toMatchObject({ respuesta: { tipo: 'libro-distinto' } })
      expect(await contar(ultima?.id)).toMatchObject({ respuesta: { tipo: 'hecho' } })
      expect(await mover(id(), 'ENTRADA', 1)).toMatchObject({
        respuesta: { tipo: 'no-encontrado' },
      })
    })

    test('gives the first answer to a key again for a day, also a refusal', async () => {
      const cafe = await producto(5)
      const clave = { clave: 'k', huella: 'uno' }
      const first = await mover(cafe, 'ENTRADA', 1, { clave })
      expect<unknown>(await mover(cafe, 'ENTRADA', 1, { clave })).toEqual({
        ...first,
        tipo: 'repetida',
      })
      const otra = await mover(cafe, 'ENTRADA', 1, { clave: { ...clave, huella: 'dos' } })
      expect(otra).toEqual({ tipo: 'distinta' })
      const refused = { clave: 'n', huella: 'uno' }
      const no = await mover(cafe, 'SALIDA', 99, { clave: refused })
      expect<unknown>(await mover(cafe, 'SALIDA', 99, { clave: refused })).toEqual({
        ...no,
        tipo: 'repetida',
      })
      expect(await store.olvidarClaves(base + dia - 1, 10)).toBe(0)
      const manana = { clave: { ...clave, huella: 'dos' }, ahora: base + dia }
      expect(await mover(cafe, 'ENTRADA', 1, manana)).toMatchObject({ tipo: 'primera' })
      expect(await store.olvidarClaves(base + dia, 10)).toBe(1)
      expect(await existencia(cafe)).toEqual([7, 0, 0])
    })

    test('lists the stock in every order, page by page, each product once', async () => {
      const made = new Set<string>()
      for (let n = 0; n < 7; n++) made.add(await producto(n % 3, 1, base + (n % 2)))
      const ids = [...made]
      const ordenes = ['productoId', 'disponible', '-disponible', 'actualizadoEn', '-actualizadoEn']
      for (const orden of ordenes as Parameters<typeof store.existencias>[0]['orden'][]) {
        const valorDe = (one: { fisico: number; reservado: number; actualizadoEn: number }) =>
          orden.endsWith('disponible') ? one.fisico - one.reservado : one.actualizadoEn
        const seen: { productoId: string; valor: number }[] = []
        for (;;) {
          const last = seen.at(-1)
          const found = await store.existencias({
            bajoMinimo: false,
            ids,
            orden,
            despuesDe: last,
            limite: 3,
          })
          const page = found.slice(0, 3)
          seen.push(...page.map((one) => ({ productoId: one.productoId, valor: valorDe(one) })))
          if (found.length <= 3) break
        }
        const baja = orden.startsWith('-') ? -1 : 1
        const expected = seen.toSorted(
          (a, b) =>
            (orden === 'productoId' ? 0 : (a.valor - b.valor) * baja) ||
            (a.productoId < b.productoId ? -baja : baja),
        )
        expect([orden, seen]).toEqual([orden, expected])
        expect(new Set(seen.map(({ productoId }) => productoId))).toEqual(made)
      }
      const low = await store.existencias({ bajoMinimo: true, ids, orden: 'productoId', limite: 9 })
      expect(low.every(({ fisico, umbralMinimo }) => fisico <= umbralMinimo)).toBeTrue()
      expect(low).toHaveLength(5)
      const { productos, bajoMinimo, agotados } = await store.resumen()
      expect([productos >= 7, bajoMinimo >= 5, agotados >= 3]).toEqual([true, true, true])
    })

    test('lists active reservations from the oldest on, and those of a product from the newest on', async () => {
      const cafe = await producto(50)
      const desde = base + 200 * dia
      const pedidos = [id(), id(), id(), id()] as const
      for (const [n, pedidoId] of pedidos.entries()) {
        await reservar(pedidoId, [cajas(cafe, n + 1)], desde + n)
      }
      await store.confirmar({ id: pedidos[1], ahora: desde })
      const [uno, , tres, cuatro] = pedidos
      const despuesDe = { creadaEn: desde - 1, id: '' }
      const lista = { despuesDe, ahora: desde, limite: 50 }
      const activas = await store.reservasActivas(lista)
      expect(activas.map(({ pedidoId, lineas }) => [pedidoId, lineas])).toEqual([
        [uno, [cajas(cafe, 1)]],
        [tres, [cajas(cafe, 3)]],
        [cuatro, [cajas(cafe, 4)]],
      ])
      const antes = await store.reservasActivas({ ...lista, creadasAntesDe: desde + 2 })
      expect(antes.map(({ pedidoId }) => pedidoId)).toEqual([uno])
      expect(await store.reservasActivas({ ...lista, ahora: desde + 5 * dia })).toEqual([])
      const suyas = await store.reservasDe({ productoId: cafe, limite: 1 })
      expect(suyas.map(({ pedidoId }) => pedidoId)).toEqual([cuatro, tres])
      const [{ creadaEn = 0, id: ultima = '' } = {}] = suyas
      const mas = { productoId: cafe, antesDe: { creadaEn, id: ultima }, limite: 50 }
      expect((await store.reservasDe(mas)).map(({ cantidad }) => cantidad)).toEqual([3, 1])
    })

    test('counts a file as a whole or not at all, and once for each key', async () => {
      const [cafe, nuevo] = [await producto(5), id()]
      const filas: FilaRecuento[] = [
        { fila: 2, productoId: cafe, sku: 'CAFE', fisico: 4, umbralMinimo: 2 },
        { fila: 3, productoId: nuevo, sku: 'NUEVO', fisico: 7 },
      ]
      const recuento = (rest: Partial<Recuento> = {}): Recuento => ({
        filas,
        usuarioId,
        ahora: base,
        muestra: 10,
        previa: undefined,
        omitirConflictos: false,
        ...rest,
      })
      const visto = await store.simular(recuento())
      expect(visto).toMatchObject({ tipo: 'hecho', resumen: { creados: 1, actualizados: 1 } })
      const mala = { fila: 4, productoId: id(), sku: 'MALA', umbralMinimo: 1 }
      expect(await store.importar(recuento({ filas: [...filas, mala] }))).toMatchObject({
        respuesta: { tipo: 'rechazada', errores: { total: 1 } },
      })
      expect(await existencia(cafe)).toEqual([5, 0, 0])
      expect(await store.importar(recuento({ previa: 'otra' }))).toMatchObject({
        respuesta: { tipo: 'rechazada' },
      })
      const clave = { clave: 'archivo', huella: 'uno' }
      const hecho = await store.importar(recuento({ clave }))
      expect(hecho).toMatchObject({ tipo: 'primera', respuesta: visto })
      expect<unknown>(await store.importar(recuento({ clave }))).toEqual({
        ...hecho,
        tipo: 'repetida',
      })
      const otra = recuento({ clave: { ...clave, huella: 'dos' } })
      expect(await store.importar(otra)).toEqual({ tipo: 'distinta' })
      expect(await libroDe(nuevo)).toEqual([['AJUSTE', 7, 7]])
      const ultimos = await store.ultimosMovimientos([cafe, nuevo, id()])
      expect([...ultimos.keys()].toSorted()).toEqual([cafe, nuevo].toSorted())
    })

    test('counts a file of many rows as each of its rows says', async () => {
      const cuantas = 1_201
      const nuevos = Array.from({ length: cuantas }, id)
      const opciones = { usuarioId, muestra: 1, previa: undefined, omitirConflictos: false }
      const filas = nuevos.map((productoId, n) => ({ fila: n + 2, productoId, sku: `S${n}` }))
      const todas = filas.map((fila, n) => ({ ...fila, fisico: n % 3 }))
      expect(await store.importar({ ...opciones, filas: todas, ahora: base })).toMatchObject({
        respuesta: { tipo: 'hecho', resumen: { creados: cuantas } },
      })
      // Every second one is counted anew, and of every fifth only the threshold changes.
      const otras = filas.map((fila, n) => ({
        ...fila,
        ...(n % 2 ? { fisico: 5 } : { umbralMinimo: n % 5 ? 0 : 7 }),
      }))
      const cambiadas = nuevos.filter((_, n) => n % 2 || n % 5 === 0).length
      expect(await store.importar({ ...opciones, filas: otras, ahora: base + 1 })).toMatchObject({
        respuesta: { resumen: { actualizados: cambiadas, sinCambios: cuantas - cambiadas } },
      })
      for (const n of [0, 1, 499, 500, 501, 1_199, 1_200]) {
        const productoId = nuevos[n] ?? ''
        const fisico = n % 2 ? 5 : n % 3
        expect(await existencia(productoId)).toEqual([fisico, 0, 0])
        const lineas = n % 2 ? [['AJUSTE', 5 - (n % 3), 5]] : []
        if (n % 3) lineas.push(['AJUSTE', n % 3, n % 3])
        expect(await libroDe(productoId)).toEqual(lineas as never)
      }
    })

    test('notes who changed the stock, what and from which network, and nothing of what orders do', async () => {
      const since = (await store.auditoria({ limite: 1 }))[0]?.numero ?? 0
      const [cafe, vacio] = [await producto(5, 1), await producto(0)]
      await store.crear({ productoId: cafe, cantidad: 9, umbralMinimo: 0, usuarioId, ahora: base })
      const desde = { usuarioId: 'otra', ahora: base + 7, direccion: '203.0.113.9' }
      const clave = { clave: 'anotada', huella: 'uno' }
      await mover(cafe, 'ENTRADA', 2, { ...desde, clave })
      await mover(cafe, 'ENTRADA', 2, { ...desde, clave })
      await mover(cafe, 'SALIDA', 99, desde)
      await mover(cafe, 'SALIDA', 1, { ...desde, admite: () => false })
      const cambio = { tipo: 'umbral', umbralMinimo: 3 } as const
      await mover(cafe, 'SALIDA', 0, { ...desde, cambio })
      await mover(cafe, 'SALIDA', 0, { ...desde, cambio })
      const pedidoId = id()
      await reservar(pedidoId, [cajas(cafe, 2)])
      await mover(cafe, 'AJUSTE', 1, desde)
      await store.liberar({ id: pedidoId, ahora: base })
      const filas = [{ fila: 2, productoId: vacio, sku: 'VACIO', fisico: 4 }]
      const opciones = { muestra: 1, previa: undefined, omitirConflictos: false }
      for (const _ of [1, 2]) await store.importar({ ...opciones, ...desde, filas })
      const lines = await store.auditoria({ limite: 50 })
      const told = lines.filter(({ numero }) => numero > since).toReversed()
      expect(told.map(({ accion, actorId, detalle }) => [accion, actorId, detalle])).toEqual([
        ['existencia-abierta', usuarioId, 'fisico 5, umbralMinimo 1'],
        ['existencia-abierta', usuarioId, 'fisico 0, umbralMinimo 0'],
        ['existencia-movida', 'otra', 'ENTRADA, fisico 5 -> 7'],
        ['umbral-cambiado', 'otra', 'umbralMinimo 1 -> 3'],
        ['existencia-movida', 'otra', 'AJUSTE, fisico 7 -> 2, faltan 0 -> 1'],
        ['recuento-importado', 'otra', 'creados 0, actualizados 1'],
      ])
      const [, , movida] = told
      expect(movida).toMatchObject({ en: base + 7, sujetoId: cafe, red: '203.0.113.0/24' })
      const suyas = { sujetoId: cafe, accion: 'umbral-cambiado', actorId: 'otra', limite: 5 }
      expect(await store.auditoria(suyas)).toEqual(told.slice(3, 4))
      const antes = await store.auditoria({ antesDe: movida?.numero ?? 0, limite: 0 })
      expect(antes).toEqual(told.slice(1, 2))
    })

    test('is given to the installation that shares a past with it, and to no other', async () => {
      const [una, otra] = [id(), id()]
      const cafe = await producto(5)
      const pedidoId = id()
      await reservar(pedidoId, [cajas(cafe, 1)])
      expect(await store.instalacion()).toBeUndefined()
      const enlazar = (instalacion: string, testigos: string[]) =>
        store.enlazar({ instalacion, testigos, ahora: base })
      expect(await enlazar(otra, [id()])).toBeFalse()
      expect(await enlazar(una, [id(), pedidoId])).toBeTrue()
      expect(await enlazar(una, [])).toBeTrue()
      expect(await enlazar(otra, [pedidoId])).toBeFalse()
      expect(await store.instalacion()).toBe(una)
    })
  })
}
