import {
  escribirImporte,
  leerImporte as leer,
  signoDecimalDe,
} from '@encargo/service-kit/values/importes'

/**
 * Minor units of a price that was typed in units of the currency, as the reader writes numbers.
 * Undefined for what is no such price: nothing is rounded.
 */
export function leerImporte(escrito: string, region: string, moneda: string): number | undefined {
  const leido = leer(escrito, moneda, region)
  return leido.ok ? leido.valor : undefined
}

/** A price as it is typed: units of the currency, without its sign and without marks between thousands. */
export const importeParaEditar = (importe: number, region: string, moneda: string): string =>
  escribirImporte(importe, moneda, signoDecimalDe(region))
