import { decimalesDe } from '@encargo/service-kit/values/monedas'
import { useLengua } from './idioma.ts'

const monedas = new Map<string, Intl.NumberFormat>()

function formatoDe(region: string, moneda: string): Intl.NumberFormat {
  const clave = `${region} ${moneda}`
  const conocido = monedas.get(clave)
  if (conocido) return conocido
  const decimales = decimalesDe(moneda)
  const nuevo = new Intl.NumberFormat(region, {
    style: 'currency',
    currency: moneda,
    // Left to itself, each engine has its own idea of some currencies.
    minimumFractionDigits: decimales,
    maximumFractionDigits: decimales,
  })
  monedas.set(clave, nuevo)
  return nuevo
}

/** How many minor units make one major unit: 100 for USD, 1 for JPY. */
export const unidadMayor = (moneda: string): number => 10 ** decimalesDe(moneda)

/** `importe`: minor units of `moneda`. */
export function escribirDinero(region: string, importe: number, moneda: string): string {
  return formatoDe(region, moneda).format(importe / unidadMayor(moneda))
}

export interface Formato {
  readonly dinero: (importe: number, moneda: string) => string
  readonly fecha: (iso: string) => string
  readonly fechaYHora: (iso: string) => string
}

const formatos = new Map<string, Formato>()

function formatoEn(region: string): Formato {
  const fecha = new Intl.DateTimeFormat(region, { dateStyle: 'medium' })
  const hora = new Intl.DateTimeFormat(region, { dateStyle: 'medium', timeStyle: 'short' })
  return {
    dinero: (importe, moneda) => escribirDinero(region, importe, moneda),
    fecha: (iso) => fecha.format(new Date(iso)),
    fechaYHora: (iso) => hora.format(new Date(iso)),
  }
}

/** Money and time as the reader writes them. One for each region: making them takes its time. */
export function useFormato(): Formato {
  const { region } = useLengua()
  const conocido = formatos.get(region)
  if (conocido) return conocido
  const nuevo = formatoEn(region)
  formatos.set(region, nuevo)
  return nuevo
}
