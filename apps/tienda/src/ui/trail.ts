import type { ParsedLocation } from '@tanstack/react-router'
import { perTab } from './browser-storage.ts'

const key = 'encargo:rastro'

type Place = Pick<ParsedLocation, 'href' | 'state'>

/** The addresses of this tab's history, each at its place in it; whoever reloads still has them. */
function readTrail(): readonly unknown[] {
  try {
    const read: unknown = JSON.parse(perTab.read(key) ?? '[]')
    return Array.isArray(read) ? read : []
  } catch {
    return []
  }
}

/** Notes where the tab is now. What was further on in the history is gone, or comes anew. */
export function noteTrail({ href, state }: Place): void {
  const index = state.__TSR_index
  const trail = readTrail().slice(0, index)
  perTab.write(key, JSON.stringify([...trail, ...Array(index - trail.length).fill(null), href]))
}

interface StepBack {
  readonly href: string
  /** How far back in the history, as a negative number. */
  readonly by: number
}

/** The last time that this tab was on the page `pathname`, before `place`. */
export function findInTrail(pathname: string, { state }: Place): StepBack | undefined {
  const index = state.__TSR_index
  const trail = readTrail().slice(0, index)
  const at = trail.findLastIndex((href) => typeof href === 'string' && pathOf(href) === pathname)
  const href = trail[at]
  return typeof href === 'string' ? { href, by: at - index } : undefined
}

const pathOf = (href: string) => href.replace(/[?#].*$/, '')
