import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { muestraFilas } from './limites.ts'

/** What a row does to the thing that it names. */
export const AccionImportacion = Type.Union([
  Type.Literal('crear'),
  Type.Literal('actualizar'),
  Type.Literal('igual'),
])
export type AccionImportacion = Static<typeof AccionImportacion>

/** Which row of the file it is, in what is told of a row. */
export const NumeroDeFila = Type.Integer({
  description: 'Su línea en el archivo; la cabecera es la 1',
})

/** What is told of every row, whatever it is a row of. */
export interface FilaImportada {
  readonly fila: number
  readonly accion: AccionImportacion
}

/** How an import went, or would go. */
export interface ResumenImportacion<F> {
  readonly filas: number
  readonly creados: number
  readonly actualizados: number
  readonly sinCambios: number
  /** What tells these changes from others; missing in what was kept before there was one. */
  readonly previa?: string
  /** Some of the rows, in the order of the file. */
  readonly muestra: F[]
}

const cuenta = Type.Integer({ minimum: 0 })

/** The answer 200 of a route that imports a file, with what is told of each row. */
export const informeImportacion = <F extends TSchema>(fila: F) =>
  Type.Object({
    simulada: Type.Boolean(),
    filas: cuenta,
    creados: cuenta,
    actualizados: cuenta,
    sinCambios: cuenta,
    previa: Type.Optional(
      Type.String({ description: 'Distingue estos cambios de otros, para pedir justo estos' }),
    ),
    muestra: Type.Array(fila, {
      description: `Hasta ${muestraFilas} filas, en el orden del archivo: antes que otras, las que cambian algo`,
    }),
  })
