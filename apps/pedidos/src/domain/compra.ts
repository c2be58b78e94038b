import type { Facturacion } from '@encargo/service-kit/values/identificacion'
import type { Contacto, Gravamen, Idioma } from './condiciones.ts'
import type { ClaseCliente } from './cupon.ts'
import type { DireccionEnvio } from './pedido.ts'

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
  /** How it is to be paid, where that is said. */
  readonly metodoPago?: string | undefined
  /** Made by staff, whom no quota of a customer binds. */
  readonly delPersonal: boolean
  /** Left out where nothing is said of it beyond that. */
  readonly trato?: Trato | undefined
}

/** What else somebody says of an order. Codes are as they are kept. */
export interface Trato {
  readonly contacto: Contacto | null
  readonly facturacion: Facturacion | null
  readonly metodoEnvio: string | undefined
  readonly cupon: string | undefined
  readonly idioma: Idioma | null
  readonly canal: string | null
  readonly invitado: boolean
  readonly cliente: ClaseCliente
  readonly totalEsperado: number | undefined
}

/** Whoever buys at the counter without giving a name: no user, and nobody that auth knows of. */
export const clienteDePaso = '00000000-0000-7000-8000-000000000000'

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
  readonly categoria: string | null
  readonly gravamen: Gravamen
  /** Null where nobody said; it weighs nothing then. */
  readonly pesoGramos: number | null
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

/** Why somebody may not buy. */
export interface NegativaDeCliente {
  readonly codigo: 'cliente-inexistente' | 'cliente-inactivo'
}

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
export function juzgarCliente(
  cliente: Cliente | undefined,
  propio: boolean,
): NegativaDeCliente | undefined {
  if (cliente?.activo) return undefined
  // A user whose token is good and whose account is gone had one: it is closed, not unknown.
  return { codigo: cliente || propio ? 'cliente-inactivo' : 'cliente-inexistente' }
}
