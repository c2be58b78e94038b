import { PagedList, type PagedListProps } from '../../ui/paged-list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTextos } from '../../textos/idioma.ts'
import { useTextosMarco } from '../textos/marco.ts'

/** A list of the back office. */
export function CursorList<T>(props: Omit<PagedListProps<T>, 'waiting' | 'more'>) {
  const { mas } = useTextosMarco()
  return <PagedList {...props} waiting={<LoadingRows />} more={mas} />
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
