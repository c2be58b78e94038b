import { claveSku } from '@encargo/service-kit/values/sku'
import { fieldProblem, parseIds } from '@encargo/service-kit/http/schemas'
import { leerLista } from '@encargo/csv/lista'
import type { Static } from '@sinclair/typebox'
import { type Busqueda, palabrasDe } from '../domain/busqueda.ts'
import type { ConsultaProductos } from './schemas.ts'

export type Consulta = Static<typeof ConsultaProductos>

/** How many a page holds when the caller does not say. */
export const limitePorDefecto = 50

/**
 * A search as the domain knows it.
 * @throws ProblemError 422 for a range of prices that nothing can be in
 */
export function busquedaDe(consulta: Consulta): Busqueda {
  const { precioMin = null, precioMax = null } = consulta
  if (precioMin !== null && precioMax !== null && precioMin > precioMax) {
    throw fieldProblem('precioMin', 'no puede pasar de precioMax')
  }
  const palabras = palabrasDe(consulta.q)
  const conPalabras = palabras !== null && palabras.length > 0
  const orden = consulta.orden ?? 'relevancia'
  return {
    palabras,
    categoria: consulta.categoria ?? null,
    precioMin,
    precioMax,
    orden: orden === 'relevancia' && !conPalabras ? 'nombre' : orden,
    activo: consulta.archivados !== true,
    limite: consulta.limite ?? limitePorDefecto,
    cursor: consulta.cursor ?? null,
  }
}

/** @throws ProblemError 422 naming what would be ignored beside a list of what is wanted */
function solo(nombre: 'ids' | 'skus', consulta: Omit<Consulta, 'q'>, pedidos: number): void {
  const { [nombre]: text, limite, ...others } = consulta
  const other = Object.entries(others).find(([, value]) => value !== undefined)
  if (other) throw fieldProblem(other[0], `no se combina con ${nombre}`)
  if (text !== undefined && limite !== undefined && limite < pedidos) {
    throw fieldProblem('limite', `no alcanza para los ${nombre} pedidos`)
  }
}

/**
 * The ids asked for, and the words that theirs are to have. They name what is wanted: another filter
 * or a page beside them would be ignored, so it is refused.
 * @throws ProblemError 422 naming what does not fit
 */
export function idsDe({ q, ...consulta }: Consulta & { ids: string }) {
  const ids = parseIds(consulta.ids)
  solo('ids', consulta, ids.length)
  return { ids, palabras: palabrasDe(q) }
}

/** How many SKUs one request may name. */
const maxSkus = 200

/**
 * The SKUs asked for, each once.
 * @throws ProblemError 422 naming what does not fit
 */
export function skusDe(consulta: Consulta & { skus: string }): string[] {
  const skus = new Map(leerLista('skus', consulta.skus).map((sku) => [claveSku(sku), sku]))
  skus.delete('')
  if (skus.size > maxSkus) throw fieldProblem('skus', `admite hasta ${maxSkus} SKU`)
  solo('skus', consulta, skus.size)
  return [...skus.values()]
}
