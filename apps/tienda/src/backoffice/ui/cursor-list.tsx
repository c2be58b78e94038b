import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
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
  /** `stale`: these are of the search before, and the new ones are on their way. */
  readonly children: (rows: readonly T[], stale: boolean) => ReactNode
}

/** A list by pages: on its way, failed, empty, shown, and the way to more. */
export function CursorList<T>({ query, empty, children }: CursorListProps<T>) {
  const t = useTextosGestion(textosMarco)
  const { data, error } = query
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
