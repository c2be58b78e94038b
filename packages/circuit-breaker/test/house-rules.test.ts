import { expect, test } from 'bun:test'
import { Glob } from 'bun'
import manifest from '../package.json'

const source = new URL('../src/', import.meta.url).pathname
const breakerFiles = ['breaker.ts', 'errors.ts', 'options.ts', 'tally.ts', 'types.ts']
const texts = new Map<string, string>()
for (const name of new Glob('*.ts').scanSync(source)) {
  texts.set(name, await Bun.file(source + name).text())
}

/** Lines that hold code: neither empty nor comment only. */
function linesOfCode(names: string[]): number {
  const lines = names.flatMap((name) => texts.get(name)?.split('\n') ?? [])
  return lines.filter((line) => !/^\s*(\/\/|\/?\*|$)/.test(line)).length
}

test('the package has no dependencies', () => {
  expect(manifest).not.toHaveProperty('dependencies')
  for (const text of texts.values()) {
    const imports = [...text.matchAll(/from '([^']+)'/g)].map(([, from]) => from)
    expect(imports.filter((from) => !from?.startsWith('./'))).toEqual([])
  }
})

test('the breaker knows nothing of HTTP', () => {
  for (const name of breakerFiles) {
    const text = texts.get(name) ?? ''
    expect(text).not.toBe('')
    const imports = [...text.matchAll(/from '\.\/([^']+)'/g)].map(([, from]) => from)
    expect(imports.filter((from) => !breakerFiles.includes(String(from)))).toEqual([])
    expect(text).not.toMatch(/\b(fetch|Response|Request|Headers|setTimeout|setInterval)\b/)
  }
})

test('each of the two modules stays under 400 lines of code', () => {
  const fetchFiles = [...texts.keys()].filter((name) => !breakerFiles.includes(name))
  for (const files of [breakerFiles, fetchFiles]) {
    expect(linesOfCode(files)).toBeGreaterThan(200)
    expect(linesOfCode(files)).toBeLessThan(400)
  }
})
