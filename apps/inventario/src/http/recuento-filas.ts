import type { FormatoCsv } from '@encargo/csv/cabecera'
import { leerEntero } from '@encargo/csv/celdas'
import { leerControl } from '@encargo/csv/control'
import { ErroresImportacion } from '@encargo/csv/errores'
import { type FilaCsv, leerCsv } from '@encargo/csv/leer'
import { maxFilasCsv } from '@encargo/csv/limites'
import { validadorDeFilas } from '@encargo/csv/validar'
import type { ArchivoLeido, FilaLeida } from '../app/recuento.ts'
import { type ColumnaRecuento, columnasControladas, columnasRecuento } from '../domain/recuento.ts'
import { FilaRecuentoLeida } from './schemas.ts'

/** Of each of these a file needs one. */
const necesarias: readonly (readonly ColumnaRecuento[])[] = [
  ['sku', 'productoId'],
  ['fisico', 'umbralMinimo'],
]

const formato: FormatoCsv<ColumnaRecuento> = {
  columnas: columnasRecuento,
  falta: (presentes) => necesarias.find((unas) => !unas.some((una) => presentes.has(una))),
  maxFilas: maxFilasCsv,
}
const comoFila = validadorDeFilas(FilaRecuentoLeida)

/** What the cells say; without those that are empty, or say nothing, which is noted. */
function valoresDe(
  { fila, celdas }: FilaCsv<ColumnaRecuento>,
  errores: ErroresImportacion,
): Record<string, unknown> {
  const texto = (columna: 'sku' | 'productoId' | 'motivo') => {
    const celda = celdas[columna]?.trim() ?? ''
    return celda === '' ? {} : { [columna]: celda }
  }
  const entero = (columna: 'fisico' | 'umbralMinimo') => {
    const celda = celdas[columna]?.trim() ?? ''
    if (celda === '') return {}
    const leido = leerEntero(celda)
    if (leido.ok) return { [columna]: leido.valor }
    errores.anotar(fila, columna, leido)
    return {}
  }
  return {
    ...texto('sku'),
    ...texto('productoId'),
    ...texto('motivo'),
    ...entero('fisico'),
    ...entero('umbralMinimo'),
  }
}

/** The rows of a file of stock, by the rules of its JSON routes, and what is wrong with it. */
export async function leerRecuento(source: AsyncIterable<Uint8Array>): Promise<ArchivoLeido> {
  const filas: FilaLeida[] = []
  const errores = new ErroresImportacion()
  for await (const leida of leerCsv(source, formato, errores)) {
    const { fila } = leida
    const antes = errores.total
    const valores = valoresDe(leida, errores)
    if (!comoFila(fila, valores, errores) || errores.total > antes) continue
    const productoId = valores.productoId?.toLowerCase()
    if (valores.sku === undefined && productoId === undefined) {
      const mensaje = 'no dice de qué producto es: falta sku o productoId'
      errores.anotar(fila, null, { mensaje, regla: 'sin-producto' })
      continue
    }
    const control = leerControl(leida.celdas.control ?? '', columnasControladas)
    if (control.ok) {
      filas.push({ ...valores, fila, productoId, exportada: control.valor ?? undefined })
    } else errores.anotar(fila, 'control', control)
  }
  return { filas, errores }
}
