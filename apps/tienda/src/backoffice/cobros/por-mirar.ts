import { queryOptions, useQuery } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'

/** Numbers that nobody told us to read again are read again after this long, in milliseconds. */
const refetchInterval = 60_000
const limite = 99

const opcionesPorMirar = () =>
  queryOptions({
    queryKey: ['pagos', 'por-mirar'],
    refetchInterval,
    retry: 0,
    queryFn: ({ signal }) =>
      pedir(cliente().pedidos.saldos.get({ query: { limite }, ...con(signal) })),
  })

/** Of how many orders somebody has to look at the money, as it is read; undefined for none. */
export function usePorMirar(): string | undefined {
  const { data } = useQuery(opcionesPorMirar())
  if (data === undefined || data.datos.length === 0) return undefined
  return `${data.datos.length}${data.siguiente === null ? '' : '+'}`
}
