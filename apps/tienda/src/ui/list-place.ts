import { useElementScrollRestoration, useLocation } from '@tanstack/react-router'
import { useEffect, useLayoutEffect, useState } from 'react'

/** What somebody does who no longer waits to be brought back. */
const ownMoves = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const

const getElement = () => window

interface List {
  /** What is shown is what the address says. */
  readonly settled: boolean
  /** As many rows as there are; more make the page longer. */
  readonly length: number
  /** Undefined where there is no more, or it is on its way. */
  readonly more: (() => unknown) | undefined
  /** More is on its way. */
  readonly loading: boolean
}

/**
 * Brings whoever comes back to a list, or loads the page again, to where they were: asks for more
 * until the list is as long as it was. True while that is under way; until it is over, all of the list
 * has to have its true height. The router remembers the place, but goes there only once.
 */
export function useListPlace({ settled, length, more, loading }: List): boolean {
  const { pathname, state } = useLocation()
  const entry = useElementScrollRestoration({ getElement })
  const [at] = useState(pathname)
  const [place, setPlace] = useState({ key: state.__TSR_key, y: entry?.scrollY ?? 0 })
  // The same list as it was searched before. On the way to another page, this one stays as it is.
  if (place.key !== state.__TSR_key && at === pathname) {
    setPlace({ key: state.__TSR_key, y: entry?.scrollY ?? 0 })
  }
  const returning = place.y > 0
  useLayoutEffect(() => {
    if (!returning || !settled) return
    const { scrollHeight, clientHeight } = document.documentElement
    const reached = scrollHeight - clientHeight >= place.y
    if (!reached && loading) return
    if (!reached && more) return void more()
    scrollTo({ top: place.y, behavior: 'instant' })
    // Not before the browser has seen how high everything is.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setPlace((one) => ({ ...one, y: 0 })))
    })
    return () => cancelAnimationFrame(frame)
  }, [returning, settled, length, more, loading, place.y])
  useEffect(() => {
    if (!returning) return
    const stop = () => setPlace((one) => ({ ...one, y: 0 }))
    for (const move of ownMoves) addEventListener(move, stop, { passive: true })
    return () => {
      for (const move of ownMoves) removeEventListener(move, stop)
    }
  }, [returning])
  return returning
}
