/** Deeper than anything that a route takes, and far from what makes printing or walking it costly. */
export const maxJsonDepth = 32

const quote = 0x22
const backslash = 0x5c
const isOpening = (code: number) => code === 0x7b || code === 0x5b
const isClosing = (code: number) => code === 0x7d || code === 0x5d

/**
 * Whether JSON text is nested deeper than `limit`, told before it is parsed. A body of 40 KiB that
 * is nothing but brackets would otherwise cost whoever prints it, indented, its depth squared.
 */
export function isTooDeep(text: string, limit: number = maxJsonDepth): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === backslash) at += 1
      else if (code === quote) inString = false
    } else if (code === quote) inString = true
    else if (isOpening(code)) {
      depth += 1
      if (depth > limit) return true
    } else if (isClosing(code)) depth -= 1
  }
  return false
}
