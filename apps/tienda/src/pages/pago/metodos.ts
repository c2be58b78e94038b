import { ask, type MetodoPago } from '@encargo/client'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { con, FalloApi, visitante } from '../../api.ts'

/** What of a purchase decides how it may be paid; money in minor units. */
export interface Ocasion {
  readonly total: number
  /** Where it goes, if anywhere. */
  readonly pais?: string | undefined
}

/** Nobody waits longer than this for what they can do without. */
const plazoMs = 5_000
const otraVezMs = 15_000

/** The ways to pay that the shop offers for this; a shop that takes no payments has none. */
export const opcionesMetodosPago = ({ total, pais }: Ocasion) =>
  queryOptions({
    queryKey: ['metodos-pago', total, pais ?? null],
    staleTime: 15_000,
    retry: 1,
    queryFn: async ({ signal }): Promise<readonly MetodoPago[]> => {
      const query = { total, ...(pais === undefined ? {} : { pais }) }
      const fin = new AbortController()
      const cortar = () => fin.abort()
      signal.addEventListener('abort', cortar)
      const plazo = setTimeout(cortar, plazoMs)
      const respuesta = await ask(
        visitante().pagos['metodos-pago'].get({ query, ...con(fin.signal) }),
      )
      clearTimeout(plazo)
      if (respuesta.ok) return respuesta.data.datos
      const status: number = respuesta.problem.status
      if (status === 404) return []
      throw new FalloApi(respuesta)
    },
  })

/** Whoever pays with it is sent to another page for that. */
export const seVaAPagar = ({ proveedor }: Pick<MetodoPago, 'proveedor'>) => proveedor !== 'manual'

export interface Formas {
  /** In the shop's order; none where it takes no payments, or can't be asked. */
  readonly metodos: readonly MetodoPago[]
  readonly enCamino: boolean
  /** They can't be told now. */
  readonly ausentes: boolean
}

export function useFormasDePago(ocasion: Ocasion, enabled = true): Formas {
  const consulta = useQuery({
    ...opcionesMetodosPago(ocasion),
    placeholderData: keepPreviousData,
    // Nobody has to press anything for them to be there again.
    refetchInterval: ({ state }) => (state.status === 'error' ? otraVezMs : false),
    enabled,
  })
  const { data: metodos = [], isPending, isPlaceholderData, isError } = consulta
  const ausentes = enabled && isError
  return {
    metodos: ausentes ? [] : metodos,
    enCamino: enabled && (isPending || isPlaceholderData),
    ausentes,
  }
}
