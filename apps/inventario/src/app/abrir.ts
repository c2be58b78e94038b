import type { Clock } from '@encargo/service-kit/async/clock'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { Existencia } from '../domain/existencia.ts'
import type { Catalogo, ExistenciasStore, NuevaExistencia } from '../ports.ts'

export interface AbrirDeps {
  readonly store: Pick<ExistenciasStore, 'crear' | 'existencia'>
  readonly catalogo: Pick<Catalogo, 'existe'>
  readonly clock: Pick<Clock, 'epochMs'>
}

export type ResultadoAbrir =
  | { readonly tipo: 'hecho'; readonly existencia: Existencia }
  | { readonly tipo: 'existente' }
  | { readonly tipo: 'producto-inexistente' }

/**
 * Puts the stock of a product on record that the catalogue has.
 * @throws PeerUnavailableError when that can't be asked
 */
export async function abrirExistencia(
  { store, catalogo, clock }: AbrirDeps,
  nueva: Omit<NuevaExistencia, 'ahora'>,
  call: CallContext,
): Promise<ResultadoAbrir> {
  const { productoId } = nueva
  if (await store.existencia(productoId)) return { tipo: 'existente' }
  if (!(await catalogo.existe(productoId, call))) return { tipo: 'producto-inexistente' }
  const existencia = await store.crear({ ...nueva, ahora: clock.epochMs() })
  return existencia ? { tipo: 'hecho', existencia } : { tipo: 'existente' }
}
