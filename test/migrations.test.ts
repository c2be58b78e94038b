import { describe, expect, test } from 'bun:test'
import { dirname, join } from 'node:path'
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from 'drizzle-kit/api'

const root = join(import.meta.dir, '..')
const configs = [...new Bun.Glob('apps/*/drizzle.config.ts').scanSync(root)].sort()

describe('the migrations', () => {
  for (const path of configs) {
    test(`of ${dirname(path)} make the tables that its code names`, async () => {
      const folder = join(root, dirname(path))
      const { schema, out } = (await import(join(root, path))).default
      const { entries } = await Bun.file(join(folder, out, 'meta', '_journal.json')).json()
      const last = String(entries.length - 1).padStart(4, '0')
      const made = await Bun.file(join(folder, out, 'meta', `${last}_snapshot.json`)).json()
      const wanted = await generateSQLiteDrizzleJson(await import(join(folder, schema)), made.id)
      expect(await generateSQLiteMigration(made, wanted)).toEqual([])
    })
  }

  test('are there', () => expect(configs).toHaveLength(4))
})
