import { monoMs } from '@encargo/service-kit/async/clock'
import { describe, expect, test } from 'bun:test'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStorage } from '@encargo/storage'
import { idsDeClaves } from '../src/domain/identidad-pedido.ts'
import { palabraDe } from '../src/store/busqueda.ts'
import { openPedidosStorage, type PedidosStorage } from '../src/store/sqlite/open.ts'
import { schema } from '../src/store/sqlite/tables.ts'
import { pedir, preparar, rechazo, todos, usuario, storeDe } from './fixture.ts'

const direccionEnvio = {
  nombre: 'Zoraida Quispe',
  calle: 'Sol 1',
  ciudad: 'Loja',
  pais: 'EC',
  telefono: '+593 99 123 4567',
}

async function tienda() {
  const todo = preparar()
  const ana = await usuario()
  const staff = await usuario({ rol: 'operador' })
  const productoId = todo.producto(100, 1000)
  const comprar = (extra: object = {}) =>
    pedir(todo.app, 'POST', '/pedidos', {
      headers: ana.headers,
      body: { lineas: [{ productoId, cantidad: 1 }], ...extra },
    })
  const buscar = async (q: string) => {
    const { status, headers, body } = await pedir(todo.app, 'GET', `/pedidos?q=${q}`, staff)
    const datos: unknown = body['datos']
    return { status, headers, body, n: Array.isArray(datos) ? datos.length : -1 }
  }
  return { ...todo, ana, comprar, buscar }
}

/** Every word of the index with the orders that it stands for, one for each time that it is there. */
function palabras({ client }: PedidosStorage): Map<string, number[]> {
  client.run('CREATE VIRTUAL TABLE temp.palabras USING fts5vocab(main, pedidos_fts, instance)')
  const rows = client
    .query<{ term: string; doc: number }, []>('SELECT term, doc FROM temp.palabras ORDER BY doc')
    .all()
  client.run('DROP TABLE temp.palabras')
  const terms = [...Map.groupBy(rows, ({ term }) => term)]
  return new Map(terms.map(([term, found]) => [term, found.map(({ doc }) => doc)]))
}

describe('the full-text index', () => {
  test('is not written by a purchase, and holds it when somebody searches', async () => {
    const { comprar, buscar, storage } = await tienda()
    await comprar({ direccionEnvio })
    expect(palabras(storage).size).toBe(0)
    expect((await buscar('zoraida')).n).toBe(1)
    expect(palabras(storage).get('zoraida')).toEqual([1])
    await comprar({ direccionEnvio })
    expect((await buscar('zoraida')).n).toBe(2)
    expect(palabras(storage).get('zoraida')).toEqual([1, 2])
  })

  test('is brought up to date by the driver, without anybody who searches', async () => {
    const { comprar, storage, saga } = await tienda()
    for (let n = 0; n < 40; n++) await comprar({ notas: 'urgente' })
    await saga.driver.tick()
    expect(palabras(storage).get('urgente')).toHaveLength(40)
    await saga.driver.tick()
    expect(palabras(storage).get('urgente')).toHaveLength(40)
  })

  test('never gets the words of a customer who was erased before their order was in it', async () => {
    const { ana, comprar, buscar, storage, store } = await tienda()
    await comprar({ direccionEnvio })
    await buscar('zoraida')
    await comprar({ direccionEnvio })
    await store.anotarBorrados({ ids: [ana.id], marca: null, ahora: 0 })
    expect(await store.borrarPersonales(ana.id, 25)).toBe(false)
    // The first had an entry, the second has none yet, and nothing may be taken out of what is not there.
    expect(palabras(storage).get('zoraida')).toBeUndefined()
    expect(palabras(storage).get(palabraDe(ana.id))).toEqual([1])
    expect((await buscar('zoraida')).n).toBe(0)
    expect((await buscar('producto')).n).toBe(2)
    expect(palabras(storage).get(palabraDe(ana.id))).toEqual([1, 2])
    expect(palabras(storage).get('quispe')).toBeUndefined()
    expect(palabras(storage).get('1234567')).toBeUndefined()
  })

  test('is made anew when its place is removed, and nobody counts as erased before that', async () => {
    const { ana, comprar, buscar, storage, store } = await tienda()
    await comprar({ direccionEnvio })
    await buscar('zoraida')
    await store.quitarMarca('busqueda')
    await store.anotarBorrados({ ids: [ana.id], marca: null, ahora: 0 })
    await store.borrarPersonales(ana.id, 25)
    expect(await store.cerrarBorrados([ana.id], 0)).toBe(false)
    expect((await buscar('producto')).n).toBe(1)
    expect(palabras(storage).get('zoraida')).toBeUndefined()
    expect(await store.cerrarBorrados([ana.id], 0)).toBe(true)
  })

  test('is not searched while it is too far behind: 503 and when to come back', async () => {
    const { comprar, buscar, storage, store } = await tienda()
    await comprar()
    let ms = 0
    const lento = storeDe(storage, { monoMs: () => monoMs((ms += 2_000)) })
    expect(await lento.listar({ ...todos, q: 'producto', limite: 5 })).toBeUndefined()
    expect(await lento.listar({ ...todos, limite: 5 })).toHaveLength(1)
    store.listar = async () => undefined
    const answer = await buscar('producto')
    expect(rechazo(answer)).toBe('503 servicio-no-disponible')
    expect(answer.headers.get('retry-after')).toBe('5')
  })
})

