import { fieldProblem, parseIds } from '@encargo/service-kit'
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
  return {
    palabras: palabrasDe(consulta.q),
    categoria: consulta.categoria ?? null,
    precioMin,
    precioMax,
    orden: consulta.orden ?? 'nombre',
    activo: consulta.archivados !== true,
    limite: consulta.limite ?? limitePorDefecto,
    cursor: consulta.cursor ?? null,
  }
}

/**
 * The ids asked for. They name exactly what is wanted: a filter or a page beside them would be
 * ignored, so it is refused.
 * @throws ProblemError 422 naming what does not fit
 */
export function idsDe(consulta: Consulta & { ids: string }): string[] {
  const { ids: text, limite, ...others } = consulta
  const other = Object.entries(others).find(([, value]) => value !== undefined)
  if (other) throw fieldProblem(other[0], 'no se combina con ids')
  const ids = parseIds(text)
  if (limite !== undefined && limite < ids.length) {
    throw fieldProblem('limite', 'no alcanza para los ids pedidos')
  }
  return ids
}
