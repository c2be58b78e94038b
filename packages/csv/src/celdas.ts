import { escribirImporte, importeMaximo, leerImporte } from '@encargo/service-kit/values/importes'
import { decimalesDe } from '@encargo/service-kit/values/monedas'
import type { Reparo } from '@encargo/service-kit/values/row-rules'

/** What a cell says, or what is wrong with it. */
export type Leido<T> = { readonly ok: true; readonly valor: T } | ({ readonly ok: false } & Reparo)

export const bien = <T>(valor: T): Leido<T> => ({ ok: true, valor })
export const mal = (reparo: Reparo): Leido<never> => ({ ok: false, ...reparo })

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
  return valor === undefined
    ? mal({ mensaje: 'debe ser true o false, sí o no, 1 o 0', regla: 'si-o-no' })
    : bien(valor)
}

/** As many digits as a number surely holds exactly. */
const maxCifras = 15

/** Digits only: no sign, point or exponent. */
export function leerEntero(celda: string): Leido<number> {
  const texto = celda.trim()
  if (!/^\d+$/.test(texto)) {
    return mal({ mensaje: 'debe ser un número entero, sin puntos ni comas', regla: 'entero' })
  }
  const cifras = texto.replace(/^0+(?=\d)/, '')
  return cifras.length > maxCifras
    ? mal({ mensaje: 'es demasiado grande', regla: 'maximo', limite: 10 ** maxCifras - 1 })
    : bien(Number(cifras))
}

/** Units of the currency as its minor unit, exactly; at most what `Dinero` takes. */
export function leerPrecio(celda: string, moneda: string): Leido<number> {
  const leido = leerImporte(celda, moneda)
  if (leido.ok) return bien(leido.valor)
  if (leido.motivo === 'maximo') {
    const dato = escribirImporte(importeMaximo, moneda)
    return mal({ mensaje: `debe ser como máximo ${dato}`, regla: 'importe-maximo', dato })
  }
  const limite = decimalesDe(moneda)
  const dato = escribirImporte(1999 * 10 ** Math.max(0, limite - 2), moneda)
  const cuantos = limite === 0 ? 'sin decimales' : `con hasta ${limite} decimales`
  return mal({
    mensaje: `debe ser un importe como ${dato}, ${cuantos}`,
    regla: 'importe',
    limite,
    dato,
  })
}

/** What is against a SKU that no product has and that looks like `7,50123E+12`; else undefined. */
export function reparoSkuAbreviado(sku: string): Reparo | undefined {
  if (!/^\d+(?:[.,]\d+)?E\+\d+$/i.test(sku.trim())) return undefined
  const mensaje =
    'es un número que la hoja de cálculo ha abreviado; da a la columna formato de texto y escribe el SKU entero'
  return { mensaje, regla: 'sku-abreviado' }
}
