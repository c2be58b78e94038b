import { describe, expect, test } from 'bun:test'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

const page = join(import.meta.dir, '../../docs/security.md')

interface Reference {
  readonly title: string
  readonly file: string
}

/** The rows of the tables that say what shows a line to be true. */
function provenRows(markdown: string): string[] {
  const tables = markdown.split(/\n\n+/).filter((block) => /^\|.*\| shown by +\|/.test(block))
  return tables.flatMap((table) => table.trim().split('\n').slice(2))
}

function referencesOf(row: string): Reference[] {
  return [...row.matchAll(/\[((?:[^\][]|\[[^\]]*\])+)\]\(([^)\s]+\.test\.ts)\)/g)].map(
    ([, title = '', file = '']) => ({ title, file }),
  )
}

/** Whether a test of that very title stands in the source, however it is quoted; `)(` is a `test.each`. */
function hasTest(source: string, title: string): boolean {
  return ["'", '"', '`'].some((quote) =>
    ['test(', ')('].some((call) =>
      source.replaceAll(/\(\s+/g, '(').includes(`${call}${quote}${title}${quote}`),
    ),
  )
}

/** What is wrong with a page: rows without a proof, and proofs that are not there. */
async function faultsOf(markdown: string, folder: string): Promise<string[]> {
  const faults: string[] = []
  for (const row of provenRows(markdown)) {
    const references = referencesOf(row)
    if (references.length === 0) faults.push(`no test: ${row}`)
    for (const { title, file } of references) {
      const path = join(folder, file)
      const source = existsSync(path) ? await Bun.file(path).text() : ''
      if (!hasTest(source, title)) faults.push(`${file} has no test "${title}"`)
    }
  }
  return faults
}

describe('docs/security.md', () => {
  test('has a test for every line of what stops whom, and every test it names exists', async () => {
    const markdown = await Bun.file(page).text()
    expect(provenRows(markdown).length).toBeGreaterThan(40)
    expect(await faultsOf(markdown, dirname(page))).toEqual([])
  })

  test('would not get away with a line without a test, or with one that is gone', async () => {
    const head = '| attack | what stops it | shown by |\n| --- | --- | --- |\n'
    const here = 'page.test.ts'
    const known = `[${'would not get away with a line without a test, or with one that is gone'}](${here})`
    const rows = [
      '| a | b | c |',
      `| a | b | [no such title](${here}) |`,
      '| a | b | [x](no.test.ts) |',
    ]
    expect(await faultsOf(`${head}| a | b | ${known} |`, import.meta.dir)).toEqual([])
    for (const row of rows) {
      expect(await faultsOf(`${head}${row}`, import.meta.dir)).toHaveLength(1)
    }
  })
})
