import { ask, type Cobro } from '@encargo/client'
import { useQuery } from '@tanstack/react-query'
import { esperaDinero } from '@encargo/service-kit/values/cobros'
import { useEffect } from 'react'
import { cliente, FalloApi, pedir, visitante } from '../../api.ts'
import type { Acceso } from './acceso.ts'
import { cobroActual, type PorPagar } from './situacion.ts'

/** Two tabs of one order take turns. */
const turnoMs = 2_500

interface Visto {
  /** Null where only the provider's answer would tell. */
  readonly cobro: Cobro | null
  /** When the provider may be asked, where somebody else has just done so; in milliseconds. */
  readonly otraVezMs?: number
}

/** Asks the provider, by way of the shop. */
async function consultar(acceso: Acceso, id: string): Promise<Visto> {
  const porEnlace = acceso.tipo === 'enlace'
  const { pagos } = porEnlace ? visitante() : cliente()
  const cuerpo = porEnlace ? { seguimiento: acceso.token } : {}
  const respuesta = await ask(pagos.cobros({ id }).consultar.post(cuerpo))
  if (respuesta.ok) return { cobro: respuesta.data }
  if (respuesta.problem.codigo === 'no-encontrado') return { cobro: null }
  if (respuesta.problem.codigo !== 'demasiadas-peticiones') throw new FalloApi(respuesta)
  const cobro = porEnlace ? null : await pedir(pagos.cobros({ id }).get())
  const segundos = Number(respuesta.headers.get('retry-after') ?? '')
  return { cobro, otraVezMs: segundos > 0 ? segundos * 1000 : turnoMs }
}

/**
 * How long until the provider is asked again after so many times, in milliseconds: who has
 * just paid is told soon, who leaves the page open overnight asks once a minute.
 */
export const esperaMs = (veces: number) =>
  Math.min(60_000, Math.round(5_500 * 1.5 ** Math.max(0, veces - 3)))

/**
 * The current charge of an order as it is now, looked at again and again while money may come of it.
 *
 * @param refrescar called when it is no longer as the order says; it must not change identity
 */
export function useCobroActual(
  acceso: Acceso,
  { pago }: PorPagar,
  { enabled, refrescar }: { readonly enabled: boolean; readonly refrescar: () => void },
) {
  const cobro = cobroActual(pago)
  const { id = '', estado, cobrado } = cobro ?? {}
  const consulta = useQuery({
    queryKey: ['pago', id],
    enabled: enabled && cobro !== undefined && estado !== 'cobrado',
    retry: false,
    staleTime: 5_000,
    refetchInterval({ state: { data, dataUpdateCount, errorUpdateCount } }) {
      if (!cobro || !esperaDinero(cobro)) return false
      return data?.otraVezMs ?? esperaMs(dataUpdateCount + errorUpdateCount)
    },
    queryFn: () => consultar(acceso, id),
  })
  const { dataUpdatedAt } = consulta
  const detalle = consulta.data?.cobro ?? undefined
  const otro = detalle ? detalle.estado !== estado || detalle.cobrado !== cobrado : false
  // Each answer that says otherwise asks once.
  useEffect(() => {
    if (otro && dataUpdatedAt > 0) refrescar()
  }, [otro, dataUpdatedAt, refrescar])
  return { detalle, sinRespuesta: consulta.isError }
}
