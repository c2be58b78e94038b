import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { useListPlace } from '../../ui/list-place.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTextos } from '../../textos/idioma.ts'
import { useTextosGestion } from '../textos/lenguas.ts'
import { textosMarco } from '../textos/marco.ts'

/** What of TanStack's infinite query of a `{datos, siguiente}` list is needed to show it. */
interface CursorQuery<T> {
  readonly data: { readonly pages: readonly { readonly datos: readonly T[] }[] } | undefined
  readonly error: unknown
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly isRefetching: boolean
  readonly isPlaceholderData: boolean
  readonly fetchNextPage: () => unknown
  readonly refetch: () => unknown
}

interface CursorListProps<T> {
  readonly query: CursorQuery<T>
  readonly empty: ReactNode
  /** One of several things on its page, and not what the page is about. */
  readonly part?: boolean
  /** `stale`: these are of the search before, and the new ones are on their way. */
  readonly children: (rows: readonly T[], stale: boolean) => ReactNode
}

/** A list by pages: on its way, failed, empty, shown, and the way to more. */
export function CursorList<T>(props: CursorListProps<T>) {
  const { query, empty, part = false, children } = props
  const t = useTextosGestion(textosMarco)
  const { data, error } = query
  useListPlace({
    settled: !part && data !== undefined && !query.isPlaceholderData,
    length: data?.pages.length ?? 0,
    more: query.hasNextPage && !error ? query.fetchNextPage : undefined,
    loading: query.isFetchingNextPage,
  })
  if (!data) {
    if (!error) return <LoadingRows />
    return <Failure error={error} busy={query.isRefetching} onRetry={() => void query.refetch()} />
  }
  const rows = data.pages.flatMap(({ datos }) => datos)
  if (rows.length === 0) return empty
  return (
    <>
      {children(rows, query.isPlaceholderData)}
      {query.hasNextPage && (
        <div className="mt-5 text-center">
          <Button
            look="secondary"
            busy={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t.mas}
          </Button>
        </div>
      )}
    </>
  )
}

export function LoadingRows({ rows = 5 }: { readonly rows?: number }) {
  const { cargando } = useTextos()
  return (
    <div role="status" aria-label={cargando} className="flex flex-col gap-3">
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} className="h-14 rounded-xl" />
      ))}
    </div>
  )
}
