import { claveSku } from '@encargo/service-kit/values/sku'
import { fieldProblem, limitePorDefecto, parseIds } from '@encargo/service-kit/http/schemas'
import { decodeCursor } from '@encargo/service-kit/http/pagination'
import { leerLista } from '@encargo/csv/lista'
import { type Static, Type } from '@sinclair/typebox'
import { type Busqueda, type Lugar, type Orden, palabrasDe } from '../domain/busqueda.ts'
import type { ConsultaProductos } from './schemas.ts'

export type Consulta = Static<typeof ConsultaProductos>

const de = <const O extends string>(orden: O) => Type.Literal(orden)
const entero = Type.Integer({
  minimum: Number.MIN_SAFE_INTEGER,
  maximum: Number.MAX_SAFE_INTEGER,
})
const lugares = {
  relevancia: Type.Tuple([de('relevancia'), Type.Integer({ minimum: 0 }), Type.String(), entero]),
  nombre: Type.Tuple([de('nombre'), Type.String(), entero]),
  precio: Type.Tuple([de('precio'), entero, entero]),
  '-precio': Type.Tuple([de('-precio'), entero, entero]),
  '-creadoEn': Type.Tuple([de('-creadoEn'), entero, entero]),
} as const

/** @throws ProblemError 422 for a cursor of another order */
const lugarDe = (orden: Orden, cursor: string | undefined): Lugar | undefined =>
  cursor === undefined ? undefined : decodeCursor(lugares[orden], cursor)

const LugarDePrecio = Type.Tuple([de('precios'), entero])

/** @throws ProblemError 422 for a cursor of another list */
export const antesDe = (cursor: string | undefined): number | undefined =>
  cursor === undefined ? undefined : decodeCursor(LugarDePrecio, cursor)[1]

/**
 * A search as the domain knows it.
 * @throws ProblemError 422 for a range of prices that nothing can be in, or a cursor of another list
 */
export function busquedaDe(consulta: Consulta): Busqueda {
  const { precioMin, precioMax, categoria, limite = limitePorDefecto } = consulta
  if (precioMin !== undefined && precioMax !== undefined && precioMin > precioMax) {
    throw fieldProblem('precioMin', 'no puede pasar de precioMax')
  }
  const palabras = palabrasDe(consulta.q)
  const pedido = consulta.orden ?? 'relevancia'
  const orden = pedido === 'relevancia' && !palabras?.length ? 'nombre' : pedido
  return {
    palabras,
    categoria,
    precioMin,
    precioMax,
    orden,
    activo: consulta.archivados !== true,
    limite,
    tras: lugarDe(orden, consulta.cursor),
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
  const leidos = leerLista(consulta.skus)
  if (!leidos) throw fieldProblem('skus', 'tiene comillas que no se cierran')
  const skus = new Map(leidos.map((sku) => [claveSku(sku), sku]))
  skus.delete('')
  if (skus.size > maxSkus) throw fieldProblem('skus', `admite hasta ${maxSkus} SKU`)
  solo('skus', consulta, skus.size)
  return [...skus.values()]
}
