import { type Static, Type } from '@sinclair/typebox'
import { reglasDeCampo } from './field-rules.ts'

/** What a row of a file can have against it beyond what a field can. */
const propias = [
  'archivo-vacio',
  'codificacion',
  'comillas',
  'fila-larga',
  'demasiadas-filas',
  'columna-desconocida',
  'columna-que-falta',
  'celda-sin-columna',
  'importe',
  'importe-maximo',
  'json',
  'fila-repetida',
  'sin-producto',
  'sku-desconocido',
  'sku-abreviado',
  'sku-cambiado',
  'sku-distinto',
  'producto-desconocido',
  'control',
  'conflicto',
  'previa',
] as const
export const reglasDeFila = [...reglasDeCampo, ...propias] as const
export type ReglaDeFila = (typeof reglasDeFila)[number]

/** What is wrong with a row, whichever it is. */
export interface Reparo {
  readonly mensaje: string
  readonly regla: ReglaDeFila
  /** The number that the rule names: a bound, another line, a column. */
  readonly limite?: number | undefined
  /** The text that it names: what there is now, an example, names of columns. */
  readonly dato?: string | undefined
}

/** `fila` is the line in the file, the header being 1; `columna` is null where the whole row is to blame. */
export const ErrorFila = Type.Object({
  fila: Type.Integer(),
  columna: Type.Union([Type.String(), Type.Null()]),
  mensaje: Type.String(),
  regla: Type.Optional(Type.Unsafe<ReglaDeFila>(Type.String({ enum: [...reglasDeFila] }))),
  limite: Type.Optional(Type.Integer()),
  dato: Type.Optional(Type.String()),
})
export type ErrorFila = Static<typeof ErrorFila>
