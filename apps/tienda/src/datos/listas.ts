import { infiniteQueryOptions, keepPreviousData, type QueryKey } from '@tanstack/react-query'
import { con } from '../api.ts'

/** What a query says besides, from the second page on. */
export interface Cursor {
  readonly cursor?: string
}
/** What a call of the client takes besides its query. */
export type Opciones = ReturnType<typeof con>

/** For a list that is searched: what was there stays while the next search is on its way. */
export const buscada = { placeholderData: keepPreviousData } as const

/** A list of the services, `{datos, siguiente}`, which is asked for page by page. */
export const enPaginas = <P extends { readonly siguiente: string | null }>(
  queryKey: QueryKey,
  pedirPagina: (cursor: Cursor, opciones: Opciones) => Promise<P>,
  ademas: Partial<typeof buscada> = {},
) =>
  infiniteQueryOptions({
    queryKey,
    initialPageParam: {} as Cursor,
    getNextPageParam: ({ siguiente }: P) => (siguiente === null ? null : { cursor: siguiente }),
    queryFn: ({ pageParam, signal }) => pedirPagina(pageParam, con(signal)),
    ...ademas,
  })

/** Pieces of up to `cuantos`, in the same order. */
export const enTrozos = <T>(todos: readonly T[], cuantos: number): T[][] =>
  Array.from({ length: Math.ceil(todos.length / cuantos) }, (_, indice) =>
    todos.slice(indice * cuantos, (indice + 1) * cuantos),
  )

/** What the services take in one call. */
export const idsPorLlamada = 200

/** What is asked for by id, as many at a time as a service takes; `ids`: with commas between them. */
export async function enTandas<T>(
  todos: readonly string[],
  pedirTanda: (ids: string) => Promise<{ readonly datos: readonly T[] }>,
): Promise<T[]> {
  const tandas = enTrozos(todos, idsPorLlamada).map((tanda) => pedirTanda(tanda.join(',')))
  return (await Promise.all(tandas)).flatMap(({ datos }) => datos)
}
