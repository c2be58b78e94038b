import type { DireccionEnvio, Linea } from './pedido.ts'
import { subtotal } from './pedido.ts'

export const cantidadMaxima = 1_000_000
export const totalMaximo = 1_000_000_000_000

export interface LineaPedida {
  readonly productoId: string
  readonly cantidad: number
  readonly precioEsperado?: number
}

/** What somebody wants to buy. Ids are lower-case. */
export interface Solicitud {
  readonly compradorId: string
  readonly clienteId: string
  readonly lineas: readonly LineaPedida[]
  readonly notas: string | null
  readonly direccionEnvio: DireccionEnvio | null
  /** A sale at the counter: to be completed at once. */
  readonly completar: boolean
  /** Made by staff, whom no quota of a customer binds. */
  readonly delPersonal: boolean
}

/** One product of the order: the lines that name it, as one. */
export interface Pedida {
  readonly productoId: string
  readonly cantidad: number
  /** All that was expected of its price; more than one means that at least one is wrong. */
  readonly esperados: readonly number[]
}

export interface Articulo {
  readonly id: string
  readonly sku: string
  readonly nombre: string
  readonly precio: number
  readonly moneda: string
  readonly activo: boolean
}

export interface Cliente {
  readonly id: string
  readonly activo: boolean
  /** Whether the e-mail of the account was confirmed. */
  readonly confirmado: boolean
}

export interface Faltante {
  readonly productoId: string
  readonly solicitado: number
  readonly disponible: number
}

export interface Cambio {
  readonly productoId: string
  readonly precioEsperado: number
  readonly precioActual: number
}

/** Why an order was refused, for good: the same request gets the same answer again. */
export type Negativa =
  | { readonly codigo: 'cliente-inexistente' }
  | { readonly codigo: 'cliente-inactivo' }
  | { readonly codigo: 'producto-inexistente'; readonly productoIds: readonly string[] }
  | { readonly codigo: 'precio-cambiado'; readonly cambios: readonly Cambio[] }
  | { readonly codigo: 'total-excesivo' }
  | { readonly codigo: 'stock-insuficiente'; readonly faltantes: readonly Faltante[] }

/**
 * One line a product, in the order they were first named: an order says each product once, so it
 * can be held against its reservation line by line.
 */
export function reunirLineas(lineas: readonly LineaPedida[]): Pedida[] {
  const reunidas = new Map<string, { cantidad: number; esperados: Set<number> }>()
  for (const { productoId, cantidad, precioEsperado } of lineas) {
    const pedida = reunidas.get(productoId) ?? { cantidad: 0, esperados: new Set() }
    pedida.cantidad += cantidad
    if (precioEsperado !== undefined) pedida.esperados.add(precioEsperado)
    reunidas.set(productoId, pedida)
  }
  return [...reunidas].map(([productoId, { cantidad, esperados }]) => ({
    productoId,
    cantidad,
    esperados: [...esperados],
  }))
}

/** Why this customer may not buy, if they may not; `propio` when they buy for themselves. */
export function juzgarCliente(cliente: Cliente | undefined, propio: boolean): Negativa | undefined {
  if (cliente?.activo) return undefined
  // A user whose token is good and whose account is gone had one: it is closed, not unknown.
  return { codigo: cliente || propio ? 'cliente-inactivo' : 'cliente-inexistente' }
}

/** An order's lines at the prices of the moment. */
export interface Valorada {
  readonly lineas: readonly Linea[]
  readonly total: number
}

/** Fixes today's price of each line, or says why it can't be sold. */
export function valorar(
  pedidas: readonly Pedida[],
  articulos: ReadonlyMap<string, Articulo>,
): Valorada | Negativa {
  const lineas: Linea[] = []
  const desconocidos: string[] = []
  const cambios: Cambio[] = []
  for (const { productoId, cantidad, esperados } of pedidas) {
    const articulo = articulos.get(productoId)
    if (!articulo?.activo) {
      desconocidos.push(productoId)
      continue
    }
    const { sku, nombre, precio } = articulo
    for (const precioEsperado of esperados.filter((uno) => uno !== precio)) {
      cambios.push({ productoId, precioEsperado, precioActual: precio })
    }
    lineas.push({ productoId, sku, nombre, cantidad, precioUnitario: precio })
  }
  if (desconocidos.length > 0) return { codigo: 'producto-inexistente', productoIds: desconocidos }
  if (cambios.length > 0) return { codigo: 'precio-cambiado', cambios }
  const total = lineas.reduce((suma, linea) => suma + subtotal(linea), 0)
  return total > totalMaximo ? { codigo: 'total-excesivo' } : { lineas, total }
}
