import { escribirImporte, importeMaximo, leerImporte } from '../importes.ts'
import { decimalesDe } from '../monedas.ts'

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

/** Units of the currency as its minor unit, exactly; at most what `Dinero` takes. */
export function leerPrecio(celda: string, moneda: string): Leido<number> {
  const leido = leerImporte(celda, moneda)
  if (leido.ok) return bien(leido.valor)
  if (leido.motivo === 'maximo') {
    return mal(`debe ser como máximo ${escribirImporte(importeMaximo, moneda)}`)
  }
  const decimales = decimalesDe(moneda)
  const ejemplo = escribirImporte(1999 * 10 ** Math.max(0, decimales - 2), moneda)
  const cuantos = decimales === 0 ? 'sin decimales' : `con hasta ${decimales} decimales`
  return mal(`debe ser un importe como ${ejemplo}, ${cuantos}`)
}
