import { type LogFields, silentLogger } from '@encargo/service-kit/run/logger'
import { testFolder } from '@encargo/service-kit/testing/folder'
import { describe, expect, test } from 'bun:test'
import { Database } from 'bun:sqlite'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { openStorage } from '@encargo/storage'
import { schema } from '../src/store/sqlite/tables.ts'
import { cleanUp, openShop } from './fixture.ts'

const migrations = join(import.meta.dir, '../src/store/sqlite/migrations')

/** A shop from before SKUs had keys and words had roots, with these SKUs, opened as it is today. */
async function old(skus: readonly string[]) {
  const folder = testFolder('productos', cleanUp)
  const before = join(folder, 'migrations')
  cpSync(migrations, before, { recursive: true })
  const journal = join(before, 'meta/_journal.json')
  const known: { entries: { tag: string }[] } = await Bun.file(journal).json()
  const entries = known.entries.filter(({ tag }) => tag < '0005')
  await Bun.write(journal, JSON.stringify({ ...known, entries }))
  const file = join(folder, 'productos.db')
  await openStorage({ file, schema, migrationsFolder: before }).close()
  const client = new Database(file)
  const add = client.prepare(
    `INSERT INTO productos (id, sku, nombre, nombre_plegado, descripcion, precio, categoria,
       categoria_plegada, atributos, activo, version, creado_en, actualizado_en)
     VALUES (?, ?, ?, 'x', 'Va con velas', 100, 'Café', 'cafe', '{}', 1, 1, 1, 1)`,
  )
  for (const [at, sku] of skus.entries()) add.run(Bun.randomUUIDv7(), sku, `Tazas número ${at}`)
  client.close(true)
  const warned: unknown[] = []
  const logger = { ...silentLogger, warn: (_: string, fields?: LogFields) => warned.push(fields) }
  return { warned, ...(await openShop({ folder, logger })) }
}

describe('a database from before', () => {
  test('is found in, sorted and told apart by the rules of today', async () => {
    const shop = await old(['TAZ-1', 'Ñandú'])
    expect(shop.warned).toEqual([])
    const found = async (query: string) =>
      (await shop.send('GET', `/productos?${query}`)).json.datos.map(({ sku }) => sku)
    expect(await found('q=taza')).toEqual(['TAZ-1', 'Ñandú'])
    expect(await found('q=vela')).toEqual(['TAZ-1', 'Ñandú'])
    expect(await found('q=taz1')).toEqual(['TAZ-1'])
    expect(await found(`skus=${encodeURIComponent('ÑANDÚ')}`)).toEqual(['Ñandú'])
  })

  test('keeps both of two products whose SKUs are by now one, and says which', async () => {
    const shop = await old(['niño', 'NIÑO', 'nin\u0303o'])
    expect(shop.warned).toEqual([{ skus: ['NIÑO', 'nin\u0303o'], total: 2 }])
    const { json } = await shop.send('GET', '/productos?q=tazas')
    expect(json.datos).toHaveLength(3)
    const named = await shop.send('GET', `/productos?skus=${encodeURIComponent('Niño')}`)
    expect(named.json.datos.map(({ sku }) => sku)).toEqual(['niño'])
  })
})
