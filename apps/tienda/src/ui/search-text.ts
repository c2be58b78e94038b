import { useRouterState } from '@tanstack/react-router'
import { useEffectEvent, useLayoutEffect, useRef, useState } from 'react'

/** Between two letters of somebody who types, in milliseconds: as long as this, nothing is asked. */
const typingPauseMs = 200

/** Another page was asked for, and this one is still shown until that one has come. */
function useLeaving(): boolean {
  return useRouterState({
    select: ({ location, resolvedLocation }) =>
      resolvedLocation !== undefined && location.pathname !== resolvedLocation.pathname,
  })
}

interface SearchText {
  readonly typed: string
  readonly setTyped: (text: string) => void
  /** Does not wait for the fingers to rest. */
  readonly searchNow: () => void
}

/**
 * What is being typed into a search box whose `value` the address holds: `onSearch` puts it there
 * once the fingers rest. Whoever is on the way to another page is not brought back by it; should
 * they stay after all, the search comes then.
 */
export function useSearchText(value: string, onSearch: (text: string) => void): SearchText {
  const leaving = useLeaving()
  const [typed, setTyped] = useState(value)
  const sent = useRef(value)
  const search = (text: string) => {
    if (text === sent.current) return
    sent.current = text
    onSearch(text)
  }
  const searchLater = useEffectEvent(search)
  // Both act with the very change that they follow: in the time until a later effect, the timer
  // could go off.
  useLayoutEffect(() => {
    // The address changed by itself: back, forward, a link.
    if (value === sent.current) return
    sent.current = value
    setTyped(value)
  }, [value])
  useLayoutEffect(() => {
    if (leaving) return
    // Nothing more is to come behind an empty box, but its being empty is seen first.
    const timer = setTimeout(() => searchLater(typed.trim()), typed === '' ? 0 : typingPauseMs)
    return () => clearTimeout(timer)
  }, [typed, leaving])
  return { typed, setTyped, searchNow: () => search(typed.trim()) }
}
