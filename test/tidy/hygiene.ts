import { mask } from './mask.ts'
import { type Finding, lineAt, type Source } from './tree.ts'

interface TextFile {
  readonly path: string
  readonly text: string
}

export const longestLine = 110
export const longestFile = 300

/**
 * Lines that no screen shows whole. What stands in a string does not count: it is a sentence for a
 * person, and breaking it in two would not make it easier to read.
 */
export function longLines(file: Source): Finding[] {
  const lines = file.text.split('\n')
  const withoutStrings = mask(file.text, ['string']).split('\n')
  return lines.flatMap((line, index) => {
    const indent = line.length - line.trimStart().length
    const length = indent + (withoutStrings[index] ?? '').trim().replaceAll(/\s{2,}/g, ' ').length
    if (length <= longestLine) return []
    const instead = `break it: at most ${longestLine}`
    return [{ path: file.path, line: index + 1, what: `has ${length} characters`, instead }]
  })
}

export function longFiles(file: Source): Finding[] {
  const lines = file.text.trimEnd().split('\n').length
  if (lines <= longestFile) return []
  const instead = `split it by what it does: at most ${longestFile}`
  return [{ path: file.path, line: lines, what: `has ${lines} lines`, instead }]
}

const leaks: readonly { what: string; pattern: RegExp; instead: string }[] = [
  {
    what: 'names a path of one machine',
    // The home of the user in the container image is not one of these.
    pattern: /(?<![\w.~-])\/(?:work|root|Users|home(?!\/bun\b))\/[\w.-]+|\b[A-Z]:\\\\?Users\b/g,
    instead: 'a path from the root of the workspace, or import.meta.dir',
  },
  {
    what: 'names a folder that only some machines have',
    pattern: /(?<![\w.~/-])\/tmp\/[\w.-]+|\/private\/tmp\b|\/var\/folders\b/g,
    instead: 'mkdtempSync(join(tmpdir(), …))',
  },
  {
    what: 'names a package registry',
    pattern:
      /\bregistry\.(?:npmjs|yarnpkg)\.\w+|\b(?:v[e]rdaccio|a[r]tifactory|j[f]rog|n[e]xus)\b/gi,
    instead: 'the name and version; the registry is the business of whoever installs',
  },
  {
    what: 'holds a secret',
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----\s*[A-Za-z0-9+/]{40}|\bgh[pousr]_\w{36}\b/g,
    instead: 'generate it at run time or read it from the environment',
  },
  {
    what: 'holds a mark of an unfinished merge',
    pattern: /^(?:<{7} |>{7} |={7}$)/gm,
    instead: 'finish the merge',
  },
]

export const leakNames = leaks.map(({ what }) => what)

export function leaksIn({ path, text }: TextFile): Finding[] {
  return leaks.flatMap(({ what, pattern, instead }) =>
    [...text.matchAll(pattern)].map((found) => ({
      path,
      line: lineAt(text, found.index),
      what: `${what}: ${found[0].slice(0, 40)}`,
      instead,
    })),
  )
}
