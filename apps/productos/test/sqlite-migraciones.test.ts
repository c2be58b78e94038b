import { type LogFields, silentLogger } from '@encargo/service-kit/run/logger'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { testFolder } from '@encargo/service-kit/testing/folder'
import { describe, expect, test } from 'bun:test'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { openStorage, statement } from '@encargo/storage'
import { openShop } from './fixture.ts'

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
  const storage = openStorage({ file, migrationsFolder: before })
  const add = statement<never, [id: string, sku: string, nombre: string]>(
    `INSERT INTO productos (id, sku, nombre, nombre_plegado, descripcion, precio, categoria,
       categoria_plegada, atributos, activo, version, creado_en, actualizado_en)
     VALUES (?1, ?2, ?3, 'x', 'Va con velas', 100, 'Café', 'cafe', '{}', 1, 1, 1, 1)`,
  )
  for (const [at, sku] of skus.entries()) {
    await storage.write(() => add.run(Bun.randomUUIDv7(), sku, `Tazas número ${at}`))
  }
  await storage.close()
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
