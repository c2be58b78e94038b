import { expect, test } from 'bun:test'
import { testFolder } from '@encargo/service-kit/testing/folder'
import type { ListaExistencias } from '../src/ports.ts'
import { listaExistencias, listaMovimientos, listaReservas } from '../src/store/queries.ts'
import { checkInvariants, cleanUp, openWarehouse, pedido, type Warehouse } from './fixture.ts'

const existencias: ListaExistencias = {
  bajoMinimo: false,
  ids: null,
  orden: 'productoId',
  despuesDe: null,
  limite: 50,
}
const reservas = { creadasAntesDe: null, despuesDe: null, ahora: 0, limite: 50 }

function planOf(
  { client }: Warehouse['storage'],
  query: { toSQL(): { sql: string; params: unknown[] } },
): string[] {
  const { sql, params } = query.toSQL()
  const bound = params.map((param) => (typeof param === 'number' ? param : String(param)))
  const rows = client.query<{ detail: string }, (string | number)[]>(`EXPLAIN QUERY PLAN ${sql}`)
  return rows.all(...bound).map((row) => row.detail)
}

test('walks every list along an index, without a sort', async () => {
  const { storage } = await openWarehouse()
  const { db } = storage
  const id = pedido()
  const lists = [
    [listaExistencias(db, existencias), 'sqlite_autoindex_existencias_1'],
    [
      listaExistencias(db, { ...existencias, despuesDe: { valor: null, productoId: id } }),
      'sqlite_autoindex_existencias_1',
    ],
    [listaExistencias(db, { ...existencias, bajoMinimo: true }), 'existencias_bajo_minimo'],
    [
      listaExistencias(db, {
        ...existencias,
        bajoMinimo: true,
        despuesDe: { valor: null, productoId: id },
      }),
      'existencias_bajo_minimo',
    ],
    [listaExistencias(db, { ...existencias, ids: [id] }), 'sqlite_autoindex_existencias_1'],
    [
      listaMovimientos(db, { de: { productoId: id }, antesDe: null, limite: 50 }),
      'movimientos_por_producto',
    ],
    [
      listaMovimientos(db, { de: { productoId: id }, antesDe: 9, limite: 50 }),
      'movimientos_por_producto',
    ],
    [
      listaMovimientos(db, { de: { pedidoId: id }, antesDe: null, limite: 50 }),
      'movimientos_por_pedido',
    ],
    [
      listaMovimientos(db, { de: { pedidoId: id }, antesDe: 9, limite: 50 }),
      'movimientos_por_pedido',
    ],
    [listaReservas(db, reservas), 'reservas_activas_por_creacion'],
    [
      listaReservas(db, {
        ...reservas,
        creadasAntesDe: 9,
        despuesDe: { creadaEn: 1, pedidoId: id },
      }),
      'reservas_activas_por_creacion',
    ],
  ] as const
  for (const [query, index] of lists) {
    const plan = planOf(storage, query)
    expect(plan).toHaveLength(1)
    expect(plan[0]).toContain(`INDEX ${index}`)
  }
})

test('sorts the stock by what is available over no more rows than are low, if those are asked for', async () => {
  const { storage } = await openWarehouse()
  const lista = { ...existencias, bajoMinimo: true, orden: 'disponible' } as const
  const despuesDe = { valor: 3, productoId: pedido() }
  for (const query of [lista, { ...lista, despuesDe }]) {
    const [scan, sort] = planOf(storage, listaExistencias(storage.db, query))
    expect(scan).toContain('INDEX existencias_bajo_minimo')
    expect(sort).toContain('USE TEMP B-TREE')
  }
})

test('finds what has run out along an index of active reservations', async () => {
  const { storage } = await openWarehouse()
  const plan = storage.client
    .query<{ detail: string }, []>(
      `EXPLAIN QUERY PLAN SELECT pedido_id FROM reservas
       WHERE estado = 'activa' AND expira_en <= 9 ORDER BY expira_en LIMIT 50`,
    )
    .all()
  expect(plan.map((row) => row.detail)).toEqual([
    'SEARCH reservas USING INDEX reservas_activas_por_vencimiento (expira_en<?)',
  ])
})

