import { fuzzSeed } from '@encargo/service-kit/testing/random'
import type { Engine } from '@encargo/storage'
import { rows } from '@encargo/storage/testing'
import { describeOnPostgres, dropDatabase, testDatabase } from '@encargo/storage/testing/postgres'
import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import type { InventarioStore } from '../src/ports.ts'
import { openInventarioPostgres } from '../src/store/postgres/open.ts'
import { openInventarioStorage } from '../src/store/sqlite/open.ts'
import { createInventarioStore } from '../src/store/store.ts'
import { agrupada } from './agrupada.ts'
import { checkInvariants } from './fixture.ts'

const productos = 3
const base = Date.UTC(2026, 0, 15)

const actos = ['reservar', 'reservar', 'confirmar', 'liberar', 'prorrogar'] as const

/** Requests that come at once, or one that a person makes. */
type Ronda =
  | {
      readonly peticiones: readonly {
        readonly op: (typeof actos)[number]
        readonly pedido: number
        readonly de: number
        readonly lineas: readonly (readonly [producto: number, cantidad: number])[]
        readonly plazo: number
        /** How much later this clock says that it is. */
        readonly mas: number
      }[]
    }
  | { readonly op: 'AJUSTE' | 'ENTRADA'; readonly producto: number; readonly cantidad: number }
  | { readonly op: 'expirar'; readonly limite: number }

const producto = fc.nat({ max: productos - 1 })
const peticion = fc.record({
  op: fc.constantFrom(...actos),
  pedido: fc.nat({ max: 5 }),
  /** Now and then for another order. */
  de: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 1 })),
  lineas: fc.uniqueArray(fc.tuple(producto, fc.integer({ min: 1, max: 4 })), {
    minLength: 1,
    maxLength: productos,
    selector: ([one]) => one,
  }),
  plazo: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(900)),
  mas: fc.integer({ min: -3, max: 12 }),
})
const ronda: fc.Arbitrary<Ronda> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      peticiones: fc.array(peticion, { minLength: 1, maxLength: 8 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constantFrom('AJUSTE' as const, 'AJUSTE' as const, 'ENTRADA' as const),
      producto,
      cantidad: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant('expirar' as const), limite: fc.constantFrom(2, 50) }),
  },
)

interface Mundo {
  readonly productoIds: readonly string[]
  readonly pedidoIds: readonly string[]
}

/** Each request of a round, at its moment. */
function pedidas(store: InventarioStore, { productoIds, pedidoIds }: Mundo, r: Ronda, t: number) {
  const usuarioId = 'persona'
  if ('limite' in r) return [() => store.expirarVencidas(t, r.limite)]
  if (!('peticiones' in r)) {
    const productoId = productoIds[r.producto] ?? ''
    const movida = { tipo: r.op, cantidad: r.op === 'AJUSTE' ? r.cantidad - 1 : r.cantidad }
    const cambio = { tipo: 'movimiento', movida } as const
    return [() => store.cambiar({ productoId, cambio, usuarioId, ahora: t, admite: () => true })]
  }
  return r.peticiones.map(
    ({ op, pedido, de, plazo, mas, ...resto }) =>
      async (): Promise<unknown> => {
        const lineas = resto.lineas
          .toSorted(([a], [b]) => a - b)
          .map(([n, cantidad]) => ({ productoId: productoIds[n] ?? '', cantidad }))
        const ahora = t + mas
        const [una = '', suyo = una] = [pedidoIds[pedido], pedidoIds[pedido + de]]
        const peticion = { id: una, pedidoId: suyo, ahora, expiraEn: ahora + plazo, lineas }
        return await store[op](peticion)
      },
  )
}

/** The lines of the ledger are named in the order of their writing. */
function storeOn(engine: Engine): InventarioStore {
  let n = 0
  return createInventarioStore(engine, () => `linea-${n++}`)
}

const tablas = {
  existencias: 'producto_id',
  reservas: 'n',
  reserva_lineas: 'reserva_n, producto_id',
  movimientos: 'secuencia',
}
const volcado = (engine: Engine) =>
  Promise.all(
    Object.entries(tablas).map(([tabla, orden]) =>
      rows(engine, `SELECT * FROM ${tabla} ORDER BY ${orden}`),
    ),
  )

const seed = fuzzSeed(process.env['FUZZ_SEED'])

async function comparar(juntas: Engine, numRuns: number): Promise<void> {
  const storage = openInventarioStorage(':memory:')
  const [una, varias] = [storeOn(storage), storeOn(juntas)]
  let t = base
  const property = fc.asyncProperty(
    fc.array(ronda, { minLength: 1, maxLength: 14 }),
    async (rondas) => {
      const productoIds = Array.from({ length: productos }, () => Bun.randomUUIDv7()).toSorted()
      const mundo = { productoIds, pedidoIds: Array.from({ length: 6 }, () => Bun.randomUUIDv7()) }
      for (const productoId of productoIds) {
        const nueva = { productoId, cantidad: 8, umbralMinimo: 0, usuarioId: 'otra', ahora: t }
        for (const store of [una, varias]) await store.crear(nueva)
      }
      for (const r of rondas) {
        t += 7
        const esperadas: unknown[] = []
        for (const pedir of pedidas(una, mundo, r, t)) esperadas.push(await pedir())
        const dadas = await Promise.all(pedidas(varias, mundo, r, t).map((pedir) => pedir()))
        expect(dadas).toEqual(esperadas)
      }
      expect(await volcado(juntas)).toEqual(await volcado(storage))
    },
  )
  try {
    // What a run did stays, so none can be run again with less.
    await fc.assert(property, { seed, numRuns, endOnFailure: true })
    await checkInvariants(juntas)
  } finally {
    await storage.close()
  }
}

test(`answers many at once as one after the other, with the same statements (FUZZ_SEED=${seed})`, async () => {
  const storage = openInventarioStorage(':memory:')
  try {
    await comparar(agrupada(storage), 150)
  } finally {
    await storage.close()
  }
}, 30_000)

describeOnPostgres('many at once', () => {
  test(`are answered as one after the other on SQLite (FUZZ_SEED=${seed})`, async () => {
    const database = await testDatabase()
    const storage = await openInventarioPostgres(database)
    try {
      await comparar(storage, 30)
    } finally {
      await storage.close()
      await dropDatabase(database)
    }
  }, 30_000)
})
