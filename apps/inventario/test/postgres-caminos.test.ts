import type { Storage } from '@encargo/storage'
import { describeOnPostgres, dropDatabase, testDatabase } from '@encargo/storage/testing/postgres'
import { change, rows } from '@encargo/storage/testing'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { FilaRecuento } from '../src/domain/recuento.ts'
import { sinVencimiento } from '../src/domain/reserva.ts'
import type { InventarioStore, PeticionCambio, Recuento } from '../src/ports.ts'
import { openInventarioPostgres } from '../src/store/postgres/open.ts'
import { createInventarioStore } from '../src/store/store.ts'

const base = Date.UTC(2026, 0, 15)
const usuarioId = 'persona'
const id = () => Bun.randomUUIDv7()

const recuento = (filas: readonly FilaRecuento[]): Recuento => ({
  filas,
  usuarioId,
  ahora: base,
  muestra: 1,
  previa: undefined,
  omitirConflictos: false,
})

/** How many changes of stock there were, and how many of them wrote no index. */
const contar = (storage: Storage) =>
  rows<{ todas: number; sinIndice: number }>(
    storage,
    `SELECT n_tup_upd AS todas, n_tup_hot_upd AS "sinIndice" FROM pg_stat_user_tables
     WHERE relname = 'existencias'`,
  )

/** A unit of each. */
const unaDe = (productos: readonly string[]) =>
  productos.map((productoId) => ({ productoId, cantidad: 1 }))

/** What came of a reservation, or what went wrong. */
const outcome = (reserva: ReturnType<InventarioStore['reservar']>) =>
  reserva.then(({ tipo }) => tipo, String)

