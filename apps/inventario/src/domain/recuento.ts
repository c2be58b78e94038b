import type { Exportada } from '@encargo/csv/control'
import type { FilaImportada } from '@encargo/csv/informe'
import type { Reparo } from '@encargo/service-kit/values/row-rules'
import { contadoDe, decidirMovida, type Existencia, limiteFisico } from './existencia.ts'

/** The columns of a file of stock. Those of the export that nobody can set are passed over. */
export const columnasRecuento = [
  'sku',
  'nombre',
  'productoId',
  'fisico',
  'reservado',
  'disponible',
  'umbralMinimo',
  'actualizadoEn',
  'control',
  'motivo',
] as const
export type ColumnaRecuento = (typeof columnasRecuento)[number]

/** What a row of an export vouches for; `libro` is the last line of the product's ledger. */
export const columnasControladas = ['fisico', 'umbralMinimo', 'libro'] as const
export type ExistenciaExportada = Exportada<(typeof columnasControladas)[number]>

/** A row whose cells hold what they may, and whose product there is. What is left out it says nothing of. */
export interface FilaRecuento {
  /** Its line in the file. */
  readonly fila: number
  readonly productoId: string
  /** The product's own SKU. */
  readonly sku: string
  readonly fisico?: number | undefined
  readonly umbralMinimo?: number | undefined
  readonly motivo?: string | undefined
  /** What it said when it was exported; left out of a row that somebody wrote. */
  readonly exportada?: ExistenciaExportada | undefined
}

/** The stock that a row is about, and the last line of its ledger; 0 where there is none. */
export interface ActualRecuento extends Existencia {
  readonly libro: number
}

export type DecisionRecuento =
  | { readonly tipo: 'crear'; readonly fisico: number; readonly umbralMinimo: number }
  | {
      readonly tipo: 'actualizar'
      /** By how much `fisico` changes; 0 leaves no line in the ledger. */
      readonly variacion: number
      readonly faltan: number
      readonly umbralMinimo: number
    }
  | { readonly tipo: 'igual' }
  | { readonly tipo: 'error'; readonly columna: ColumnaRecuento; readonly reparo: Reparo }

const wrong = (columna: ColumnaRecuento, reparo: Reparo): DecisionRecuento => ({
  tipo: 'error',
  columna,
  reparo,
})

const recontables = ['fisico', 'umbralMinimo'] as const
type Recontable = (typeof recontables)[number]

/** What is there now, as a file says it: of a stock with missing units, what was counted. */
const hayDe = (actual: ActualRecuento, columna: Recontable) =>
  columna === 'fisico' ? contadoDe(actual) : actual.umbralMinimo

const enConflicto = (columna: Recontable, actual: ActualRecuento) =>
  wrong(columna, {
    mensaje:
      columna === 'fisico'
        ? `desde la exportación ha habido ventas u otros movimientos y ahora son ${contadoDe(actual)}: cuenta otra vez, o vacía la celda control de esta fila si lo contado es lo que hay ahora`
        : `ha cambiado en la tienda desde la exportación: ahora es ${actual.umbralMinimo}. Si lo tuyo es lo que vale, vacía la celda control de esta fila`,
    regla: 'conflicto',
    dato: String(hayDe(actual, columna)),
  })

/**
 * What of a row counts, when what it said at its export is known: a cell that says what it said then
 * asks for nothing. A count is true of the moment at which it was taken, which no file tells; it
 * counts only if no goods have moved since the export, by the product's ledger, as it would otherwise
 * undo sales and deliveries. Reservations move no goods.
 */
function separarConflictos(actual: ActualRecuento, fila: FilaRecuento) {
  const { exportada } = fila
  if (!exportada) return { fila, conflicto: undefined }
  const intacta = (columna: Recontable) =>
    exportada.era(columna, hayDe(actual, columna)) &&
    (columna !== 'fisico' || exportada.era('libro', actual.libro))
  const pedidas = recontables.filter((columna) => {
    const { [columna]: pedido } = fila
    return (
      pedido !== undefined && pedido !== hayDe(actual, columna) && !exportada.era(columna, pedido)
    )
  })
  const hechas = pedidas.filter(intacta)
  const pedido = (columna: Recontable) => (hechas.includes(columna) ? fila[columna] : undefined)
  return {
    fila: { ...fila, fisico: pedido('fisico'), umbralMinimo: pedido('umbralMinimo') },
    conflicto: pedidas.find((columna) => !intacta(columna)),
  }
}

/**
 * What a row does to the stock of its product, `omitir` leaving conflicts as they are; undefined: there
 * is none on record.
 */
export function decidirRecuento(
  actual: ActualRecuento | undefined,
  leida: FilaRecuento,
  omitir: boolean,
): DecisionRecuento {
  if (!actual) {
    if (leida.fisico === undefined) {
      const mensaje = 'es obligatorio: el producto aún no tiene inventario'
      return wrong('fisico', { mensaje, regla: 'obligatorio' })
    }
    return { tipo: 'crear', fisico: leida.fisico, umbralMinimo: leida.umbralMinimo ?? 0 }
  }
  const { fila, conflicto } = separarConflictos(actual, leida)
  if (conflicto !== undefined && !omitir) return enConflicto(conflicto, actual)
  const { fisico = contadoDe(actual), umbralMinimo = actual.umbralMinimo } = fila
  const movida = { tipo: 'AJUSTE', cantidad: fisico, motivo: fila.motivo } as const
  const decision = decidirMovida(actual, movida)
  if (decision.tipo !== 'admitida') {
    return wrong('fisico', { mensaje: 'pasa del máximo', regla: 'maximo', limite: limiteFisico })
  }
  const { variacion, faltan } = decision
  const contada = variacion !== 0 || faltan !== actual.faltan
  return !contada && umbralMinimo === actual.umbralMinimo
    ? { tipo: 'igual' }
    : { tipo: 'actualizar', variacion, faltan, umbralMinimo }
}

/** What an import does with a row, as its answer and its kept answer have it. */
export interface FilaRecontada extends FilaImportada {
  readonly productoId: string
  readonly sku: string | null
  /** What was counted before, null where there was no stock on record, and after. */
  readonly antes: number | null
  readonly despues: number
  /** Of the promised units, how many this count does not find; left out if all are there. */
  readonly faltan?: number
  /** The threshold before and after, where it changes. */
  readonly umbral?: { readonly antes: number; readonly despues: number }
}
