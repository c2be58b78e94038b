import { describe, expect, test } from 'bun:test'
import { leakNames, leaksIn, longestFile, longestLine, longFiles, longLines } from './hygiene.ts'
import { inSrc, source, textFiles, told, tree } from './tree.ts'

const generated = (path: string) => path.includes('/migrations/')

const longLine = (text: string) => longLines(source('apps/a/src/a.ts', text))
const longFile = (text: string) => longFiles(source('apps/a/src/a.ts', text))

describe('the size of things', () => {
  test(`a line of more than ${longestLine} characters is found`, () => {
    const [kept, broken] = [longestLine, longestLine + 1].map((length) => 'x'.repeat(length))
    expect(longLine(`\n${kept}\n`)).toEqual([])
    expect(longLine(`\n${broken}\n`)).toMatchObject([{ line: 2 }])
    expect(longLine(`// ${kept}\n`)).toHaveLength(1)
    expect(longLine(`  description: '${broken}',`)).toEqual([])
  })

  test(`no line of code has more than ${longestLine} characters`, () => {
    expect(told(tree.flatMap(longLines))).toEqual([])
  })

  test(`a file of more than ${longestFile} lines is found`, () => {
    expect(longFile('x\n'.repeat(longestFile))).toEqual([])
    expect(longFile('x\n'.repeat(longestFile + 1))).toHaveLength(1)
  })

  test(`no source has more than ${longestFile} lines`, () => {
    const sources = tree.filter(({ path }) => inSrc(path) && !generated(path))
    expect(sources.length).toBeGreaterThan(80)
    expect(told(sources.flatMap(longFiles))).toEqual([])
  })
})

describe('what must not be in the repository', () => {
  /** Put together here, so that this file does not itself hold what it looks for. */
  const examples: Record<string, { broken: string[]; kept: string[] }> = {
    'names a path of one machine': {
      broken: [`cd ${'/home'}/ana/encargo`, `"${'/work'}/main"`, `C:\\${'Users'}\\ana`],
      kept: ['/home/bun/app', 'apps/work/main', 'https://shop.example/home/x', './root/x'],
    },
    'names a folder that only some machines have': {
      broken: [`DATA_DIR=${'/tmp'}/encargo`],
      kept: ['join(tmpdir(), name)', 'tmpfs: /tmp'],
    },
    'names a package registry': {
      broken: [`https://${'registry'}.npmjs.org/elysia`, `http://${'verda'}ccio:4873`],
      kept: ['https://www.npmjs.com/package/elysia', 'new Registry()'],
    },
    'holds a secret': {
      broken: [`-----BEGIN ${'PRIVATE'} KEY-----\n${'A'.repeat(64)}`],
      kept: ['-----BEGIN PRIVATE KEY-----\n...'],
    },
    'holds a mark of an unfinished merge': {
      broken: [`a\n${'<'.repeat(7)} HEAD\nb`, `${'='.repeat(7)}\n`],
      kept: ['a === b', `${'='.repeat(20)}\n`],
    },
  }

  for (const what of leakNames) {
    test(`a file that ${what} is found, and one that does not is not`, () => {
      const { broken = [], kept = [] } = examples[what] ?? {}
      expect(broken.length).toBeGreaterThan(0)
      const flagged = (text: string) =>
        leaksIn({ path: 'a.md', text }).some((one) => one.what.startsWith(what))
      expect(broken.filter((text) => !flagged(text))).toEqual([])
      expect(kept.filter(flagged)).toEqual([])
    })
  }

  test('is not in it', () => {
    expect(told(textFiles().flatMap(leaksIn))).toEqual([])
  })
})
