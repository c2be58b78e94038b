import type { ReactNode } from 'react'
import { Failure } from './failure.tsx'

interface LoadedProps<T> {
  readonly query: {
    readonly data: T | undefined
    readonly error: unknown
    readonly isRefetching: boolean
    readonly refetch: () => unknown
  }
  /** Why there is nothing yet, where that is not simply the query's; null while it is on its way. */
  readonly error?: unknown
  /** It is all that the page says. */
  readonly alone?: boolean
  /** Seen while it is on its way. */
  readonly waiting: ReactNode
  readonly children: (data: T) => ReactNode
}

/** What was asked for: there, on its way, or not to be had, with the way to ask again. */
export function Loaded<T>(props: LoadedProps<T>) {
  const { query, error = query.error, alone = false, waiting, children } = props
  const { data, isRefetching, refetch } = query
  if (data !== undefined) return children(data)
  if (!error) return waiting
  const failure = <Failure error={error} busy={isRefetching} onRetry={() => void refetch()} />
  return alone ? <div className="p-6">{failure}</div> : failure
}
