import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { mask } from './mask.ts'

export const root = join(import.meta.dir, '..', '..')

export interface Import {
  readonly from: string
  /** `import type` leaves nothing behind at run time. */
  readonly typeOnly: boolean
  readonly line: number
}

export interface Source {
  /** From the root of the workspace, with slashes. */
  readonly path: string
  readonly text: string
  /** Comments, strings and regular expressions blanked. */
  readonly code: string
  readonly imports: readonly Import[]
}

/** What a rule has against a place; `instead` names the way to write it. */
export interface Finding {
  readonly path: string
  readonly line: number
  readonly what: string
  readonly instead: string
}

const statement = /^[ \t]*(?:import|export)\s(type\s)?[^'"`;]*?\bfrom\s*['"]([^'"\n]+)['"]/gm
const bare = /^[ \t]*import\s*['"]([^'"\n]+)['"]/gm
const dynamic = /\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g

/** The line, from 1, of a place in a text. */
export const lineAt = (text: string, index: number) => text.slice(0, index).split('\n').length

function importsOf(text: string): Import[] {
  const code = mask(text, ['comment'])
  const line = (found: RegExpExecArray) => lineAt(code, found.index + found[0].length)
  return [
    ...[...code.matchAll(statement)].map((found) => ({
      from: found[2] ?? '',
      typeOnly: found[1] !== undefined,
      line: line(found),
    })),
    ...[...code.matchAll(bare), ...code.matchAll(dynamic)].map((found) => ({
      from: found[1] ?? '',
      typeOnly: false,
      line: line(found),
    })),
  ]
}

export function source(path: string, text: string): Source {
  const code = mask(text, ['comment', 'string', 'regex'])
  return { path, text, code, imports: importsOf(text) }
}

/** What git tracks; a copy without git is searched for the same. */
function listFiles(): string[] {
  const listed = Bun.spawnSync(['git', 'ls-files'], { cwd: root })
  const names = listed.success
    ? listed.stdout.toString().split('\n').filter(Boolean)
    : [...new Bun.Glob('**/*').scanSync({ cwd: root, dot: true })]
  const generated = /(?:^|\/)(?:node_modules|\.git|\.data)\//
  return [...new Set(names)].filter((name) => !generated.test(name)).toSorted()
}

const files = listFiles()

/** The text files of the repository; what is deleted and not yet committed is left out. */
export function textFiles(): { path: string; text: string }[] {
  return files.flatMap((path) => {
    try {
      const text = readFileSync(join(root, path), 'utf8')
      return text.includes('\u0000') ? [] : [{ path, text }]
    } catch {
      return []
    }
  })
}

export const tree: readonly Source[] = textFiles()
  .filter(({ path }) => /\.tsx?$/.test(path))
  .map(({ path, text }) => source(path, text))

export const inSrc = (path: string) => /^(?:apps|packages)\/[^/]+\/src\//.test(path)

/** In a service: tienda is laid out otherwise. */
export const inService = (path: string) =>
  /^apps\/(?:auth|inventario|pagos|pedidos|productos)\/src\//.test(path)

/** `apps/pedidos` of any file in it. */
export function workspaceOf(path: string): string {
  return path.split('/').slice(0, 2).join('/')
}

/** Where a relative import leads, as a path from the root. */
export function resolved(path: string, from: string): string | undefined {
  return from.startsWith('.') ? posix.join(posix.dirname(path), from) : undefined
}

/** One sentence a finding, for the message of a test that fails. */
export function told(findings: readonly Finding[]): string[] {
  return findings.map((one) => `${one.path}:${one.line} ${one.what}; ${one.instead}`)
}
