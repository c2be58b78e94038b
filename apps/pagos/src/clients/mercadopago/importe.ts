import { escribirImporte } from '@encargo/service-kit/values/importes'
import { decimalesDe } from '@encargo/service-kit/values/monedas'
import { ProveedorNoDisponible } from '../../ports/proveedor.ts'

/** ISO 4217 gives them cents; Mercado Pago refuses any. */
const enterasAlli = new Set(['COP', 'HNL', 'NIO'])
const decimalesAlli = (moneda: string) =>
  enterasAlli.has(moneda) ? 0 : Math.min(2, decimalesDe(moneda))

/** Units of the currency, as Mercado Pago counts; null where it would have to be rounded. */
export function enUnidades(menor: number, moneda: string): number | null {
  const resto = menor % 10 ** (decimalesDe(moneda) - decimalesAlli(moneda))
  return resto === 0 ? Number(escribirImporte(menor, moneda)) : null
}

/** And back. @throws ProveedorNoDisponible where it is no amount of that currency */
export function enMenores(unidades: number | string, moneda: string): number {
  const menor = Math.round(Number(unidades) * 10 ** decimalesDe(moneda))
  const exacto = Number.isSafeInteger(menor) && menor >= 0
  if (exacto && Number(escribirImporte(menor, moneda)) === Number(unidades)) return menor
  throw new ProveedorNoDisponible(`mercadopago says ${unidades} ${moneda}, which is no amount`)
}
