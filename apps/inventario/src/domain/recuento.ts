import type { FilaImportada, PorImportar, ResumenImportacion } from '@encargo/service-kit/csv'
import { decidirMovida, type Existencia } from './existencia.ts'

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
  'motivo',
] as const
export type ColumnaRecuento = (typeof columnasRecuento)[number]

/** A row whose cells hold what they may, and whose product there is. Null: it says nothing of that. */
export interface FilaRecuento {
  /** Its line in the file. */
  readonly fila: number
  readonly productoId: string
  /** The product's own SKU. */
  readonly sku: string
  readonly fisico: number | null
  readonly umbralMinimo: number | null
  readonly motivo: string | null
}

export type DecisionRecuento =
  | { readonly accion: 'crear'; readonly fisico: number; readonly umbralMinimo: number }
  | {
      readonly accion: 'actualizar'
      /** By how much `fisico` changes; 0 leaves no line in the ledger. */
      readonly variacion: number
      readonly umbralMinimo: number
    }
  | { readonly accion: 'igual' }
  | { readonly accion: 'error'; readonly columna: ColumnaRecuento; readonly mensaje: string }

const wrong = (columna: ColumnaRecuento, mensaje: string): DecisionRecuento => ({
  accion: 'error',
  columna,
  mensaje,
})

/** What a row does to the stock of its product; null: there is none on record. */
export function decidirRecuento(actual: Existencia | null, fila: FilaRecuento): DecisionRecuento {
  if (!actual) {
    if (fila.fisico === null)
      return wrong('fisico', 'es obligatorio: el producto aún no tiene inventario')
    return { accion: 'crear', fisico: fila.fisico, umbralMinimo: fila.umbralMinimo ?? 0 }
  }
  const { fisico = actual.fisico, umbralMinimo = actual.umbralMinimo } = sinNulos(fila)
  const movida = { tipo: 'AJUSTE', cantidad: fisico, motivo: fila.motivo } as const
  const decision = decidirMovida(actual, movida)
  if (decision.resultado === 'stock-insuficiente') {
    return wrong('fisico', `no puede bajar de las ${actual.reservado} unidades reservadas`)
  }
  if (decision.resultado === 'fuera-de-limite') return wrong('fisico', 'pasa del máximo')
  const { variacion } = decision
  return variacion === 0 && umbralMinimo === actual.umbralMinimo
    ? { accion: 'igual' }
    : { accion: 'actualizar', variacion, umbralMinimo }
}

function sinNulos({ fisico, umbralMinimo }: FilaRecuento) {
  return {
    ...(fisico === null ? {} : { fisico }),
    ...(umbralMinimo === null ? {} : { umbralMinimo }),
  }
}

export interface FilaRecontada extends FilaImportada {
  readonly productoId: string
  readonly sku: string | null
  /** `fisico` before, null where there was no stock on record, and after. */
  readonly antes: number | null
  readonly despues: number
}

export type Recontado = ResumenImportacion<FilaRecontada>

/** At most one row for each product. */
export interface Recuento extends PorImportar<FilaRecuento> {
  /** Whose name stands in the ledger. */
  readonly usuarioId: string
  /** Milliseconds since the epoch. */
  readonly ahora: number
  /** The caller's own key for this file, and what tells the file from others. */
  readonly clave: { readonly clave: string; readonly huella: string } | null
}

export type RespuestaRecuento =
  | { readonly clave: 'primera' | 'repetida'; readonly recontado: Recontado }
  | { readonly clave: 'distinta' }

export interface RecuentoStore {
  /** What the import would do, and what is wrong with it. */
  simular(recuento: Recuento): Promise<Recontado>
  /** All rows in one write, or none if any is wrong; once for each key. */
  importar(recuento: Recuento): Promise<RespuestaRecuento>
}
