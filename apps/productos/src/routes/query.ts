import { fieldProblem } from '@encargo/service-kit'
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
 * `ids` names exactly what is wanted: a filter beside it would be ignored, so it is refused.
 * @throws ProblemError 422 naming the first such filter
 */
export function refuseBesideIds(consulta: Consulta): void {
  const present = Object.entries(consulta).filter(([, value]) => value !== undefined)
  const other = present.find(([name]) => name !== 'ids')
  if (other) throw fieldProblem(other[0], 'no se combina con ids')
}
