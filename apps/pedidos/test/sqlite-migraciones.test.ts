import { change, rows } from '@encargo/storage/testing'
import { onTestFinished, expect, test } from 'bun:test'
import { testFolder } from '@encargo/service-kit/testing/folder'
import { openStorage } from '@encargo/storage'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { idsDeClaves } from '../src/domain/identidad-pedido.ts'
import { palabraDe } from '../src/store/busqueda.ts'
import { openPedidosStorage } from '../src/store/sqlite/open.ts'
import { todos } from './contract/fixture.ts'
import { storeDe } from './fixture.ts'
import { palabras } from './palabras.ts'

/** A database of the time before the migration that is called `antes`, in a folder of its own. */
async function baseDeAntes(antes: string) {
  const folder = testFolder('pedidos', onTestFinished)
  const migrationsFolder = join(folder, 'migrations')
  cpSync(join(import.meta.dir, '../src/store/sqlite/migrations'), migrationsFolder, {
    recursive: true,
  })
  const journal = join(migrationsFolder, 'meta/_journal.json')
  const { entries, ...rest }: { entries: { tag: string }[] } = await Bun.file(journal).json()
  const first = entries.findIndex(({ tag }) => tag.endsWith(antes))
  await Bun.write(journal, JSON.stringify({ ...rest, entries: entries.slice(0, first) }))
  const file = join(folder, 'pedidos.db')
  return { file, before: openStorage({ file, migrationsFolder }) }
}

test('a database of an older version is found in as before, and its keys are answered as before', async () => {
  const usuarioId = Bun.randomUUIDv7()
  const id = Bun.randomUUIDv7()
  const { file, before } = await baseDeAntes('resumen')
  await change(
    before,
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
  const store = await storeDe(storage)
  // Without its dash, which the index of then knew nothing of.
  const hallados = await store.listar({ ...todos, q: 'sku9', limite: 5 })
  expect(hallados?.map((pedido) => pedido.id)).toEqual([id])
  expect((await palabras(storage)).get('taza')).toEqual([1])
  const clave = { usuarioId, clave: 'k', huella: 'h', primerId: Bun.randomUUIDv7() }
  // A key of this moment may have been used with the version before: its id is what it was then.
  const ahora = Bun.randomUUIDv7()
  expect(store.idDeClave(usuarioId, ahora, 0)).toBe(idsDeClaves(Infinity)(usuarioId, ahora, 0))
  const manana = Bun.randomUUIDv7('hex', Date.now() + 86_460_000)
  expect(store.idDeClave(usuarioId, manana, 0)).toStartWith(manana.slice(0, 13))
  const { respuesta } = await store.antecedentes(clave, 6)
  expect(respuesta).toMatchObject({ tipo: 'pedido', misma: true, pedido: { id } })
  await store.anotarBorrados({ ids: [usuarioId], ahora: 7, traza: '' })
  await store.borrarPersonales(usuarioId, 25)
  expect((await palabras(storage)).get('urgente')).toBeUndefined()
  expect((await palabras(storage)).get('taza')).toEqual([1])
  expect((await store.antecedentes(clave, 8)).respuesta).toBeUndefined()
  await storage.close()
})

test('orders of a version that knew of no such thing can be held for longer as well', async () => {
  const { file, before } = await baseDeAntes('prorroga')
  await change(
    before,
    `INSERT INTO pedidos (id, cliente_id, creado_por, estado, version, intentos, total, moneda,
       expira_en, creado_en, actualizado_en)
     VALUES ('a', 'b', 'b', 'Pendiente', 1, 0, 5, 'USD', 9, 5, 5)`,
  )
  const later = 'UPDATE pedidos SET expira_en = expira_en + 1'
  await expect(change(before, later)).rejects.toThrow('never changes')
  await before.close()
  const storage = openPedidosStorage(file)
  await change(storage, later)
  expect(await rows(storage, 'SELECT expira_en FROM pedidos')).toEqual([{ expira_en: 10 }])
  await storage.close()
})
