import { describe, expect, test } from 'bun:test'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { serviceNames } from '@encargo/service-kit/run/config'
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from 'drizzle-kit/api'
import { migrationsOf, postgresMigrationsOf } from '../scripts/lib/services.ts'

const root = join(import.meta.dir, '..')
const configs = [...new Bun.Glob('apps/*/drizzle.config.ts').scanSync(root)].sort()

/** The last migration of SQLite whose outcome PostgreSQL's first one makes. */
const inFirst = {
  auth: '0009_palabras',
  productos: '0006_palabras',
  inventario: '0006_tipo_de_respuesta',
  pedidos: '0013_palabras',
  pagos: '0000_inicio',
} as const

const migrationsIn = (folder: string) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.slice(0, -'.sql'.length))
    .toSorted()
/** Without its number, which is another on each engine. */
const nameOf = (migration: string) => migration.replace(/^\d+_/, '')

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

  for (const service of serviceNames) {
    test(`of ${service} that SQLite has had since have their like on PostgreSQL, by name`, () => {
      const [first, ...there] = migrationsIn(postgresMigrationsOf(service))
      const here = migrationsIn(migrationsOf(service))
      expect([first, here.includes(inFirst[service])]).toEqual(['0000_inicio', true])
      const since = here.filter((one) => one > inFirst[service]).map(nameOf)
      expect(since.filter((name) => !there.map(nameOf).includes(name))).toEqual([])
    })
  }

  test('are there', () => expect(configs).toHaveLength(5))
})
