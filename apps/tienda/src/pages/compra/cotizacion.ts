import { type Cotizacion, ask, type PorCotizar } from '@encargo/client'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { cliente, con, FalloApi, pedir, visitante } from '../../api.ts'
import type { Cesta } from '../../cesta/cesta.ts'
import type { Textos } from '../../textos/tipo.ts'
import type { SinCupon } from './comprar.ts'

/** In which ways the shop gets an order to its customer; the list is the same for everybody. */
export const opcionesMetodos = () =>
  queryOptions({
    queryKey: ['pedidos', 'metodos'],
    staleTime: 60_000,
    queryFn: async ({ signal }) =>
      (await pedir(visitante().pedidos['metodos-envio'].get(con(signal)))).datos,
  })

/** Without a method that does not go there, or is offered no more: the quote says which do. */
async function cotizar(pedida: PorCotizar, signal: AbortSignal): Promise<Cotizacion> {
  const respuesta = await ask(cliente().pedidos.cotizaciones.post(pedida, con(signal)))
  if (respuesta.ok) return respuesta.data
  const { metodoEnvio, ...sinMetodo } = pedida
  if (respuesta.problem.codigo === 'envio-no-disponible' && metodoEnvio !== undefined) {
    return await cotizar(sinMetodo, signal)
  }
  throw new FalloApi(respuesta)
}

const opcionesCotizacion = (pedida: PorCotizar) =>
  queryOptions({
    queryKey: ['cotizacion', pedida],
    staleTime: 15_000,
    retry: 1,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => cotizar(pedida, signal),
  })

/** What it would come to now; what was said before stays in sight while it is asked anew. */
export const useCotizacion = (pedida: PorCotizar, enabled = true) =>
  useQuery({ ...opcionesCotizacion(pedida), enabled: enabled && pedida.lineas.length > 0 })

export type Aviso = Cotizacion['avisos'][number]

/** What a quote has against the coupon. */
export const avisoDeCupon = (cotizacion: Cotizacion | undefined): Aviso | undefined =>
  cotizacion?.avisos.find(({ codigo }) => codigo.startsWith('cupon-'))

type Dichos = Pick<Textos, 'problemas' | 'compra'>

/** The same words for the same thing, whether a quote warns of it or an order is refused for it. */
export const textoDeCupon = (
  t: Dichos,
  { codigo, motivo, detalle }: Pick<Aviso, 'codigo' | 'motivo' | 'detalle'>,
): string => (motivo && t.compra.porqueCupon[motivo]) ?? t.problemas[codigo] ?? detalle

export const textoDeSinCupon = (t: Dichos, { detail, ...igual }: SinCupon): string =>
  textoDeCupon(t, { ...igual, detalle: detail })

/** What there is too little of, as a quote knows it. */
export function faltasDe(t: Dichos, cesta: Cesta, cotizacion: Cotizacion | undefined): string[] {
  const cortos = cotizacion?.avisos.filter(({ codigo }) => codigo === 'stock-insuficiente') ?? []
  const dichos = cortos.flatMap(({ codigo, detalle, productoId, disponible }) => {
    const linea = cesta.find((una) => una.productoId === productoId)
    if (!linea || disponible === undefined) return t.problemas[codigo] ?? detalle
    // It may have been said of more than there is in the basket by now.
    if (linea.cantidad <= disponible) return []
    return `${linea.nombre}: ${t.compra.pedisteHay(linea.cantidad, disponible)}`
  })
  return [...new Set(dichos)]
}
