import { expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import elysia from 'elysia/package.json'

const folder = join(import.meta.dir, '../src/http/repairs')

test('each repair of Elysia names the version it was last looked at with', () => {
  const files = readdirSync(folder)
  expect(files.length).toBeGreaterThan(2)
  const stale = files.filter(
    (file) => !readFileSync(join(folder, file), 'utf8').includes(`Elysia ${elysia.version}:`),
  )
  expect(stale).toEqual([])
})
