import type { EstadoCobro } from '@encargo/service-kit/values/cobros'

/** Where a charge may go on from each state; what was closed, a provider may still contradict. */
export const siguientes: Readonly<Record<EstadoCobro, readonly EstadoCobro[]>> = {
  creado: ['abierto', 'cerrado'],
  abierto: ['en-proceso', 'autorizado', 'cobrado', 'cerrado'],
  'en-proceso': ['autorizado', 'cobrado', 'cerrado'],
  autorizado: ['cobrado', 'cerrado'],
  cerrado: ['cobrado'],
  cobrado: [],
}

/** Whether a way leads there: between two looks at it, a charge may have taken several steps. */
export const llega = (de: EstadoCobro, a: EstadoCobro): boolean =>
  siguientes[de].some((paso) => paso === a || llega(paso, a))

/** What it is after it was seen as `visto`: older news and what contradicts the table change nothing. */
export const avanzar = (estado: EstadoCobro, visto: EstadoCobro): EstadoCobro =>
  llega(estado, visto) ? visto : estado
