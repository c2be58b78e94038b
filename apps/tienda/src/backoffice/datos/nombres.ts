import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'
import type { Usuario } from './usuarios.ts'

/** What auth takes in one call. */
const idsPorLlamada = 200

const opcionesPersonas = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ['usuarios', 'ids', ids],
    enabled: ids.length > 0,
    staleTime: 5 * 60_000,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, Usuario>> => {
      const tandas = Array.from({ length: Math.ceil(ids.length / idsPorLlamada) }, (_, indice) =>
        ids.slice(indice * idsPorLlamada, (indice + 1) * idsPorLlamada).join(','),
      )
      const paginas = await Promise.all(
        tandas.map((tanda) =>
          pedir(
            cliente().auth.usuarios.get({
              query: { ids: tanda, limite: idsPorLlamada },
              ...con(signal),
            }),
          ),
        ),
      )
      return new Map(paginas.flatMap(({ datos }) => datos).map((uno) => [uno.id, uno]))
    },
  })

const nadie: ReadonlyMap<string, Usuario> = new Map()

/** Who these are, as far as it is known yet: without auth, ids stay ids. */
export function usePersonas(ids: readonly string[]): ReadonlyMap<string, Usuario> {
  const distintos = [...new Set(ids)].filter((id) => id.includes('-')).sort()
  return useQuery(opcionesPersonas(distintos)).data ?? nadie
}
