import { afterAll, expect, test } from 'bun:test'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scaffold } from '../src/scaffold.ts'

const work = mkdtempSync(join(tmpdir(), 'encargo-scaffold-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

const file = (path: string) => ({ path, text: 'a', secret: false })

test('what could not be written whole is taken back, and what was there stays', () => {
  const folder = join(work, 'deep', 'mi-tienda')
  // The second needs a folder where the first is a file.
  const outcome = scaffold(folder, [file('a/b'), file('a/b/c'), file('package.json')])
  expect(outcome).toEqual({
    tipo: 'notWritable',
    why: expect.stringMatching(/^(?:ENOTDIR|EEXIST)$/),
  })
  expect(existsSync(join(work, 'deep'))).toBe(false)
  expect(readdirSync(work)).toEqual([])
})
