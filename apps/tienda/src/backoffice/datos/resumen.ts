import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'
import { diaDe } from './dias.ts'

/** Spans that the dashboard offers, in days up to today. */
export const plazos = [7, 30, 90] as const
export type Plazo = (typeof plazos)[number]

export const leerPlazo = (texto: string | undefined): Plazo =>
  plazos.find((uno) => String(uno) === texto) ?? 30

/** Numbers that nobody told us to read again are read again after this long, in milliseconds. */
const refrescoMs = 30_000

async function pedirResumen(plazo: Plazo, zona: string, signal: AbortSignal) {
  const ahora = Date.now()
  const query = { desde: diaDe(zona, ahora, plazo - 1), hasta: diaDe(zona, ahora, 0), zona }
  return await pedir(cliente().pedidos.pedidos.resumen.get({ query, ...con(signal) }))
}
export type Resumen = Awaited<ReturnType<typeof pedirResumen>>

/** What the orders of the last days add up to; not under `pedidos`, as it need not follow each change. */
export const opcionesResumen = (plazo: Plazo, zona: string) =>
  queryOptions({
    queryKey: ['resumen', plazo, zona],
    placeholderData: keepPreviousData,
    refetchInterval: refrescoMs,
    queryFn: ({ signal }) => pedirResumen(plazo, zona, signal),
  })
