import { processTimer } from '@encargo/service-kit/async/timer'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { testFolder } from '@encargo/service-kit/testing/folder'
import { createRandom, fuzzSeed } from '@encargo/service-kit/testing/random'
import { createTestClock } from '@encargo/service-kit/testing/service'
import { dropDatabase, onPostgres, testDatabase } from '@encargo/storage/testing/postgres'
import { rows } from '@encargo/storage/testing'
import { afterEach, expect, test } from 'bun:test'
import { join } from 'node:path'
import { Difusion } from '../src/app/difusion.ts'
import { createHistorial } from '../src/store/historial.ts'
import { openPedidosPostgres } from '../src/store/postgres/open.ts'
import { openPedidosStorage } from '../src/store/sqlite/open.ts'
import { escritor } from './contract/fixture.ts'
import { Lector, siempre } from './eventos-fixture.ts'
import { storeDe } from './fixture.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const work of cleanups.splice(0).toReversed()) await work()
})
const cleanUp = (work: () => unknown) => void cleanups.push(work)

/** Gives processes at one database, each with its own connections, writer and streams. */
async function base() {
  const url = onPostgres ? await testDatabase() : undefined
  if (url !== undefined) cleanUp(() => dropDatabase(url))
  const file = join(testFolder('eventos', cleanUp), 'pedidos.db')
  return async () => {
    const despertar = () => difusion.despertar()
    const storage =
      url === undefined
        ? openPedidosStorage(file, despertar)
        : await openPedidosPostgres(url, undefined, despertar)
    cleanUp(() => storage.close())
    const difusion = new Difusion({
      historial: createHistorial(storage),
      timer: processTimer,
      logger: silentLogger,
      clock: createTestClock(0),
      sondeoMs: 2,
    })
    cleanUp(() => difusion.cerrar())
    async function seguir(clienteId: string | undefined, desde: number) {
      const peticion = { usuarioId: 'x', clienteId, desde, hastaMs: 600_000, vigente: siempre }
      const uno = await difusion.seguir(peticion)
      if (uno.tipo !== 'abierto') throw new Error(uno.tipo)
      return new Lector(uno.flujo)
    }
    return { storage, seguir, ...escritor(await storeDe(storage)) }
  }
}

const seed = fuzzSeed(process.env['FUZZ_SEED'])
const clientes = ['ana', 'luis'] as const

test(`readers that go from one process to another miss nothing and are told nothing twice (seed ${seed})`, async () => {
  const random = createRandom(seed)
  const proceso = await base()
  const procesos = [await proceso(), await proceso()] as const
  const cual = () => procesos[random() < 0.5 ? 0 : 1]
  const cada = 60
  const total = procesos.length * cada * 2

  async function escribir({ nuevo, fin }: (typeof procesos)[number]) {
    for (let n = 0; n < cada; n++) {
      await fin(await nuevo(clientes[n % 2] ?? 'ana'))
    }
  }
  async function seguir(clienteId: string | undefined) {
    const cuantos = clienteId === undefined ? total : total / 2
    const vistos: number[] = []
    for (let ultimo = 0; vistos.length < cuantos;) {
      const lector = await cual().seguir(clienteId, ultimo)
      const faltan = () => cuantos - vistos.length - lector.numeros.length
      for (let veces = 1 + Math.floor(random() * 8); veces > 0 && faltan() > 0; veces--) {
        await lector.leer()
      }
      vistos.push(...lector.numeros)
      ultimo = lector.ultimo
      await lector.soltar()
    }
    return vistos
  }
  const lectores = [undefined, ...clientes]
  const [leidos] = await Promise.all([
    Promise.all(lectores.map(seguir)),
    Promise.all(procesos.map(escribir)),
  ])
  const escritos = await rows<{ secuencia: number; cliente: string }>(
    procesos[0].storage,
    `SELECT secuencia, cliente_id AS cliente
     FROM pedido_eventos e JOIN pedidos p ON p.numero = e.numero ORDER BY secuencia`,
  )
  expect(escritos).toHaveLength(total)
  for (const [n, de] of lectores.entries()) {
    const suyos = escritos.filter(({ cliente }) => de === undefined || cliente === de)
    expect(leidos[n]).toEqual(suyos.map(({ secuencia }) => secuencia))
  }
})
