import { expect, test } from 'bun:test'
import { huellaDe } from '@encargo/service-kit/values/idempotency'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { testFolder } from '@encargo/service-kit/testing/folder'
import { createTestClock } from '@encargo/service-kit/testing/service'
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStorage } from '@encargo/storage'
import { change, rows } from '@encargo/storage/testing'
import journal from '../src/store/sqlite/migrations/meta/_journal.json' with { type: 'json' }
import { checkInvariants, openWarehouse, operadorId, pedido } from './fixture.ts'

const migrations = join(import.meta.dir, '../src/store/sqlite/migrations')

/** A folder with the migrations up to the `last`, as a version of that time brought them. */
function migrationsUpTo(folder: string, last: number): string {
  const old = join(folder, 'migrations')
  mkdirSync(join(old, 'meta'), { recursive: true })
  const entries = journal.entries.filter((entry) => entry.idx <= last)
  for (const file of readdirSync(migrations).filter((name) => name.endsWith('.sql'))) {
    if (entries.some((entry) => file === `${entry.tag}.sql`)) {
      cpSync(join(migrations, file), join(old, file))
    }
  }
  writeFileSync(join(old, 'meta', '_journal.json'), JSON.stringify({ ...journal, entries }))
  return old
}

function temporaryFolder(): string {
  return testFolder('inventario', cleanUp)
}

test('opens stock and kept answers of before counts below what is reserved', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'inventario.db')
  const old = openStorage({ file, migrationsFolder: migrationsUpTo(folder, 3) })
  const [id, pedidoId] = [pedido(), pedido()]
  const body = { tipo: 'ENTRADA', cantidad: 10 }
  const existencia = { fisico: 10, reservado: 3, umbralMinimo: 0, version: 1, actualizadoEn: 1 }
  const resultado = JSON.stringify({
    resultado: 'hecho',
    existencia: { productoId: id, ...existencia },
  })
  const resumen = { filas: 1, creados: 0, actualizados: 0, sinCambios: 1, muestra: [] }
  const huella = huellaDe(`PATCH /inventario/${id}`, body)
  const ahora = createTestClock().ms()
  await change(
    old,
    `
    INSERT INTO existencias VALUES ('${id}', 10, 3, 0, 1, 1);
    INSERT INTO movimientos (id, producto_id, tipo, cantidad, fisico_resultante, usuario_id, creado_en)
      VALUES ('a', '${id}', 'ENTRADA', 10, 10, 'u', 1);
    INSERT INTO reservas VALUES (1, '${pedidoId}', 'activa', 9000000000000, 10, NULL);
    INSERT INTO reserva_lineas VALUES (1, '${id}', 3);
    INSERT INTO idempotencia VALUES ('${operadorId}', 'k', '${huella}', '${resultado}', ${ahora}),
      ('${operadorId}', 'archivo', 'h', '${JSON.stringify(resumen)}', ${ahora})`,
  )
  await old.close()
  const { storage, store, mover, liberar } = await openWarehouse({ DATA_DIR: folder })
  const again = await mover(id, body, { 'idempotency-key': 'k' })
  expect([again.status, again.json.fisico, again.json.faltan]).toEqual([200, 10, 0])
  const archivo = { clave: 'archivo', huella: 'h' }
  const opciones = { filas: [], muestra: 1, previa: undefined, omitirConflictos: false }
  const recuento = { ...opciones, usuarioId: operadorId, ahora, clave: archivo }
  const repetido = { tipo: 'repetida', respuesta: { tipo: 'hecho', resumen } } as const
  expect(await store.importar(recuento)).toEqual(repetido)
  const contado = await mover(id, { tipo: 'AJUSTE', cantidad: 2 })
  expect(contado.json).toMatchObject({ fisico: 3, faltan: 1 })
  await expect(change(storage, 'UPDATE existencias SET faltan = 4')).rejects.toThrow()
  await liberar(pedidoId)
  await checkInvariants(storage)
})

test('keeps every reservation and its lines when they get an order of their own', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'inventario.db')
  const old = openStorage({ file, migrationsFolder: migrationsUpTo(folder, 1) })
  const [cafe, taza] = [pedido(), pedido()]
  // Ids in the opposite order of their making, as an order's may be.
  const [tercero, segundo, primero] = [pedido(), pedido(), pedido()]
  await change(
    old,
    `
    INSERT INTO existencias VALUES ('${cafe}', 8, 3, 0, 4, 40), ('${taza}', 5, 1, 0, 2, 20);
    INSERT INTO movimientos (id, producto_id, tipo, cantidad, fisico_resultante, usuario_id, creado_en)
      VALUES ('a', '${cafe}', 'ENTRADA', 10, 10, 'u', 1), ('b', '${taza}', 'ENTRADA', 5, 5, 'u', 1);
    INSERT INTO movimientos (id, producto_id, tipo, cantidad, fisico_resultante, pedido_id, creado_en)
      VALUES ('c', '${cafe}', 'VENTA', -2, 8, '${segundo}', 30);
    INSERT INTO reservas VALUES ('${primero}', 'activa', 9000000000000, 10, NULL),
      ('${segundo}', 'confirmada', 9000000000000, 20, 30), ('${tercero}', 'liberada', 40, 40, 40);
    INSERT INTO reserva_lineas VALUES ('${segundo}', '${cafe}', 2), ('${primero}', '${taza}', 1),
      ('${primero}', '${cafe}', 3)`,
  )
  await old.close()

  const { storage, store, confirmar } = await openWarehouse({ DATA_DIR: folder })
  const reservas = await rows(
    storage,
    'SELECT n, pedido_id, estado, expira_en, creada_en, cerrada_en FROM reservas ORDER BY n',
  )
  expect(reservas.map((row) => Object.values(row))).toEqual([
    [1, primero, 'activa', 9_000_000_000_000, 10, null],
    [2, segundo, 'confirmada', 9_000_000_000_000, 20, 30],
    [3, tercero, 'liberada', 40, 40, 40],
  ])
  await checkInvariants(storage)
  const lineasDe = async (id: string) => (await store.reserva(id))?.lineas
  expect(await lineasDe(primero)).toEqual([
    { productoId: cafe, cantidad: 3 },
    { productoId: taza, cantidad: 1 },
  ])
  expect(await lineasDe(segundo)).toEqual([{ productoId: cafe, cantidad: 2 }])
  expect(await lineasDe(tercero)).toEqual([])
  const attempts = [
    'UPDATE reserva_lineas SET cantidad = 9',
    'DELETE FROM reserva_lineas',
    `UPDATE reservas SET estado = 'activa', cerrada_en = NULL WHERE estado = 'liberada'`,
    'DELETE FROM reservas',
    `INSERT INTO reserva_lineas VALUES (9, '${cafe}', 1)`,
    `INSERT INTO reservas (pedido_id, estado, expira_en, creada_en) VALUES ('${primero}', 'activa', 1, 1)`,
  ]
  for (const sql of attempts) await expect(change(storage, sql)).rejects.toThrow()
  expect((await confirmar(primero)).status).toBe(200)
  await checkInvariants(storage)
})
