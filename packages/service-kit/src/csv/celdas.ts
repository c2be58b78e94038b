import { Dinero } from '../schemas.ts'

const { maximum: maximo = Number.MAX_SAFE_INTEGER } = Dinero

/** What a cell says, or what is wrong with it as the end of a sentence. */
export type Leido<T> =
  { readonly ok: true; readonly valor: T } | { readonly ok: false; readonly mensaje: string }

const bien = <T>(valor: T): Leido<T> => ({ ok: true, valor })
const mal = (mensaje: string): Leido<never> => ({ ok: false, mensaje })

const booleanos = new Map([
  ['true', true],
  ['1', true],
  ['sí', true],
  ['si', true],
  ['verdadero', true],
  ['false', false],
  ['0', false],
  ['no', false],
  ['falso', false],
])

/** true, sí, 1 or what a spreadsheet in Spanish makes of it; and the same for false. */
export function leerBooleano(celda: string): Leido<boolean> {
  const valor = booleanos.get(celda.trim().normalize('NFC').toLowerCase())
  return valor === undefined ? mal('debe ser true o false, sí o no, 1 o 0') : bien(valor)
}

/** Digits only: no sign, point or exponent. At most 15 of them, which a number holds exactly. */
export function leerEntero(celda: string): Leido<number> {
  const texto = celda.trim()
  if (!/^\d+$/.test(texto)) return mal('debe ser un número entero, sin puntos ni comas')
  const cifras = texto.replace(/^0+(?=\d)/, '')
  return cifras.length > 15 ? mal('es demasiado grande') : bien(Number(cifras))
}

/** How many decimals a currency has (ISO 4217). */
export function decimalesDe(moneda: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: moneda,
  }).resolvedOptions()
  return maximumFractionDigits
}

/** Units of the currency (`19.99` or `19,99`) as its minor unit, exactly; at most what `Dinero` takes. */
export function leerImporte(celda: string, decimales: number): Leido<number> {
  const [, entero, fraccion = ''] = /^(\d+)(?:[.,](\d+))?$/.exec(celda.trim()) ?? []
  if (entero === undefined || fraccion.length > decimales) {
    const ejemplo = escribirImporte(1999 * 10 ** Math.max(0, decimales - 2), decimales)
    const cuantos = decimales === 0 ? 'sin decimales' : `con hasta ${decimales} decimales`
    return mal(`debe ser un importe como ${ejemplo}, ${cuantos} y sin separador de miles`)
  }
  const leido = leerEntero(entero + fraccion.padEnd(decimales, '0'))
  return leido.ok && leido.valor <= maximo
    ? leido
    : mal(`debe ser como máximo ${escribirImporte(maximo, decimales)}`)
}

/** The minor unit as units of the currency, with all its decimals and a point. */
export function escribirImporte(menor: number, decimales: number): string {
  const cifras = String(menor).padStart(decimales + 1, '0')
  return decimales === 0 ? cifras : `${cifras.slice(0, -decimales)}.${cifras.slice(-decimales)}`
}