test('keeps reserved stock between nothing and what is there, whoever writes the SQL', async () => {
  const { storage, producto, reservar } = await openWarehouse()
  const id = await producto(10)
  await reservar(pedido(), [{ productoId: id, cantidad: 4 }])
  const attempts = [
    'UPDATE existencias SET reservado = 11',
    'UPDATE existencias SET reservado = -1',
    'UPDATE existencias SET fisico = 3',
    'UPDATE existencias SET fisico = 1000000000001',
    'UPDATE existencias SET umbral_minimo = -1',
  ]
  for (const sql of attempts) {
    expect(() => storage.client.run(sql)).toThrow('CHECK constraint failed')
  }
  checkInvariants(storage)
})

test('lets nobody rewrite the ledger, the lines, or a closed reservation', async () => {
  const { storage, producto, reservar, confirmar } = await openWarehouse()
  const id = await producto(10)
  const pedidoId = pedido()
  await reservar(pedidoId, [{ productoId: id, cantidad: 4 }])
  await confirmar(pedidoId)
  const attempts = [
    'UPDATE movimientos SET cantidad = cantidad + 1',
    'DELETE FROM movimientos',
    'UPDATE reserva_lineas SET cantidad = 9',
    'DELETE FROM reserva_lineas',
    `UPDATE reservas SET estado = 'activa', cerrada_en = NULL`,
    'DELETE FROM reservas',
    'DELETE FROM existencias',
  ]
  for (const sql of attempts) expect(() => storage.client.run(sql)).toThrow()
  checkInvariants(storage)
})

test('accepts no line of the ledger whose sign or origin does not fit its kind', async () => {
  const { storage, producto } = await openWarehouse()
  const id = await producto(10)
  type Line = [tipo: string, cantidad: number, pedidoId: string | null, usuarioId: string | null]
  const insert = (...[tipo, cantidad, pedidoId, usuarioId]: Line) =>
    storage.client.run(
      `INSERT INTO movimientos (id, producto_id, tipo, cantidad, fisico_resultante, pedido_id,
         usuario_id, creado_en) VALUES (?, ?, ?, ?, 10, ?, ?, 0)`,
      [pedido(), id, tipo, cantidad, pedidoId, usuarioId],
    )
  const wrong: Line[] = [
    ['ENTRADA', -1, null, 'u'],
    ['SALIDA', 1, null, 'u'],
    ['VENTA', 1, 'p', null],
    ['VENTA', -1, null, 'u'],
    ['ENTRADA', 1, 'p', 'u'],
    ['AJUSTE', 1, null, null],
    ['REGALO', 1, null, 'u'],
  ]
  for (const line of wrong) expect(() => insert(...line)).toThrow('CHECK constraint failed')
})

test('has everything again after it is closed and opened', async () => {
  const folder = testFolder('inventario', cleanUp)
  const first = await openWarehouse(folder)
  const id = await first.producto(10)
  const pedidoId = pedido()
  await first.reservar(pedidoId, [{ productoId: id, cantidad: 4 }])
  await first.mover(id, { tipo: 'ENTRADA', cantidad: 1 }, { 'idempotency-key': 'a' })
  await first.close()

  const { store, storage } = await openWarehouse(folder)
  expect(await store.existencia(id)).toMatchObject({ fisico: 11, reservado: 4 })
  expect(await store.reserva(pedidoId)).toMatchObject({ estado: 'activa' })
  checkInvariants(storage)
})

test('does nothing but answer 503 when its storage cannot serve', async () => {
  const { storage, reservar, mover, producto } = await openWarehouse()
  const id = await producto(1)
  await storage.close()
  const answers = [
    await reservar(pedido(), [{ productoId: id, cantidad: 1 }]),
    await mover(id, { tipo: 'ENTRADA', cantidad: 1 }),
  ]
  for (const answer of answers) {
    expect([answer.status, answer.json.codigo]).toEqual([503, 'almacenamiento-no-disponible'])
    expect(answer.headers.get('retry-after')).not.toBeNull()
  }
})
