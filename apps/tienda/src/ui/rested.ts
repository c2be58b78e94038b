import { useEffect, useState } from 'react'

/** Between two letters of somebody who types, in milliseconds. */
const pauseMs = 300

/** `value` once the fingers rest: what follows from it is not asked for at each letter. */
export function useRested(value: string): string {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), pauseMs)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}
