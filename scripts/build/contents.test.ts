import { expect, onTestFinished, test } from 'bun:test'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { testFolder } from '@encargo/service-kit/testing/folder'
import { root } from '../lib/install.ts'
import { gather } from './contents.ts'

/** What sources look for as a file, as far as they say it themselves. */
function lookedFor(): string[] {
  const sources = ['apps/*/src/**/*.ts', 'packages/*/src/**/*.ts', 'scripts/**/*.ts']
  const paths = sources.flatMap((pattern) => [...new Bun.Glob(pattern).scanSync(root)])
  return paths.flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/inProgram\(['`]([^'`$]+)/g)].map(
      ([, named = '']) => named,
    ),
  )
}

test('the executable brings along all that its sources look for as a file', async () => {
  const folder = testFolder('contents', onTestFinished)
  await gather(folder)
  const wanted = lookedFor()
  expect(wanted.length).toBeGreaterThan(8)
  expect(wanted.filter((path) => !existsSync(join(folder, path)))).toEqual([])
})
