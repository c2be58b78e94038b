import type { Fulfiller } from '@encargo/service-kit/obligations/fulfil'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import * as deberes from '../domain/deberes.ts'
import type { CobroEntero } from '../domain/registro.ts'
import { cuando, type Deps } from './deps.ts'

/**
 * Takes what a provider holds of a charge, once for each `clave`. It is owed before the provider is asked;
 * one that can't be had is asked again. @throws PeerUnavailableError
 */
export async function capturarCobro(
  deps: Deps,
  cumplidor: Fulfiller,
  cobro: CobroEntero,
  { importe, clave }: { readonly importe: number; readonly clave: string },
  call: CallContext,
): Promise<CobroEntero> {
  const { id: cobroId, proveedor, estado } = cobro
  if (estado !== 'autorizado') return cobro
  const orden = { tipo: 'capturar', importe, clave } as const
  await deps.store.contado({ cobroId, version: 0, ordenes: [orden], ...cuando(deps, call) })
  const deuda = {
    tipo: deberes.capturar(proveedor),
    clave,
    datos: { cobroId, importe },
    intentos: 0,
  }
  await cumplidor.fulfil(deuda, call)
  return (await deps.store.cobro(cobroId)) ?? cobro
}
