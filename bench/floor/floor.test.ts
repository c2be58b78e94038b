import { afterAll, describe, expect, test } from 'bun:test'
import { Database } from 'bun:sqlite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runJob } from '../load/run-job.ts'
import { startFloor } from '../targets/floor.ts'
import { groupCommit, openFloor } from './commit.ts'

const base = mkdtempSync(join(tmpdir(), 'encargo-floor-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

function rows(file: string, sql: string): unknown[][] {
  const db = new Database(join(base, file), { readonly: true })
  try {
    return db.query(sql).values()
  } finally {
    db.close()
  }
}

describe.each(['floor', 'floor-juntos'] as const)('the %s', (name) => {
  test('sells no more than there is to many buyers at once, and keeps every sale it confirmed', async () => {
    const floor = await startFloor({ name, folder: join(base, name), products: 2, stock: 25 })
    try {
      const result = await runJob({
        origins: floor.origins,
        tokens: [],
        productIds: floor.productIds,
        lines: 2,
        keys: 'none',
        pace: { kind: 'once', connections: 16, total: 80 },
      })
      expect(result.statuses).toEqual({ '201': 25, '409': 55 })
    } finally {
      await floor.stop()
    }
    // Stopped by a signal without a chance to clean up: what was confirmed is in the files.
    expect(rows(`${name}/inventario.db`, 'SELECT fisico, reservado FROM existencias')).toEqual([
      [25, 25],
      [25, 25],
    ])
    expect(rows(`${name}/pedidos.db`, 'SELECT count(*), sum(total) FROM pedidos')).toEqual([
      [25, 25 * 2 * 1999],
    ])
    expect(rows(`${name}/pedidos.db`, 'SELECT count(*) FROM lineas')).toEqual([[50]])
  })
})

const seen = () => rows('commit.db', 'SELECT count(*) FROM t')

describe('its group commit', () => {
  test('confirms a write only when another connection can see it', async () => {
    const db = openFloor(join(base, 'commit.db'), 'CREATE TABLE t (n INTEGER)')
    const write = groupCommit(db)
    const first = write(() => db.run('INSERT INTO t VALUES (1)'))
    const second = write(() => db.run('INSERT INTO t VALUES (2)'))
    expect(seen()).toEqual([[0]])
    await first
    expect(seen()).toEqual([[2]])
    await second
    db.close()
  })

  test('waits for an fsync at each commit', () => {
    const db = openFloor(join(base, 'settings.db'), '')
    expect(db.query('PRAGMA synchronous').values()).toEqual([[2]])
    expect(db.query('PRAGMA journal_mode').values()).toEqual([['wal']])
    db.close()
  })
})
