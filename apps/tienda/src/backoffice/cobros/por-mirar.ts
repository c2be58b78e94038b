import { queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'
import { opcionesAjenos, opcionesAvisos, opcionesReembolsos } from './listas.ts'

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

const vacia = { pages: [] } as const

/** How many of each list wait for somebody, as far as its first page tells. */
export function useEsperanEnListas() {
  const saldos = useQuery(opcionesPorMirar()).data?.datos.length ?? 0
  const fallidos = useInfiniteQuery(opcionesReembolsos('fallido')).data ?? vacia
  const pendientes = useInfiniteQuery(opcionesAvisos('pendiente')).data ?? vacia
  const ajenos = useQuery(opcionesAjenos('pendiente')).data?.length ?? 0
  // What came a moment ago and was not tried yet waits for nobody.
  const atascados = pendientes.pages[0]?.datos.filter(({ intentos }) => intentos > 0) ?? []
  const devoluciones = fallidos.pages[0]?.datos.length ?? 0
  return { saldos, cobros: 0, devoluciones, avisos: atascados.length, ajenos }
}
