import { afterAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Derivado, Seguidor } from '../src/store/seguidor.ts'
import { openPedidosStorage, type PedidosStorage } from '../src/store/sqlite/open.ts'
import { monoMs } from '@encargo/service-kit/async/clock'
import { statement } from '@encargo/storage'
import { preparar } from './fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'encargo-seguidor-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0

/** A history of `cuantos` changes of one order, as `pedidos` writes them. */
function escribir({ client }: PedidosStorage, cuantos: number): void {
  client.run(`INSERT OR IGNORE INTO pedidos (numero, id, cliente_id, creado_por, estado, version,
      intentos, total, moneda, expira_en, creado_en, actualizado_en)
    VALUES (1, 'x', 'c', 'c', 'Pendiente', 1, 0, 0, 'USD', 0, 0, 0)`)
  const uno = client.prepare(
    `INSERT INTO pedido_eventos (numero, estado, actor, en) VALUES (1, 'Pendiente', 'c', 0)`,
  )
  client.transaction(() => {
    for (let n = 0; n < cuantos; n++) uno.run()
  })()
}

interface Ajustes {
  readonly reloj?: () => number
  /** Called in the middle of each piece. */
  readonly entre?: () => void
}

const vaciar = statement<never, []>('DELETE FROM copia')
const tomar = statement<never, [desde: number, hasta: number]>(
  `INSERT INTO copia (secuencia) SELECT secuencia FROM pedido_eventos
   WHERE secuencia > ?1 AND secuencia <= ?2 ORDER BY secuencia`,
)

/** A table that holds every change that it was handed, in the order of their coming. */
function copia(storage: PedidosStorage, { reloj = () => 0, entre = () => {} }: Ajustes = {}) {
  const { client } = storage
  client.run('CREATE TABLE IF NOT EXISTS copia (orden INTEGER PRIMARY KEY, secuencia INTEGER)')
  const trechos: number[] = []
  const derivado: Derivado = {
    nombre: 'copia',
    *vaciar() {
      yield* vaciar.run()
    },
    *aplicar({ desde, hasta }) {
      yield* tomar.run(desde, hasta)
      trechos.push(hasta - desde)
      entre()
    },
  }
  const seguidor = new Seguidor(storage.engine, derivado, { monoMs: () => monoMs(reloj()) })
  const todo = () =>
    client
      .query<{ secuencia: number }, []>('SELECT secuencia FROM copia ORDER BY orden')
      .all()
      .map(({ secuencia }) => secuencia)
  const alDia = (maxMs = Number.POSITIVE_INFINITY) => seguidor.alDia({ maxMs })
  return { seguidor, trechos, todo, alDia }
}

const hasta = (n: number) => Array.from({ length: n }, (_, at) => at + 1)
const abrir = (file = ':memory:') => openPedidosStorage(file)
const archivo = () => join(folder, `${files++}.db`)

describe('following the history of orders', () => {
  test('takes in each change once, in order, whatever was there before it began', async () => {
    const storage = abrir()
    escribir(storage, 300)
    const { alDia, todo } = copia(storage)
    expect(await alDia()).toBe(true)
    expect(todo()).toEqual(hasta(300))
    escribir(storage, 1)
    expect(await alDia()).toBe(true)
    expect(todo()).toEqual(hasta(301))
  })

  test('writes nothing while there is nothing new', async () => {
    const storage = abrir()
    const { alDia } = copia(storage)
    await alDia()
    expect(storage.stats().writes).toBe(0)
    escribir(storage, 3)
    await alDia()
    await alDia()
    expect(storage.stats().writes).toBe(1)
  })

  test('is up to what was there when it was asked, however much keeps coming', async () => {
    const storage = abrir()
    escribir(storage, 5)
    const { alDia, todo } = copia(storage, { entre: () => escribir(storage, 4_000) })
    expect(await alDia()).toBe(true)
    expect(todo()).toEqual(hasta(5))
  })

  test('goes on where it was when a piece fails, having done nothing of it', async () => {
    const storage = abrir()
    escribir(storage, 500)
    let left = 2
    const { alDia, todo } = copia(storage, {
      entre() {
        if (--left === 0) throw new Error('dies here')
      },
    })
    await expect(alDia()).rejects.toThrow('dies here')
    expect(todo()).toEqual(hasta(128))
    expect(await alDia()).toBe(true)
    expect(todo()).toEqual(hasta(500))
  })

  test('takes in nothing twice when several ask at once and another instance follows as well', async () => {
    const file = archivo()
    const [una, otra] = [abrir(file), abrir(file)]
    escribir(una, 5_000)
    const aqui = copia(una)
    const alli = copia(otra)
    const answers = await Promise.all([aqui.alDia(), alli.alDia(), aqui.alDia(), alli.alDia()])
    expect(answers).toEqual([true, true, true, true])
    expect(aqui.todo()).toEqual(hasta(5_000))
    // Both had a part in it, else this would prove nothing.
    expect(aqui.trechos.length * alli.trechos.length).toBeGreaterThan(0)
    await Promise.all([una.close(), otra.close()])
  })

  test('goes on after a restart', async () => {
    const file = archivo()
    const first = abrir(file)
    escribir(first, 200)
    await copia(first).alDia()
    await first.close()
    const second = abrir(file)
    escribir(second, 10)
    const { alDia, todo, trechos } = copia(second)
    await alDia()
    expect(todo()).toEqual(hasta(210))
    expect(trechos).toEqual([10])
    await second.close()
  })

  test('begins anew when its place is deleted', async () => {
    const storage = abrir()
    escribir(storage, 150)
    const { alDia, todo } = copia(storage)
    await alDia()
    storage.client.run("UPDATE copia SET secuencia = 0; DELETE FROM marcas WHERE nombre = 'copia'")
    await alDia()
    expect(todo()).toEqual(hasta(150))
  })

  test('stops when its time is up or it is told to, and says so', async () => {
    const storage = abrir()
    escribir(storage, 1_000)
    let ms = 0
    const { seguidor, alDia, todo } = copia(storage, { reloj: () => ms, entre: () => ms++ })
    expect(await alDia(2)).toBe(false)
    const hechos = todo().length
    expect(hechos).toBeGreaterThan(0)
    expect(hechos).toBeLessThan(1_000)
    expect(await seguidor.alDia({ maxMs: 1e9, parar: () => true })).toBe(false)
    expect(todo()).toHaveLength(hechos)
    expect(await alDia()).toBe(true)
  })

  test('makes its pieces smaller while they take long, and larger while they do not', async () => {
    const storage = abrir()
    escribir(storage, 20_000)
    let ms = 0
    let cuesta = 20
    const { alDia, trechos } = copia(storage, { reloj: () => ms, entre: () => (ms += cuesta) })
    await alDia(200)
    expect(trechos.slice(0, 5)).toEqual([128, 64, 32, 16, 16])
    cuesta = 0
    await alDia()
    expect(Math.max(...trechos)).toBe(2_000)
  })

  test('lets others have their turn after each piece', async () => {
    const storage = abrir()
    escribir(storage, 10_000)
    let turns = 0
    const beat = () => {
      turns++
      timer = setImmediate(beat)
    }
    let timer = setImmediate(beat)
    const { alDia, trechos } = copia(storage)
    await alDia()
    clearImmediate(timer)
    expect(turns).toBeGreaterThanOrEqual(trechos.length)
  })

  test('that fails does not keep the driver from the other followers, nor from its round', async () => {
    const { store, casos } = preparar()
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
