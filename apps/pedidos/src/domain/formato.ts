import { decimalesDe } from '@encargo/service-kit/values/monedas'
import type { Idioma } from './condiciones.ts'

/** How amounts and moments are written to somebody. */
export interface Formato {
  /** In minor units. */
  dinero(importe: number): string
  /** In milliseconds since the epoch. */
  momento(en: number): string
  /** In hundredths of a percent. */
  tasa(tasa: number): string
  /** ISO 3166-1 alpha-2. */
  pais(codigo: string): string
}

/** Of whose country a currency is, as ISO 4217 begins its code: to whom `$2.850` is no `$2,850`. */
const regionDe = (idioma: Idioma, moneda: string) =>
  idioma === 'en' ? 'en-US' : moneda === 'EUR' ? 'es-ES' : `es-${moneda.slice(0, 2)}`

/** What Intl puts between a number and its sign is no blank to mail readers of old. */
const escrito = (texto: string) => texto.replace(/[\u00a0\u202f]/g, ' ')

export function formatoDe(idioma: Idioma, moneda: string, zona: string): Formato {
  const region = regionDe(idioma, moneda)
  const decimales = decimalesDe(moneda)
  const dinero = new Intl.NumberFormat(region, {
    style: 'currency',
    currency: moneda,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: decimales,
    maximumFractionDigits: decimales,
  })
  // A sentence that ends in "p. m." has two points.
  const reloj = idioma === 'es' ? 'h23' : 'h12'
  const cuando = {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: zona,
    hourCycle: reloj,
  } as const
  const momentos = new Intl.DateTimeFormat(region, cuando)
  const tasas = new Intl.NumberFormat(region, { style: 'percent', maximumFractionDigits: 2 })
  const paises = new Intl.DisplayNames(region, { type: 'region' })
  return {
    dinero: (importe) => escrito(dinero.format(importe / 10 ** decimales)),
    momento: (en) => escrito(momentos.format(en)),
    pais: (codigo) => paises.of(codigo) ?? codigo,
    tasa: (tasa) => escrito(tasas.format(tasa / 10_000)),
  }
}
