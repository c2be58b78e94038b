import { decimalesDe } from '@encargo/service-kit/values/monedas'

// https://docs.stripe.com/currencies: amounts go in the currency's minor unit, with these exceptions.

/** Charged in whole units, although ISO 4217 gives it decimals. */
const sinDecimales = new Set(['MGA'])
/** Without decimals in ISO 4217, and told as if it had two, which are 00. */
const conDosCeros = new Set(['ISK', 'UGX'])
/** Those of three decimals that it takes; the last digit has to be 0. */
const conTres = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND'])
/** The most that it takes of any currency. */
const maximo = 999_999_999_999

/** How many of ours make one of theirs, as a fraction. */
function razon(moneda: string): readonly [nuestras: number, suyas: number] {
  if (sinDecimales.has(moneda)) return [100, 1]
  return conDosCeros.has(moneda) ? [1, 100] : [1, 1]
}

/** Minor units as Stripe wants them; null where it can't be said exactly, or not to Stripe. */
export function aStripe(menor: number, moneda: string): number | null {
  const decimales = decimalesDe(moneda)
  if (decimales > 3 || (decimales === 3 && (!conTres.has(moneda) || menor % 10 !== 0))) return null
  const [nuestras, suyas] = razon(moneda)
  const suyo = (menor / nuestras) * suyas
  return Number.isSafeInteger(suyo) && suyo > 0 && suyo <= maximo ? suyo : null
}

/** And back; a fraction is rounded, which only money can be that was not charged by us. */
export function deStripe(suyo: number, moneda: string): number {
  const [nuestras, suyas] = razon(moneda.toUpperCase())
  return Math.round((suyo * nuestras) / suyas)
}
