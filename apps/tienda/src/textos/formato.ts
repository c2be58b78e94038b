import { decimalesDe } from '@encargo/service-kit/values/monedas'
import { useZona } from '../cara/zona.ts'
import { useLengua } from './idioma.ts'

const monedas = new Map<string, Intl.NumberFormat>()

function formatoDe(region: string, moneda: string, corto: boolean): Intl.NumberFormat {
  const clave = `${region} ${moneda} ${corto}`
  const conocido = monedas.get(clave)
  if (conocido) return conocido
  const decimales = decimalesDe(moneda)
  const nuevo = new Intl.NumberFormat(region, {
    style: 'currency',
    currency: moneda,
    // Left to itself, each engine has its own idea of some currencies.
    ...(corto
      ? { notation: 'compact', maximumFractionDigits: 1 }
      : { minimumFractionDigits: decimales, maximumFractionDigits: decimales }),
  })
  monedas.set(clave, nuevo)
  return nuevo
}

/** How many minor units make one major unit: 100 for USD, 1 for JPY. */
export const unidadMayor = (moneda: string): number => 10 ** decimalesDe(moneda)

/** `importe`: minor units of `moneda`. `corto`: as on an axis, `$1.2K`. */
export function escribirDinero(
  region: string,
  importe: number,
  moneda: string,
  corto = false,
): string {
  return formatoDe(region, moneda, corto).format(importe / unidadMayor(moneda))
}

const kib = 1024
const mib = kib * kib
const reciente = { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' } as const

/** Makes something when it is first wanted: formatters take their time. */
function perezoso<T>(hacer: () => T): () => T {
  let hecho: T | undefined
  return () => (hecho ??= hacer())
}

function formatoEn(region: string, timeZone: string) {
  const fechas = (opciones: Intl.DateTimeFormatOptions) => {
    const formato = perezoso(() => new Intl.DateTimeFormat(region, { timeZone, ...opciones }))
    return (iso: string) => formato().format(new Date(iso))
  }
  const numeros = (opciones: Intl.NumberFormatOptions) => {
    const formato = perezoso(() => new Intl.NumberFormat(region, opciones))
    return (cuanto: number) => formato().format(cuanto)
  }
  const ano = fechas({ year: 'numeric' })
  const deEsteAno = fechas(reciente)
  const deOtroAno = fechas({ ...reciente, year: 'numeric' })
  const porCiento = numeros({ style: 'percent', maximumFractionDigits: 2 })
  const decimal = numeros({ maximumFractionDigits: 1 })
  const arriba = (cuanto: number) => decimal(Math.ceil(cuanto * 10) / 10)
  return {
    /** `importe`: minor units of `moneda`. */
    dinero: (importe: number, moneda: string) => escribirDinero(region, importe, moneda),
    dineroCorto: (importe: number, moneda: string) => escribirDinero(region, importe, moneda, true),
    fecha: fechas({ dateStyle: 'medium' }),
    fechaYHora: fechas({ dateStyle: 'medium', timeStyle: 'short' }),
    /** A moment of these days; the year only where it is another. */
    fechaReciente: (iso: string) =>
      (ano(iso) === ano(new Date().toISOString()) ? deEsteAno : deOtroAno)(iso),
    /** A day `YYYY-MM-DD`: it has no time, and so no time zone either. */
    diaCorto: fechas({ day: 'numeric', month: 'short', timeZone: 'UTC' }),
    diaLargo: fechas({ dateStyle: 'full', timeZone: 'UTC' }),
    numero: numeros({}),
    /** A share of 1. */
    parte: numeros({ style: 'percent' }),
    /** By which part something grew or shrank. */
    variacion: numeros({ style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: 0 }),
    /** A rate in hundredths of a percent. */
    tasa: (tasa: number) => porCiento(tasa / 10_000),
    /** Rounded up, so that what is a little over a limit does not look like it. */
    tamano: (bytes: number) =>
      bytes < mib ? `${arriba(bytes / kib)} KiB` : `${arriba(bytes / mib)} MiB`,
  }
}

const formatos = new Map<string, ReturnType<typeof formatoEn>>()

/** Money, time and numbers as the reader writes them; moments in the zone that counts here. */
export function useFormato() {
  const { region } = useLengua()
  const zona = useZona()
  const clave = `${region} ${zona}`
  const formato = formatos.get(clave) ?? formatoEn(region, zona)
  formatos.set(clave, formato)
  return formato
}
