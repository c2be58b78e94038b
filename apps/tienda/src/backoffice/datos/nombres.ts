import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'
import { enTandas, idsPorLlamada as limite } from '../../datos/listas.ts'
import type { Usuario } from './usuarios.ts'

const opcionesPersonas = (todos: readonly string[]) =>
  queryOptions({
    queryKey: ['usuarios', 'ids', todos],
    enabled: todos.length > 0,
    staleTime: 5 * 60_000,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, Usuario>> => {
      const hallados = await enTandas(todos, (ids) =>
        pedir(cliente().auth.usuarios.get({ query: { ids, limite }, ...con(signal) })),
      )
      return new Map(hallados.map((uno) => [uno.id, uno]))
    },
  })

const nadie: ReadonlyMap<string, Usuario> = new Map()

/** Who these are, as far as it is known yet: without auth, ids stay ids. */
export function usePersonas(ids: readonly string[]): ReadonlyMap<string, Usuario> {
  const distintos = [...new Set(ids)].filter((id) => id.includes('-')).sort()
  return useQuery(opcionesPersonas(distintos)).data ?? nadie
}
