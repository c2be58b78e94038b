import { afterAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Derivado, Seguidor } from '../src/store/seguidor.ts'
import { openPedidosStorage } from '../src/store/sqlite/open.ts'
import { monoMs } from '@encargo/service-kit/async/clock'
import { type Script, statement, type Storage } from '@encargo/storage'
import { change, rows } from '@encargo/storage/testing'
import { preparar } from './fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'encargo-seguidor-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0

const pedido = statement<never, []>(
  `INSERT INTO pedidos (numero, id, cliente_id, creado_por, estado, version, intentos, total, moneda,
     expira_en, creado_en, actualizado_en)
   VALUES (1, 'x', 'c', 'c', 'Pendiente', 1, 0, 0, 'USD', 0, 0, 0) ON CONFLICT DO NOTHING`,
)
const uno = statement<never, []>(
  `INSERT INTO pedido_eventos (numero, estado, actor, en) VALUES (1, 'Pendiente', 'c', 0)`,
)

/** A history of `cuantos` changes of one order, as `pedidos` writes them. */
function* historia(cuantos: number): Script<void> {
  yield* pedido.run()
  for (let n = 0; n < cuantos; n++) yield* uno.run()
}
const escribir = (storage: Storage, cuantos: number) => storage.write(() => historia(cuantos))

interface Ajustes {
  readonly reloj?: () => number
  /** Called in the middle of each piece. */
  readonly entre?: () => Script<void> | void
}

const vaciar = statement<never, []>('DELETE FROM copia')
const tomar = statement<never, [desde: number, hasta: number]>(
  `INSERT INTO copia (secuencia) SELECT secuencia FROM pedido_eventos
   WHERE secuencia > ?1 AND secuencia <= ?2 ORDER BY secuencia`,
)

/** A table that holds every change that it was handed, in the order of their coming. */
async function copia(storage: Storage, { reloj = () => 0, entre = () => {} }: Ajustes = {}) {
  await change(
    storage,
    'CREATE TABLE IF NOT EXISTS copia (orden INTEGER PRIMARY KEY, secuencia INTEGER)',
  )
  const trechos: number[] = []
  const derivado: Derivado = {
    nombre: 'copia',
    *vaciar() {
      yield* vaciar.run()
    },
    *aplicar({ desde, hasta }) {
      yield* tomar.run(desde, hasta)
      trechos.push(hasta - desde)
      const mas = entre()
      if (mas) yield* mas
    },
  }
  const seguidor = new Seguidor(storage, derivado, { monoMs: () => monoMs(reloj()) })
  const todo = async () =>
    (await rows(storage, 'SELECT secuencia FROM copia ORDER BY orden')).map(
      (una) => una['secuencia'],
    )
  const alDia = (maxMs = Number.POSITIVE_INFINITY) => seguidor.alDia({ maxMs })
  return { seguidor, trechos, todo, alDia }
}

const hasta = (n: number) => Array.from({ length: n }, (_, at) => at + 1)
const abrir = (file = ':memory:') => openPedidosStorage(file)
const archivo = () => join(folder, `${files++}.db`)

