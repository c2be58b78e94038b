import type { CausaFallo } from '@encargo/service-kit/values/attempts'
import type { Cobranza } from './cobranza/cuenta.ts'
import type { Condiciones, Gravamen } from './condiciones.ts'
import { type EstadoFinal, type Proposito, propositos } from './estado.ts'
import type { Evento } from './evento.ts'

export * from './estado.ts'

// Moments are integer milliseconds since the epoch, money integers in the currency's minor unit.

/** What the database takes: with what a later version will set out for, so that its table is as it is now. */
export const intenciones = [...propositos, 'despachar', 'cambiar'] as const

/** The end of a reservation that no clock takes, as inventario has it. */
export const sinVencimiento = 8_640_000_000_000_000

/** The actor of what the service does by itself. */
export const sistema = 'sistema'

export interface Linea {
  readonly productoId: string
  readonly sku: string
  readonly nombre: string
  readonly cantidad: number
  readonly precioUnitario: number
  /** What is to be said beyond that; left out where nothing is taken off it and nothing of it is tax. */
  readonly cuenta?: CuentaLinea
}

/** What a line comes to, in minor units: its amount is the price of all its units without `descuento`. */
export interface CuentaLinea {
  readonly descuento: number
  readonly gravamen: Gravamen
  /** What of its amount is tax. */
  readonly impuesto: number
}

export interface DireccionEnvio {
  readonly nombre: string
  readonly calle: string
  readonly ciudad: string
  readonly provincia?: string
  readonly codigoPostal?: string
  readonly pais: string
  readonly telefono?: string
  /** What helps to find it. */
  readonly referencia?: string
}

export interface Intencion {
  readonly proposito: Proposito
  readonly actor: string
  readonly motivo: string | null
  readonly desde: number
  /** Attempts that failed so far. */
  readonly intentos: number
  readonly ultimoError: CausaFallo | null
}

interface DatosPedido {
  /** Order number: grows with every order, and is what lists are sorted by. */
  readonly numero: number
  readonly id: string
  readonly clienteId: string
  readonly creadoPor: string
  readonly version: number
  readonly lineas: readonly Linea[]
  readonly total: number
  readonly moneda: string
  readonly notas: string | null
  readonly direccionEnvio: DireccionEnvio | null
  /** Null where nothing was agreed beyond its lines. */
  readonly condiciones: Condiciones | null
  /** Null where nothing of its money is known here. */
  readonly cobranza: Cobranza | null
  /** When its reservation runs out. */
  readonly expiraEn: number
  readonly creadoEn: number
  readonly actualizadoEn: number
  readonly historial: readonly Evento[]
}

export type PedidoPendiente = DatosPedido & {
  readonly estado: 'Pendiente'
  readonly motivo: null
  readonly intencion: Intencion | null
}
export type PedidoTerminado = DatosPedido & {
  readonly estado: EstadoFinal
  readonly motivo: string | null
  readonly intencion: null
}
export type Pedido = PedidoPendiente | PedidoTerminado

/** inventario holds stock for no longer than 30 days at a time. */
export const plazoMaximoMs = 30 * 24 * 60 * 60 * 1000

/** The version of an order that was just made; its end is the next one. */
export const versionInicial = 1

/** An order as it was first answered, whatever became of it since. */
export function comoSeCreo(pedido: Pedido): PedidoPendiente {
  return {
    ...pedido,
    estado: 'Pendiente',
    motivo: null,
    intencion: null,
    version: versionInicial,
    actualizadoEn: pedido.creadoEn,
    historial: pedido.historial.slice(0, 1),
  }
}

export function subtotal(linea: Linea): number {
  return linea.cantidad * linea.precioUnitario
}

/** What inventario is asked to set aside: one line a product. */
export interface Apartado {
  readonly productoId: string
  readonly cantidad: number
}
