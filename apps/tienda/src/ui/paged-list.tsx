import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { useListPlace } from './list-place.ts'
import { Loaded } from './loaded.tsx'

/** What of TanStack's infinite query of a `{datos, siguiente}` list is needed to show it. */
interface PagedQuery<T> {
  readonly data: { readonly pages: readonly { readonly datos: readonly T[] }[] } | undefined
  readonly error: unknown
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly isRefetching: boolean
  readonly isPlaceholderData: boolean
  readonly fetchNextPage: () => unknown
  readonly refetch: () => unknown
}

export interface PagedListProps<T> {
  readonly query: PagedQuery<T>
  /** Why there is nothing yet, where that is not simply the query's. */
  readonly error?: unknown
  /** Seen while it is on its way. */
  readonly waiting: ReactNode
  readonly empty: ReactNode
  /** What the button says that asks for more. */
  readonly more: string
  /** One of several things on its page, and not what the page is about. */
  readonly part?: boolean
  /** `stale`: these are of the search before, and the new ones are on their way. */
  readonly children: (rows: readonly T[], stale: boolean) => ReactNode
}

/** A list by pages: on its way, failed, empty, shown, and the way to more. */
export function PagedList<T>(props: PagedListProps<T>) {
  const { query, error = query.error, waiting, empty, more, part = false, children } = props
  const { data, hasNextPage, isFetchingNextPage, isPlaceholderData, fetchNextPage } = query
  useListPlace({
    settled: !part && data !== undefined && !isPlaceholderData,
    length: data?.pages.length ?? 0,
    more: hasNextPage && !error ? fetchNextPage : undefined,
    loading: isFetchingNextPage,
  })
  return (
    <Loaded query={query} error={error} waiting={waiting}>
      {({ pages }) => {
        const rows = pages.flatMap(({ datos }) => datos)
        if (rows.length === 0) return empty
        return (
          <>
            {children(rows, isPlaceholderData)}
            {hasNextPage && (
              <div className="mt-5 text-center">
                <Button
                  look="secondary"
                  busy={isFetchingNextPage}
                  onClick={() => void fetchNextPage()}
                >
                  {more}
                </Button>
              </div>
            )}
          </>
        )
      }}
    </Loaded>
  )
}
