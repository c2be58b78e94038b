import { createRandom, fuzzSeed } from '@encargo/service-kit/testing/random'
import type { Storage } from '@encargo/storage'
import { describeOnPostgres, dropDatabase, testDatabase } from '@encargo/storage/testing/postgres'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { rows } from '@encargo/storage/testing'
import { type Linea, sumarLineas } from '../src/domain/reserva.ts'
import type { InventarioStore, PeticionReserva } from '../src/ports.ts'
import { openInventarioPostgres } from '../src/store/postgres/open.ts'
import { createInventarioStore } from '../src/store/store.ts'
import { checkInvariants } from './fixture.ts'

const base = Date.UTC(2026, 0, 15)
const id = () => Bun.randomUUIDv7()
const seed = fuzzSeed(process.env['FUZZ_SEED'])

const suma = (numeros: Iterable<number>) => [...numeros].reduce((sum, one) => sum + one, 0)

const peticion = (lineas: readonly Linea[], una = id()): PeticionReserva => ({
  id: una,
  pedidoId: una,
  lineas,
  expiraEn: base + 1_000,
  ahora: base,
})

describeOnPostgres('two processes on one stock', () => {
  let database: string
  const storages: Storage[] = []
  let uno: InventarioStore
  let otro: InventarioStore
  beforeAll(async () => {
    database = await testDatabase()
    const open = async () => {
      const storage = await openInventarioPostgres(database)
      storages.push(storage)
      return createInventarioStore(storage, id)
    }
    uno = await open()
    otro = await open()
  })
  afterAll(async () => {
    await Promise.all(storages.map((one) => one.close()))
    await dropDatabase(database)
  })

  /** So many products with so much of each. */
  async function productos(cuantos: number, cantidad: number): Promise<string[]> {
    const ids = Array.from({ length: cuantos }, id)
    const nueva = { cantidad, umbralMinimo: 0, usuarioId: 'persona', ahora: base }
    await Promise.all(ids.map((productoId) => uno.crear({ ...nueva, productoId })))
    return ids
  }
  test(`promise no unit twice, and each order's once (FUZZ_SEED=${seed})`, async () => {
    const random = createRandom(seed)
    const ids = await productos(20, 150)
    const pedidos = Array.from({ length: 1_200 }, () => {
      const elegidos = ids.toSorted(() => random() - 0.5).slice(0, 3)
      const lineas = elegidos.map((productoId) => ({
        productoId,
        cantidad: random() > 0.5 ? 2 : 1,
      }))
      return peticion(sumarLineas(lineas))
    })
    // Both are asked for every one of them, one of the two from the end.
    const respuestas = new Map<string, string[]>(pedidos.map(({ pedidoId }) => [pedidoId, []]))
    const pedir = async (store: InventarioStore, mios: readonly PeticionReserva[]) => {
      for (let n = 0; n < mios.length; n += 300) {
        await Promise.all(
          mios.slice(n, n + 300).map(async (una) => {
            const { tipo } = await store.reservar(una)
            respuestas.get(una.pedidoId)?.push(tipo)
          }),
        )
      }
    }
    await Promise.all([pedir(uno, pedidos), pedir(otro, pedidos.toReversed())])
    const casos = new Set([...respuestas.values()].map((tipos) => tipos.toSorted().join(' y ')))
    expect([...casos].toSorted()).toEqual([
      'repetida y reservada',
      'stock-insuficiente y stock-insuficiente',
    ])
    const hechas = pedidos.filter(({ pedidoId }) => respuestas.get(pedidoId)?.includes('reservada'))
    const prometidas = hechas.flatMap(({ lineas }) => lineas.map(({ cantidad }) => cantidad))
    const quedan = (await otro.disponibles(ids)).values().toArray()
    expect(Math.min(...quedan)).toBeGreaterThanOrEqual(0)
    expect(suma(prometidas) + suma(quedan)).toBe(20 * 150)
    for (const storage of storages) await checkInvariants(storage)
  })

  test('sell the units of one product to as many as there are', async () => {
    const [cafe = ''] = await productos(1, 100)
    const compras = Array.from({ length: 500 }, (_, n) =>
      (n % 2 ? uno : otro).reservar(peticion([{ productoId: cafe, cantidad: 1 }])),
    )
    const tipos = Object.groupBy(await Promise.all(compras), ({ tipo }) => tipo)
    expect([tipos.reservada?.length, tipos['stock-insuficiente']?.length]).toEqual([100, 400])
    expect(await otro.disponibles([cafe])).toEqual(new Map([[cafe, 0]]))
  })

  test('expire, release and confirm the same reservations at once, and give nothing back twice', async () => {
    const [cafe = ''] = await productos(1, 100)
    const pedidos = Array.from({ length: 40 }, () => peticion([{ productoId: cafe, cantidad: 2 }]))
    await Promise.all(pedidos.map((una) => uno.reservar(una)))
    const ahora = base + 999
    const cierres = pedidos.flatMap(({ pedidoId }) => [
      uno.confirmar({ id: pedidoId, ahora }),
      otro.liberar({ id: pedidoId, ahora: ahora + 1 }),
    ])
    const barridos = [uno, otro].map((store) => store.expirarVencidas(ahora + 1, 1_000))
    const hechos = (await Promise.all(cierres)).filter((one) => one?.tipo === 'hecho')
    await Promise.all(barridos)
    const estados = await Promise.all(pedidos.map(({ pedidoId }) => otro.reserva(pedidoId)))
    const vendidas = estados.filter((one) => one?.estado === 'confirmada').length
    expect(hechos.length).toBeLessThanOrEqual(40)
    expect(await uno.existencia(cafe)).toMatchObject({ fisico: 100 - 2 * vendidas, reservado: 0 })
    for (const storage of storages) await checkInvariants(storage)
  })

  test('number reservations and lines of the ledger without a gap', async () => {
    for (const storage of storages) {
      const huecos = await rows(
        storage,
        `SELECT (SELECT max(n) - count(*) FROM reservas) AS reservas,
           (SELECT max(secuencia) - count(*) FROM movimientos) AS movimientos`,
      )
      expect(huecos).toEqual([{ reservas: 0, movimientos: 0 }])
    }
  })

  test('let one of them do what is due, until it has gone', async () => {
    const deGuardia = [await uno.deGuardia(), await otro.deGuardia(), await uno.deGuardia()]
    expect(deGuardia).toEqual([true, false, true])
    await storages.shift()?.close()
    expect(await otro.deGuardia()).toBeTrue()
  })
})
