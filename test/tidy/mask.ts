type Part = 'comment' | 'string' | 'regex'

/** What a slash may follow when it begins a regular expression and not a division. */
const beforeRegex = /(?:^|[=(,:[!&|?{};+>~^%*-]|\breturn|\btypeof|\bcase)\s*$/

const matchers: readonly { part: Part; pattern: RegExp }[] = [
  { part: 'comment', pattern: /\/\/[^\n]*|\/\*[\s\S]*?\*\//y },
  { part: 'string', pattern: /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/y },
  { part: 'regex', pattern: /\/(?![/*])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y },
]

/** Where the template literal that begins at `start` ends, the literals inside its `${}` included. */
function endOfTemplate(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '`') {
    if (text[at] === '\\') at += 2
    else if (text.startsWith('${', at)) at = endOfHole(text, at + 2)
    else at += 1
  }
  return at + 1
}

function endOfHole(text: string, start: number): number {
  let depth = 1
  let at = start
  while (at < text.length && depth > 0) {
    if (text[at] === '{') depth += 1
    if (text[at] === '}') depth -= 1
    at = partAt(text, at)?.end ?? at + 1
  }
  return at
}

function partAt(text: string, at: number): { part: Part; end: number } | undefined {
  if (!'/\'"`'.includes(text[at] ?? ' ')) return undefined
  if (text[at] === '`') return { part: 'string', end: endOfTemplate(text, at) }
  for (const { part, pattern } of matchers) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (!found) continue
    if (part === 'regex' && !beforeRegex.test(text.slice(Math.max(0, at - 40), at))) continue
    return { part, end: pattern.lastIndex }
  }
  return undefined
}

/**
 * `text` with the given parts blanked, every line and column where it was: rules then see code, and
 * not what comments and strings say about it. A template literal is a string, its holes included.
 */
export function mask(text: string, parts: readonly Part[]): string {
  let out = ''
  let at = 0
  while (at < text.length) {
    const found = partAt(text, at)
    const end = found?.end ?? at + 1
    const piece = text.slice(at, end)
    out += found && parts.includes(found.part) ? piece.replaceAll(/[^\n]/g, ' ') : piece
    at = end
  }
  return out
}
