import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import { describeError } from '@encargo/service-kit/run/logger'
import type { Faltante, Pedida } from '../domain/compra.ts'
import {
  type Cotizacion,
  cotizar,
  type Encargado,
  type NegativaDeCotizacion,
} from '../domain/cotizacion.ts'
import type { RechazoCupon } from '../domain/cupon.ts'
import type { Deps } from './deps.ts'
import { ofertaDe } from './ofertas.ts'

export interface Cotizada {
  readonly tipo: 'cotizada'
  readonly cotizacion: Cotizacion
  /** What there is too little of now; nothing while inventario can't be asked. */
  readonly faltantes: readonly Faltante[]
}

/** Why there is no quote. */
export type SinCotizacion = Exclude<NegativaDeCotizacion, RechazoCupon>

/** What there is too little of. */
async function faltantesDe(
  { reservas, logger }: Deps,
  pedidas: readonly Pedida[],
  call: CallContext,
) {
  try {
    const ids = pedidas.map(({ productoId }) => productoId)
    const disponibles = await reservas.disponibles(ids, call)
    return pedidas.flatMap(({ productoId, cantidad: solicitado }) => {
      const disponible = disponibles.get(productoId)
      return disponible === undefined || disponible >= solicitado
        ? []
        : { productoId, solicitado, disponible }
    })
  } catch (error) {
    if (!(error instanceof PeerUnavailableError)) {
      logger.warn('stock was not looked at for a quote', { error: describeError(error) })
    }
    return []
  }
}

/**
 * What an order would come to, for anybody: by the very function that an order is made by. Writes nothing.
 *
 * @param clienteId who asks, where that is known
 * @throws PeerUnavailableError, PeerProtocolError
 */
export async function cotizarCompra(
  deps: Deps,
  encargado: Encargado,
  clienteId: string | undefined,
  call: CallContext,
): Promise<Cotizada | { readonly tipo: 'negada'; readonly negativa: SinCotizacion }> {
  const ids = encargado.pedidas.map(({ productoId }) => productoId)
  const [articulos, oferta, faltantes] = await Promise.all([
    deps.catalogo.buscar(ids, call),
    ofertaDe(deps, encargado, clienteId, call),
    faltantesDe(deps, encargado.pedidas, call),
  ])
  const cotizacion = cotizar(encargado, articulos, oferta)
  if ('codigo' in cotizacion) return { tipo: 'negada', negativa: cotizacion }
  const codigo = 'envio-no-disponible'
  return cotizacion.reparos.some((reparo) => reparo.codigo === codigo)
    ? { tipo: 'negada', negativa: { codigo } }
    : { tipo: 'cotizada', cotizacion, faltantes }
}
