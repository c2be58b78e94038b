import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const limitBytes = 20 * 1024
const work = mkdtempSync(join(tmpdir(), 'encargo-bundle-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

/** The modules that went into the bundle, from the root of the workspace, and its text. */
let bundle: { readonly modules: string[]; readonly text: string }
beforeAll(async () => {
  const built = await Bun.build({
    entrypoints: [join(import.meta.dir, '../src/index.ts')],
    root: join(import.meta.dir, '../../..'),
    target: 'browser',
    minify: true,
    sourcemap: 'external',
  })
  const [script, map] = built.outputs
  if (!script || !map) throw new Error('the bundle has no source map')
  const { sources }: { sources: string[] } = JSON.parse(await map.text())
  bundle = { modules: sources, text: await script.text() }
})

describe('what a browser loads', () => {
  test('is under 20 KiB compressed', () => {
    const size = Bun.gzipSync(bundle.text).length
    console.log(`client bundle: ${size} bytes compressed, ${bundle.text.length} as it is`)
    expect(size).toBeLessThan(limitBytes)
    expect(size).toBeGreaterThan(1_000)
  })

  test('is the client and Eden, and nothing of a server', () => {
    const foreign = bundle.modules.filter(
      (path) => !/packages\/client\/src\/|@elysiajs\/eden\/dist\//.test(path),
    )
    expect(foreign).toEqual([])
    expect(bundle.modules.length).toBeGreaterThan(10)
    expect(bundle.text).not.toMatch(/bun:sqlite|drizzle|typebox|node:|CREATE TABLE/i)
  })
})