describeOnPostgres("inventario's operations", () => {
  let storage: Storage
  let store: InventarioStore
  let database: string
  beforeAll(async () => {
    database = await testDatabase()
    storage = await openInventarioPostgres(database)
    store = createInventarioStore(storage, id)
  })
  afterAll(async () => {
    await storage.close()
    await dropDatabase(database)
  })

  const producto = async (cantidad = 1_000) => {
    const productoId = id()
    await store.crear({ productoId, cantidad, umbralMinimo: 0, usuarioId, ahora: base })
    return productoId
  }
  const reservar = (pedidoId: string, productos: readonly string[], cantidad = 1) => {
    const lineas = productos.map((productoId) => ({ productoId, cantidad }))
    return store.reservar({ id: pedidoId, pedidoId, lineas, expiraEn: base + 10, ahora: base })
  }
  const cambiar = (productoId: string, rest: Partial<PeticionCambio> = {}) => {
    const cambio = { tipo: 'movimiento', movida: { tipo: 'ENTRADA', cantidad: 1 } } as const
    const peticion = { productoId, cambio, usuarioId, ahora: base, admite: () => true }
    return store.cambiar({ ...peticion, ...rest })
  }
  /** How often somebody has waited for the server until all of `work` was done. */
  async function caminos(work: () => Promise<unknown>): Promise<number> {
    const before = storage.stats().roundTrips ?? 0
    await work()
    return (storage.stats().roundTrips ?? 0) - before
  }

  test('wait for the server as often as said, for one request or for a hundred', async () => {
    const [a, b, c] = [await producto(), await producto(), await producto()]
    const cien = Array.from({ length: 100 }, id)
    const [uno, otro, vencido] = [id(), id(), id()]
    const suya = { id: uno, ahora: base }
    const segunda = {
      id: id(),
      pedidoId: uno,
      lineas: unaDe([a]),
      expiraEn: base + 10,
      ahora: base,
    }
    const filas = Array.from({ length: 1_000 }, (_, n) => ({
      fila: n + 2,
      sku: `S${n}`,
      fisico: 1,
    }))
    const todas = filas.map((fila) => ({ ...fila, productoId: id() }))
    const lista = { bajoMinimo: false, orden: 'productoId', limite: 50 } as const
    const operations: readonly (readonly [string, number, () => Promise<unknown>])[] = [
      ['a reservation of three lines', 2, () => reservar(uno, [a, b, c])],
      ['the same again', 2, () => reservar(uno, [a, b, c])],
      ['one of what is sold out', 2, () => reservar(id(), [a, b], 5_000)],
      ['one to be released', 2, () => reservar(otro, [a])],
      ['one to run out', 2, () => reservar(vencido, [a, b])],
      ['a hundred at once', 2, () => Promise.all(cien.map((one) => reservar(one, [a, c])))],
      [
        'to hold one longer',
        2,
        () => store.prorrogar({ id: uno, expiraEn: base + 99, ahora: base }),
      ],
      ['to make it firm', 2, () => store.prorrogar({ ...suya, expiraEn: sinVencimiento })],
      ['stock for its order a second time', 2, () => store.reservar(segunda)],
      ['a confirmation', 2, () => store.confirmar({ id: uno, ahora: base })],
      ['a release', 2, () => store.liberar({ id: otro, ahora: base })],
      ['a release that came first', 2, () => store.liberar({ id: id(), ahora: base })],
      [
        'confirmations, releases and reservations at once',
        2,
        () =>
          Promise.all(
            cien
              .slice(0, 90)
              .flatMap((pedidoId, n): Promise<unknown>[] => [
                n % 2
                  ? store.liberar({ id: pedidoId, ahora: base })
                  : store.confirmar({ id: pedidoId, ahora: base }),
                ...(n % 5 ? [] : [reservar(id(), [a, b])]),
              ]),
          ),
      ],
      ['the end of all whose time has run out', 4, () => store.expirarVencidas(base + 20, 50)],
      ['nothing that has run out', 1, () => store.expirarVencidas(base + 20, 50)],
      [
        'what came back of an order',
        6,
        () => store.reponer({ id: id(), pedidoId: uno, lineas: unaDe([a, b]), ahora: base }),
      ],
      ['a product put on record', 3, () => producto()],
      ['goods that come in', 4, () => cambiar(a)],
      ['the same under a key', 6, () => cambiar(a, { clave: { clave: 'k', huella: 'h' } })],
      ['a thousand rows of a file', 6, () => store.importar(recuento(todas))],
      ['what they would do', 2, () => store.simular(recuento(todas))],
      ['a reservation that is looked at', 1, () => store.reserva(uno)],
      ['a product that is looked at', 1, () => store.existencia(a)],
      ['what is available', 1, () => store.disponibles([a, b])],
      ['a page of the stock', 1, () => store.existencias(lista)],
      ['a page of the ledger', 1, () => store.movimientos({ de: { productoId: a }, limite: 50 })],
      ['the reservations of a product', 1, () => store.reservasDe({ productoId: a, limite: 50 })],
      ['a page of reservations', 2, () => store.reservasActivas({ ahora: base, limite: 50 })],
    ]
    const counted: [string, number][] = []
    for (const [what, , work] of operations) counted.push([what, await caminos(work)])
    expect(counted).toEqual(operations.map(([what, ways]) => [what, ways]))
  })

  test('are undone, commit and all, where a row is missing that they are to change', async () => {
    const [a, b] = [await producto(), await producto()]
    await change(
      storage,
      `CREATE FUNCTION nada() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
       CREATE TRIGGER nada BEFORE UPDATE ON existencias FOR EACH ROW
         WHEN (OLD.producto_id = '${a}') EXECUTE FUNCTION nada();\n`,
    )
    try {
      const [mala, buena] = [id(), id()]
      expect(await outcome(reservar(mala, [a, b]))).toContain('division by zero')
      const deUnaVez = [reservar(mala, [b, a]), reservar(buena, [b])].map(outcome)
      expect(await Promise.all(deUnaVez)).toEqual([
        expect.stringContaining('division by zero'),
        'reservada',
      ])
      expect(await store.reserva(mala)).toBeUndefined()
      expect(await store.reserva(buena)).toBeDefined()
      expect(await store.existencia(a)).toMatchObject({ reservado: 0, version: 1 })
      expect(await store.existencia(b)).toMatchObject({ reservado: 1, version: 2 })
    } finally {
      await change(storage, 'DROP TRIGGER nada ON existencias')
    }
  })

  test('sell without an index to write, however often it is the same product', async () => {
    const cafe = await producto()
    const otra = await openInventarioPostgres(database)
    const suya = createInventarioStore(otra, id)
    const lineas = [{ productoId: cafe, cantidad: 1 }]
    for (let n = 0; n < 200; n++) {
      const pedidoId = id()
      await suya.reservar({ id: pedidoId, pedidoId, lineas, expiraEn: base + 10, ahora: base })
      await suya.confirmar({ id: pedidoId, ahora: base })
    }
    // A server counts what a connection did at its end.
    await otra.close()
    let [cuenta] = await contar(storage)
    while ((cuenta?.todas ?? 0) < 400) [cuenta] = await contar(storage)
    expect(cuenta?.sinIndice ?? 0).toBeGreaterThan((cuenta?.todas ?? 0) * 0.95)
  })
})
