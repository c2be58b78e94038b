import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'
import type { Periodo, Tramo } from './periodo.ts'

/** Numbers that nobody told us to read again are read again after this long, in milliseconds. */
const refrescoMs = 30_000

const pedirTramo = ({ desde, hasta }: Tramo, zona: string, signal: AbortSignal) =>
  pedir(cliente().pedidos.pedidos.resumen.get({ query: { desde, hasta, zona }, ...con(signal) }))

async function pedirResumen(periodo: Periodo, zona: string, signal: AbortSignal) {
  const [resumen, antes] = await Promise.all([
    pedirTramo(periodo, zona, signal),
    pedirTramo(periodo.antes, zona, signal),
  ])
  return { ...resumen, antes }
}
export type Resumen = Awaited<ReturnType<typeof pedirResumen>>

type Suma = 'pedidos' | 'completados' | 'cancelados' | 'ingresos' | 'abonado'

export const sumaDe = ({ porDia }: Pick<Resumen, 'porDia'>, que: Suma): number =>
  porDia.reduce((total, dia) => total + dia[que], 0)

/** By which part of it a sum has changed; undefined where there was nothing before. */
export const variacion = (ahora: number, antes: number): number | undefined =>
  antes === 0 ? undefined : (ahora - antes) / antes

/** What the orders of some days add up to; not under `pedidos`, as it need not follow each change. */
export const opcionesResumen = (periodo: Periodo, zona: string) =>
  queryOptions({
    queryKey: ['resumen', periodo.desde, periodo.hasta, zona],
    placeholderData: keepPreviousData,
    refetchInterval: refrescoMs,
    queryFn: ({ signal }) => pedirResumen(periodo, zona, signal),
  })