/** The migrations of the time when a purchase wrote its entry and the answer to its key itself. */
async function oldMigrations(folder: string): Promise<string> {
  const old = join(folder, 'migrations')
  cpSync(join(import.meta.dir, '../src/store/sqlite/migrations'), old, { recursive: true })
  const journal = join(old, 'meta/_journal.json')
  const { entries, ...rest }: { entries: { idx: number }[] } = await Bun.file(journal).json()
  await Bun.write(journal, JSON.stringify({ ...rest, entries: entries.slice(0, 4) }))
  return old
}

describe('a database of an older version', () => {
  test('is found in as before, and its keys are answered as before', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'encargo-indice-'))
    const file = join(folder, 'pedidos.db')
    const usuarioId = Bun.randomUUIDv7()
    const id = Bun.randomUUIDv7()
    try {
      const before = openStorage({ file, schema, migrationsFolder: await oldMigrations(folder) })
      before.client.run(
        `INSERT INTO pedidos (id, cliente_id, creado_por, estado, version, intentos, total, moneda,
           notas, expira_en, creado_en, actualizado_en)
         VALUES ('${id}', '${usuarioId}', '${usuarioId}', 'Pendiente', 1, 0, 5, 'USD', 'urgente', 9, 5, 5);
         INSERT INTO pedido_lineas VALUES (1, 0, 'p', 'SKU-9', 'Taza', 1, 5);
         INSERT INTO pedido_eventos (numero, estado, actor, en) VALUES (1, 'Pendiente', 'x', 5);
         INSERT INTO pedidos_fts (rowid, cliente, texto)
           VALUES (1, '${palabraDe(usuarioId)}', '1 Taza SKU-9 urgente ');
         INSERT INTO idempotencia (usuario_id, clave, huella, numero, creada_en)
           VALUES ('${usuarioId}', 'k', 'h', 1, 5)`,
      )
      await before.close()
      const storage = openPedidosStorage(file)
      const store = storeDe(storage)
      // Without its dash, which the index of then knew nothing of.
      const hallados = await store.listar({ ...todos, q: 'sku9', limite: 5 })
      expect(hallados?.map((pedido) => pedido.id)).toEqual([id])
      expect(palabras(storage).get('taza')).toEqual([1])
      const clave = { usuarioId, clave: 'k', huella: 'h', primerId: Bun.randomUUIDv7() }
      // A key of this moment may have been used with the version before: its id is what it was then.
      const ahora = Bun.randomUUIDv7()
      expect(store.idDeClave(usuarioId, ahora, 0)).toBe(idsDeClaves(Infinity)(usuarioId, ahora, 0))
      const manana = Bun.randomUUIDv7('hex', Date.now() + 86_460_000)
      expect(store.idDeClave(usuarioId, manana, 0)).toStartWith(manana.slice(0, 13))
      const { respuesta } = await store.antecedentes(clave, 6)
      expect(respuesta).toMatchObject({ tipo: 'pedido', misma: true, pedido: { id } })
      await store.anotarBorrados({ ids: [usuarioId], marca: null, ahora: 7 })
      await store.borrarPersonales(usuarioId, 25)
      expect(palabras(storage).get('urgente')).toBeUndefined()
      expect(palabras(storage).get('taza')).toEqual([1])
      expect((await store.antecedentes(clave, 8)).respuesta).toBeUndefined()
      await storage.close()
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