describe('following the history of orders', () => {
  test('takes in each change once, in order, whatever was there before it began', async () => {
    const storage = abrir()
    await escribir(storage, 300)
    const { alDia, todo } = await copia(storage)
    expect(await alDia()).toBe(true)
    expect(await todo()).toEqual(hasta(300))
    await escribir(storage, 1)
    expect(await alDia()).toBe(true)
    expect(await todo()).toEqual(hasta(301))
  })

  test('writes nothing while there is nothing new', async () => {
    const storage = abrir()
    const { alDia } = await copia(storage)
    const { writes } = storage.stats()
    await alDia()
    expect(storage.stats().writes).toBe(writes)
    await escribir(storage, 3)
    await alDia()
    await alDia()
    expect(storage.stats().writes).toBe(writes + 2)
  })

  test('is up to what was there when it was asked, however much keeps coming', async () => {
    const storage = abrir()
    await escribir(storage, 5)
    const { alDia, todo } = await copia(storage, { entre: () => historia(4_000) })
    expect(await alDia()).toBe(true)
    expect(await todo()).toEqual(hasta(5))
  })

  test('goes on where it was when a piece fails, having done nothing of it', async () => {
    const storage = abrir()
    await escribir(storage, 500)
    let left = 2
    const { alDia, todo } = await copia(storage, {
      entre() {
        if (--left === 0) throw new Error('dies here')
      },
    })
    await expect(alDia()).rejects.toThrow('dies here')
    expect(await todo()).toEqual(hasta(128))
    expect(await alDia()).toBe(true)
    expect(await todo()).toEqual(hasta(500))
  })

  test('takes in nothing twice when several ask at once and another instance follows as well', async () => {
    const file = archivo()
    const [una, otra] = [abrir(file), abrir(file)]
    await escribir(una, 5_000)
    const aqui = await copia(una)
    const alli = await copia(otra)
    const answers = await Promise.all([aqui.alDia(), alli.alDia(), aqui.alDia(), alli.alDia()])
    expect(answers).toEqual([true, true, true, true])
    expect(await aqui.todo()).toEqual(hasta(5_000))
    // Both had a part in it, else this would prove nothing.
    expect(aqui.trechos.length * alli.trechos.length).toBeGreaterThan(0)
    await Promise.all([una.close(), otra.close()])
  })

  test('goes on after a restart', async () => {
    const file = archivo()
    const first = abrir(file)
    await escribir(first, 200)
    await (await copia(first)).alDia()
    await first.close()
    const second = abrir(file)
    await escribir(second, 10)
    const { alDia, todo, trechos } = await copia(second)
    await alDia()
    expect(await todo()).toEqual(hasta(210))
    expect(trechos).toEqual([10])
    await second.close()
  })

  test('begins anew when its place is deleted', async () => {
    const storage = abrir()
    await escribir(storage, 150)
    const { alDia, todo } = await copia(storage)
    await alDia()
    await change(storage, 'UPDATE copia SET secuencia = 0')
    await change(storage, "DELETE FROM marcas WHERE nombre = 'copia'")
    await alDia()
    expect(await todo()).toEqual(hasta(150))
  })

  test('stops when its time is up or it is told to, and says so', async () => {
    const storage = abrir()
    await escribir(storage, 1_000)
    let ms = 0
    const { seguidor, alDia, todo } = await copia(storage, {
      reloj: () => ms,
      entre: () => void ms++,
    })
    expect(await alDia(2)).toBe(false)
    const hechos = (await todo()).length
    expect(hechos).toBeGreaterThan(0)
    expect(hechos).toBeLessThan(1_000)
    expect(await seguidor.alDia({ maxMs: 1e9, parar: () => true })).toBe(false)
    expect(await todo()).toHaveLength(hechos)
    expect(await alDia()).toBe(true)
  })

  test('makes its pieces smaller while they take long, and larger while they do not', async () => {
    const storage = abrir()
    await escribir(storage, 20_000)
    let ms = 0
    let cuesta = 20
    const { alDia, trechos } = await copia(storage, {
      reloj: () => ms,
      entre: () => void (ms += cuesta),
    })
    await alDia(200)
    expect(trechos.slice(0, 5)).toEqual([128, 64, 32, 16, 16])
    cuesta = 0
    await alDia()
    expect(Math.max(...trechos)).toBe(2_000)
  })

  test('lets others have their turn after each piece', async () => {
    const storage = abrir()
    await escribir(storage, 10_000)
    let turns = 0
    const beat = () => {
      turns++
      timer = setImmediate(beat)
    }
    let timer = setImmediate(beat)
    const { alDia, trechos } = await copia(storage)
    await alDia()
    clearImmediate(timer)
    expect(turns).toBeGreaterThanOrEqual(trechos.length)
  })

  test('that fails does not keep the driver from the other followers, nor from its round', async () => {
    const { store, casos } = await preparar()
    let rounds = 0
    const fails = { alDia: () => Promise.reject(new Error('a piece that fails')) }
    const works = { alDia: async () => ++rounds > 0 }
    Object.assign(store.seguidores[0] ?? {}, fails)
    Object.assign(store.seguidores[1] ?? {}, works)
    await casos.driver.tick()
    await casos.driver.tick()
    expect(rounds).toBe(2)
  })
})
