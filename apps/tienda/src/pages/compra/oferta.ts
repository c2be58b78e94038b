import type { Cotizacion, MetodoEnvio } from '@encargo/client'
import { useQueryClient } from '@tanstack/react-query'
import type { Cesta } from '../../cesta/cesta.ts'
import { useMoneda } from '../../datos/moneda.ts'
import { useRested } from '../../ui/rested.ts'
import type { Borrador } from './borrador.ts'
import { useCotizacion } from './cotizacion.ts'
import { type Comprador, entregaDe, porCotizar, totalCon } from './trato.ts'

export interface Oferta {
  readonly cotizacion: Cotizacion | undefined
  /** The methods of the chosen kind that go there; undefined as long as that is not known. */
  readonly ofrecidos: Cotizacion['metodosEnvio'] | undefined
  /** The code of the one that is taken. */
  readonly metodo: string | undefined
  /** Nothing of what the shop offers gets it there. */
  readonly nadieLlega: boolean
  /** In minor units, at the prices that the shopper saw. */
  readonly total: number
  readonly moneda: string
  /** Whether the total may still become another one. */
  readonly enCamino: boolean
  /** Why there is no total, where there is none without being told. */
  readonly fallo: Error | null
  readonly reintentar: () => void
  /** What was said is no longer so. */
  readonly olvidar: () => void
}

/** What the shop says of the basket as it would be ordered now. */
export function useOferta(
  cesta: Cesta,
  escritos: Borrador,
  de: { readonly comprador: Comprador; readonly metodos: readonly MetodoEnvio[] },
): Oferta {
  const consultas = useQueryClient()
  const monedaSabida = useMoneda()
  const { metodos } = de
  const datos = { ...escritos, provincia: useRested(escritos.provincia ?? '') }
  const base = useCotizacion(porCotizar(cesta, { ...datos, metodo: '' }, de))
  const entrega = entregaDe(datos, metodos)
  const ofrecidos = base.data?.metodosEnvio.filter(({ tipo }) => tipo === entrega)
  const elegido = ofrecidos?.find(({ codigo }) => codigo === datos.metodo) ?? ofrecidos?.[0]
  const conMetodo = porCotizar(cesta, { ...datos, metodo: elegido?.codigo ?? '' }, de)
  // Which methods go there now has to be known before one of them is asked for.
  const con = useCotizacion(conMetodo, !base.isPlaceholderData)
  const cotizacion = con.data ?? base.data
  const hacenFalta = metodos.length > 0 || (datos.cupon ?? '') !== ''
  const viejas = [base, con].some((una) => una.isPlaceholderData || una.isPending)
  const fallo = base.error ?? con.error
  return {
    cotizacion,
    ofrecidos,
    metodo: elegido?.codigo,
    nadieLlega: metodos.length > 0 && ofrecidos?.length === 0,
    total: totalCon(cesta, cotizacion),
    moneda: cotizacion?.moneda ?? monedaSabida,
    enCamino: hacenFalta && viejas && fallo === null,
    fallo: hacenFalta && viejas ? fallo : null,
    reintentar: () => {
      void base.refetch()
      void con.refetch()
    },
    olvidar: () => void consultas.invalidateQueries({ queryKey: ['cotizacion'] }),
  }
}
