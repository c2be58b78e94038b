import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { Database } from 'bun:sqlite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStorage } from '@encargo/storage'
import { existencias, movimientos } from '../../apps/inventario/src/store/sqlite/tables.ts'
import { migrationsOf } from '../../scripts/lib/services.ts'
import { databaseFile } from '../targets/system.ts'
import { fillOrders } from './fill.ts'
import { inserter } from './inserter.ts'

const folder = mkdtempSync(join(tmpdir(), 'encargo-fill-'))
const stock = 100_000
const products = Array.from({ length: 5 }, (_, at) => ({
  id: Bun.randomUUIDv7(),
  sku: `SKU-${at}`,
  nombre: `Café número ${at}`,
  precio: 100 + at,
}))
const customers = Array.from({ length: 4 }, () => Bun.randomUUIDv7())
const count = 1_000
const now = Date.UTC(2026, 0, 15, 12)

async function stockUp(): Promise<void> {
  const file = databaseFile(folder, 'inventario')
  const migrationsFolder = migrationsOf('inventario')
  await openStorage({ file, migrationsFolder }).close()
  const client = new Database(file)
  const addExistencia = inserter(client, existencias)
  const addMovimiento = inserter(client, movimientos)
  for (const { id: productoId } of products) {
    const level = {
      fisico: stock,
      reservado: 0,
      faltan: 0,
      umbralMinimo: 0,
      version: 1,
      actualizadoEn: now,
    }
    addExistencia({ productoId, ...level })
    const entry = { tipo: 'ENTRADA', cantidad: stock, fisicoResultante: stock } as const
    const by = { usuarioId: customers[0], creadoEn: 0 }
    addMovimiento({ id: Bun.randomUUIDv7(), productoId, ...entry, ...by })
  }
  client.close()
}

beforeAll(async () => {
  await stockUp()
  const file = databaseFile(folder, 'pedidos')
  await openStorage({ file, migrationsFolder: migrationsOf('pedidos') }).close()
  await fillOrders(folder, { count, products, customers, now }, () => {})
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Both databases in one connection, as `p` and `i`. */
function values(sql: string): unknown[][] {
  const db = new Database(databaseFile(folder, 'pedidos'), { readwrite: true })
  try {
    db.run('ATTACH ? AS i', [databaseFile(folder, 'inventario')])
    return db.query(sql).values()
  } finally {
    db.close()
  }
}

describe('the past that --growth writes', () => {
  test('has all its orders, the newest of them still open', () => {
    expect(
      values('SELECT estado, count(*), max(numero) FROM pedidos GROUP BY estado ORDER BY estado'),
    ).toEqual([
      ['Cancelado', 99, 983],
      ['Completado', 891, 990],
      ['Pendiente', 10, 1000],
    ])
    expect(
      values(`SELECT count(*) FROM pedidos WHERE estado = 'Pendiente' AND expira_en <= ${now}`),
    ).toEqual([[0]])
  })

  test('has the physical stock that the ledger adds up to, and says so line by line', () => {
    const wrong = `SELECT e.producto_id FROM i.existencias e
      WHERE fisico <> (SELECT sum(cantidad) FROM i.movimientos m WHERE m.producto_id = e.producto_id)
      OR fisico <> (SELECT fisico_resultante FROM i.movimientos m
        WHERE m.producto_id = e.producto_id ORDER BY secuencia DESC LIMIT 1)`
    expect(values(wrong)).toEqual([])
    expect(values(`SELECT count(*) FROM i.existencias WHERE fisico = ${stock}`)).toEqual([[0]])
  })

  test('has reserved what the active reservations add up to', () => {
    const wrong = `SELECT producto_id FROM i.existencias e
      WHERE reservado <> (SELECT coalesce(sum(cantidad), 0)
        FROM i.reserva_lineas l JOIN i.reservas r ON r.n = l.reserva_n
        WHERE l.producto_id = e.producto_id AND r.estado = 'activa')`
    expect(values(wrong)).toEqual([])
    expect(values('SELECT sum(reservado) > 0 FROM i.existencias')).toEqual([[1]])
  })

  test('tells the same of every order in both databases', () => {
    const wrong = `SELECT count(*) FROM pedidos p FULL JOIN i.reservas r ON r.pedido_id = p.id
      WHERE p.estado || r.estado IS NULL OR p.estado || r.estado
        NOT IN ('Completadoconfirmada', 'Canceladoliberada', 'Pendienteactiva')`
    expect(values(wrong)).toEqual([[0]])
    const lines = `SELECT count(*) FROM (
      SELECT p.id, l.producto_id, l.cantidad FROM pedido_lineas l JOIN pedidos p USING (numero)
      EXCEPT SELECT pedido_id, producto_id, cantidad
        FROM i.reserva_lineas JOIN i.reservas ON n = reserva_n)`
    expect(values(lines)).toEqual([[0]])
  })

  test('can be searched in, by customer', () => {
    const cliente = customers[0]?.replaceAll('-', '')
    const found = values(
      `SELECT count(*) FROM pedidos_fts WHERE pedidos_fts MATCH 'cliente : ${cliente} AND texto : cafe'`,
    )
    expect(found).toEqual([[100]])
  })
})
