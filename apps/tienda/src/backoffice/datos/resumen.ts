import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'

/** Spans that the dashboard offers, in days up to today. */
export const plazos = [7, 30, 90] as const
export type Plazo = (typeof plazos)[number]

export const leerPlazo = (texto: string | undefined): Plazo =>
  plazos.find((uno) => String(uno) === texto) ?? 30

/** Numbers that nobody told us to read again are read again after this long, in milliseconds. */
const refrescoMs = 30_000

const dosCifras = (numero: number) => String(numero).padStart(2, '0')

/** A day of the reader's calendar as `YYYY-MM-DD`, so many days before `hoy`. */
export function diaDe(hoy: Date, antes: number): string {
  const dia = new Date(hoy.getFullYear(), hoy.getMonth(), hoy.getDate() - antes)
  return `${dia.getFullYear()}-${dosCifras(dia.getMonth() + 1)}-${dosCifras(dia.getDate())}`
}

async function pedirResumen(plazo: Plazo, signal: AbortSignal) {
  const hoy = new Date()
  const query = {
    desde: diaDe(hoy, plazo - 1),
    hasta: diaDe(hoy, 0),
    zona: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
  return await pedir(cliente().pedidos.pedidos.resumen.get({ query, ...con(signal) }))
}
export type Resumen = Awaited<ReturnType<typeof pedirResumen>>

/** What the orders of the last days add up to; not under `pedidos`, as it need not follow each change. */
export const opcionesResumen = (plazo: Plazo) =>
  queryOptions({
    queryKey: ['resumen', plazo],
    placeholderData: keepPreviousData,
    refetchInterval: refrescoMs,
    queryFn: ({ signal }) => pedirResumen(plazo, signal),
  })
