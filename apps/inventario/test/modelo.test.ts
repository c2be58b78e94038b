import { rows } from '@encargo/storage/testing'
import { expect, test } from 'bun:test'
import { fuzzSeed } from '@encargo/service-kit/testing/random'
import * as fc from 'fast-check'
import { checkInvariants, openWarehouse, type Warehouse } from './fixture.ts'
import { type Dado, type Estado, explicar, nuevo, type Paso } from './modelo.ts'

const productos = 3
const pedidos = 6
const inicial = 8

interface Mundo {
  readonly warehouse: Warehouse
  readonly productoIds: readonly string[]
  readonly pedidoIds: readonly string[]
}

/** Products and orders that nobody has had to do with yet. */
async function otro(warehouse: Warehouse): Promise<Mundo> {
  const productoIds: string[] = []
  for (let n = 0; n < productos; n++) productoIds.push(await warehouse.producto(inicial))
  return {
    warehouse,
    productoIds,
    pedidoIds: Array.from({ length: pedidos }, () => Bun.randomUUIDv7()),
  }
}

async function pedir({ warehouse, productoIds, pedidoIds }: Mundo, paso: Paso): Promise<number> {
  const { reservar, confirmar, liberar, mover, store, clock } = warehouse
  switch (paso.op) {
    case 'reservar': {
      const lineas = paso.lineas.map(([producto, cantidad]) => ({
        productoId: productoIds[producto] ?? '',
        cantidad,
      }))
      const plazo = { expiraEnSegundos: paso.plazo }
      return (await reservar(pedidoIds[paso.pedido] ?? '', lineas, plazo)).status
    }
    case 'confirmar':
      return (await confirmar(pedidoIds[paso.pedido] ?? '')).status
    case 'liberar':
      return (await liberar(pedidoIds[paso.pedido] ?? '')).status
    case 'expirar':
      await store.expirarVencidas(clock.ms(), 1_000)
      return 0
    default: {
      const { op: tipo, producto, cantidad } = paso
      return (await mover(productoIds[producto] ?? '', { tipo, cantidad })).status
    }
  }
}

async function ver({ warehouse, productoIds, pedidoIds }: Mundo): Promise<Estado> {
  const { store } = warehouse
  const existencias = await Promise.all(productoIds.map((id) => store.existencia(id)))
  const reservas = await Promise.all(pedidoIds.map((id) => store.reserva(id)))
  return {
    existencias: existencias.map((one) => [
      one?.fisico ?? -1,
      one?.reservado ?? -1,
      one?.faltan ?? -1,
    ]),
    reservas: reservas.map((one) => one?.estado),
  }
}

const producto = fc.nat({ max: productos - 1 })
const pedido = fc.nat({ max: pedidos - 1 })
const linea = fc.tuple(producto, fc.integer({ min: 1, max: 4 }))
const unidades = fc.integer({ min: 1, max: 5 })
const paso: fc.Arbitrary<Paso> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('reservar' as const),
      pedido,
      lineas: fc.array(linea, { minLength: 1, maxLength: 3 }),
      plazo: fc.integer({ min: 1, max: 20 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ op: fc.constantFrom('confirmar' as const, 'liberar' as const), pedido }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constantFrom('ENTRADA' as const, 'SALIDA' as const, 'AJUSTE' as const),
      producto,
      cantidad: unidades,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ op: 'expirar' as const }) },
)

/** Requests that are sent together, and how far the clock goes on before them, in milliseconds. */
const ronda = fc.record({
  espera: fc.constantFrom(0, 0, 1_000, 5_000, 20_000),
  pasos: fc.array(paso, { minLength: 1, maxLength: 6 }),
})

const seed = fuzzSeed(process.env['FUZZ_SEED'])

test(`runs any mixture of requests as if one after the other (FUZZ_SEED=${seed})`, async () => {
  const warehouse = await openWarehouse()
  const { clock, storage } = warehouse
  const property = fc.asyncProperty(
    fc.array(ronda, { minLength: 1, maxLength: 12 }),
    async (rondas) => {
      const mundo = await otro(warehouse)
      let modelo = nuevo(productos, inicial, clock.ms())
      for (const { espera, pasos } of rondas) {
        clock.advance(espera)
        modelo.ahora = clock.ms()
        const dados: Dado[] = await Promise.all(
          pasos.map(async (one) => ({ paso: one, status: await pedir(mundo, one) })),
        )
        await checkInvariants(storage)
        const visto = await ver(mundo)
        const explicado = explicar(modelo, dados, visto)
        if (!explicado) throw new Error(`no order explains ${JSON.stringify({ dados, visto })}`)
        modelo = explicado
      }
    },
  )
  await fc.assert(property, { seed, numRuns: 60 })
}, 20_000)

test(`changes nothing when a request is repeated (FUZZ_SEED=${seed})`, async () => {
  const warehouse = await openWarehouse()
  const { clock, storage } = warehouse
  const tables = ['existencias', 'reservas', 'reserva_lineas', 'movimientos']
  const dump = () => Promise.all(tables.map((table) => rows(storage, `SELECT * FROM ${table}`)))
  const repeatable = ['reservar', 'confirmar', 'liberar', 'expirar']
  const property = fc.asyncProperty(
    fc.array(paso, { minLength: 1, maxLength: 25 }),
    async (pasos) => {
      const mundo = await otro(warehouse)
      for (const one of pasos) {
        clock.advance(4_000)
        const first = await pedir(mundo, one)
        if (!repeatable.includes(one.op)) continue
        const before = await dump()
        clock.advance(1)
        const again = await pedir(mundo, one)
        expect(again).toBe(first === 201 ? 200 : first)
        expect(await dump()).toEqual(before)
      }
    },
  )
  await fc.assert(property, { seed, numRuns: 30 })
}, 20_000)
