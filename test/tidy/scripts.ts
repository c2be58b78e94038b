import { type Finding, lineAt, resolved, type Source } from './tree.ts'

const script = /\bfunction\*\s+(\w+)/g
const statement = /^(?:export )?const (\w+) = statement</gm
const list = /^(?:export )?const (\w+) = list</gm
/** An object of statements, each with a name of its own. */
const statements = /^(?:export )?const (\w+) = \{\n(?: {2}[^\n]*\n)*? {2}\w+: statement</gm

const namesIn = (code: string, pattern: RegExp) =>
  [...code.matchAll(pattern)].map(([, name = '']) => name)

function declared(code: string): Map<string, string> {
  return new Map([
    ...[script, list].flatMap((one) => namesIn(code, one)).map((name) => [name, '\\('] as const),
    ...namesIn(code, statement).map((name) => [name, '\\.(?:run|get|all)\\('] as const),
    ...namesIn(code, statements).map((name) => [name, '\\.\\w+\\.(?:run|get|all)\\('] as const),
  ])
}

/** What a file declares, and what it imports of those that others do, under the names that it has here. */
function known({ path, text, code, imports }: Source, files: ReadonlyMap<string, Source>) {
  const names = declared(code)
  for (const { from } of imports) {
    const theirs = declared(files.get(resolved(path, from) ?? '')?.code ?? '')
    const clause =
      text
        .slice(0, text.indexOf(`'${from}'`))
        .split('import')
        .at(-1) ?? ''
    for (const [, name = '', here = name] of clause.matchAll(/(\w+)(?: as (\w+))?/g)) {
      const call = theirs.get(name)
      if (call !== undefined) names.set(here, call)
    }
  }
  return names
}

/** What may stand before a question: it is asked, or handed to whoever asks it. */
const asked = /(?:yield\*|=>|\breturn|[,?:]|\.\.\.|(?<!\b(?:if|while|switch)\s*)\()\s*$/
/** A method or a script that bears the name. */
const declaring = /(?:\*|\basync)\s*$/

/** Calls of scripts and statements of which nothing comes: nobody asks them. */
export function scriptFindings(file: Source, files: ReadonlyMap<string, Source>): Finding[] {
  return [...known(file, files)].flatMap(([name, call]) =>
    [...file.code.matchAll(new RegExp(`(?<![\\w.$])${name}${call}`, 'g'))]
      .filter(({ index }) => {
        const before = file.code.slice(Math.max(0, index - 200), index)
        return !asked.test(before) && !declaring.test(before)
      })
      .map(({ index }) => ({
        path: file.path,
        line: lineAt(file.code, index),
        what: `calls ${name}, but nothing asks it`,
        instead: 'write `yield*` before it',
      })),
  )
}
