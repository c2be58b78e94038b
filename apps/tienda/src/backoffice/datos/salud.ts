import { queryOptions } from '@tanstack/react-query'
import type { Fetch } from '@encargo/client'

export const servicios = ['auth', 'productos', 'inventario', 'pedidos'] as const
export type Servicio = (typeof servicios)[number]

/** What a service's `/readyz` says of itself. */
export interface Informe {
  readonly estado: 'listo' | 'no-listo'
  readonly almacenamiento: { readonly ok: boolean; readonly motivo?: string }
  readonly servicios: Readonly<
    Record<
      string,
      {
        readonly circuito: string
        readonly reintentaEnMs: number
        /** What somebody has to put right before the two can work together. */
        readonly impedimentos?: readonly string[]
      }
    >
  >
  readonly pendiente?: Readonly<Record<string, unknown>>
}

/** `desde`: when this page saw it begin. */
export type Salud =
  | { readonly tipo: 'responde'; readonly informe: Informe; readonly desde: string }
  | { readonly tipo: 'inalcanzable'; readonly desde: string }

/** Between two looks, in milliseconds. */
export const cadaMs = 4_000
/** A service that takes longer to say how it is, is not well, in milliseconds. */
const plazoMs = 3_000

/** While a service is away, a problem of tienda's stands where its report would. */
const esInforme = (cuerpo: unknown): cuerpo is Informe =>
  typeof cuerpo === 'object' &&
  cuerpo !== null &&
  'almacenamiento' in cuerpo &&
  'servicios' in cuerpo

/** Undefined when nothing came back that is a report. Rejects only when `signal` was aborted. */
async function preguntar(
  servicio: Servicio,
  signal: AbortSignal,
  pedir: Fetch,
): Promise<Informe | undefined> {
  const plazo = AbortSignal.any([signal, AbortSignal.timeout(plazoMs)])
  try {
    const respuesta = await pedir(`/api/${servicio}/readyz`, { signal: plazo, cache: 'no-store' })
    const cuerpo: unknown = await respuesta.json()
    return esInforme(cuerpo) ? cuerpo : undefined
  } catch (error) {
    if (signal.aborted) throw error
    return undefined
  }
}

const sigueIgual = (antes: Salud, informe: Informe | undefined) =>
  antes.tipo === 'responde' ? antes.informe.estado === informe?.estado : informe === undefined

interface Mirada {
  readonly antes: Salud | undefined
  readonly signal: AbortSignal
  readonly ahora: Date
  readonly pedir: Fetch
}

/** How a service is, and since when it is so; no answer is an answer as well. */
export async function mirarSalud(servicio: Servicio, mirada: Mirada): Promise<Salud> {
  const { antes, signal, ahora, pedir } = mirada
  const informe = await preguntar(servicio, signal, pedir)
  const desde = antes && sigueIgual(antes, informe) ? antes.desde : ahora.toISOString()
  return informe === undefined
    ? { tipo: 'inalcanzable', desde }
    : { tipo: 'responde', informe, desde }
}

export const opcionesSalud = (servicio: Servicio) => {
  const queryKey = ['salud', servicio] as const
  return queryOptions({
    queryKey,
    staleTime: 0,
    refetchInterval: cadaMs,
    queryFn: ({ client, signal }) => {
      const antes = client.getQueryData<Salud>(queryKey)
      return mirarSalud(servicio, { antes, signal, ahora: new Date(), pedir: fetch })
    },
  })
}
