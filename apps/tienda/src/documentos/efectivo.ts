import { leerImporte } from '@encargo/service-kit/values/importes'

/** Cash as the counter noted it with its charge; undefined for what says nothing of it. Minor units. */
export function leerEfectivo(referencia: string, moneda: string) {
  const [, recibido, cambio] = /: recibido ([\d.]+), cambio ([\d.]+)$/.exec(referencia) ?? []
  if (recibido === undefined || cambio === undefined) return undefined
  const [dado, vuelto] = [recibido, cambio].map((uno) => leerImporte(uno, moneda, 'en-US'))
  return dado?.ok && vuelto?.ok ? { recibido: dado.valor, cambio: vuelto.valor } : undefined
}
