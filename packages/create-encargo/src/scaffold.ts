import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { ShopFile } from './template.ts'

export type Outcome =
  | { readonly tipo: 'made' }
  | { readonly tipo: 'notEmpty' }
  | { readonly tipo: 'notWritable'; readonly why: string }

/** A repository that was begun there beforehand is no reason to refuse. */
const holdsNothing = (names: readonly string[]) => names.every((name) => name === '.git')

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error)

/** Takes back what was made, and no more: others may have begun to use the folders. */
function takeBack(files: readonly string[], folders: readonly string[]): void {
  for (const path of files) rmSync(path, { force: true })
  for (const path of folders.toReversed()) {
    try {
      rmdirSync(path)
    } catch {
      // Not empty, or already gone.
    }
  }
}

/** Makes a folder and those around it. Answers those that were not there, the outermost first. */
function makeFolders(path: string): string[] {
  const outermost = mkdirSync(path, { recursive: true })
  if (outermost === undefined) return []
  const inner = relative(outermost, path).split(sep).filter(Boolean)
  return inner.reduce<string[]>(
    (made, name) => [...made, join(made.at(-1) ?? '', name)],
    [outermost],
  )
}

/**
 * Writes the files into `folder`, which must be empty or not there: all of them, or none. Nothing that is
 * there is ever written over, also if somebody else writes there at the same moment.
 */
export function scaffold(folder: string, files: readonly ShopFile[]): Outcome {
  const root = resolve(folder)
  const [written, folders]: [string[], string[]] = [[], []]
  try {
    if (!holdsNothing(namesIn(root))) return { tipo: 'notEmpty' }
    for (const { path, text, secret } of files) {
      const full = join(root, path)
      folders.push(...makeFolders(dirname(full)))
      // Before it is written: half a file is taken back as well, but never somebody else's.
      closeSync(openSync(full, 'wx', secret ? 0o600 : 0o644))
      written.push(full)
      writeFileSync(full, text)
    }
    return { tipo: 'made' }
  } catch (error) {
    takeBack(written, folders)
    const why = codeOf(error)
    // Somebody else came in between; a file in the place of a folder is another matter.
    const taken = why === 'EEXIST' && Reflect.get(Object(error), 'syscall') === 'open'
    return taken ? { tipo: 'notEmpty' } : { tipo: 'notWritable', why }
  }
}
