import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { Cara } from '../domain/cara.ts'
import type { Articulo, Cliente, Faltante } from '../domain/compra.ts'
import type { Gravamen } from '../domain/condiciones.ts'
import type { Apartado } from '../domain/pedido.ts'
import type { Respuestas } from '../domain/transiciones.ts'

// What pedidos needs of the other services, in its own terms. Every call throws
// PeerUnavailableError when the service can't be had (its effect is then unknown, unless the
// error's cause is a LocalRefusalError: nothing was sent) and PeerProtocolError when the answer is
// not one of its contract.

export interface Clientes {
  /** Undefined when there is no such user. */
  buscar(id: string, call: CallContext): Promise<Cliente | undefined>
  /** Some customers who have such a name, e-mail, telephone or identity number, by id. */
  hallar(q: string, call: CallContext): Promise<readonly string[]>
  /** The shop's time zone, an IANA name. */
  zona(call: CallContext): Promise<string>
  /** How the shop presents itself. */
  cara(call: CallContext): Promise<Cara>
  /** Erased accounts in the order of their erasure, from where `cursor` ended, if one is given. */
  borrados(cursor: string | undefined, call: CallContext): Promise<PaginaBorrados>
}

export interface PaginaBorrados {
  readonly ids: readonly string[]
  /** Where to go on; undefined at the end. */
  readonly siguiente: string | undefined
}

export interface Catalogo {
  /** The products that exist, archived ones too, by id. */
  buscar(ids: readonly string[], call: CallContext): Promise<ReadonlyMap<string, Articulo>>
  /** How each class of tax is reckoned, by its code, as of some seconds ago at most. */
  gravamenes(call: CallContext): Promise<ReadonlyMap<string, Gravamen>>
  /** Whether there is such a class of tax now. */
  hayClase(codigo: string, call: CallContext): Promise<boolean>
}

export type EstadoReserva = 'activa' | 'confirmada' | 'liberada' | 'expirada'

/** As inventario has it. One that no clock takes ends at `sinVencimiento`, here and below. */
export interface Reserva {
  readonly estado: EstadoReserva
  readonly lineas: readonly Apartado[]
  readonly expiraEn: number
}

export type Reservado =
  | { readonly tipo: 'reservada'; readonly expiraEn: number }
  | { readonly tipo: 'stock-insuficiente'; readonly faltantes: readonly Faltante[] }
  /** There is such a reservation already, of other lines or for another order. */
  | { readonly tipo: 'distinta' }
  /** It has ended; nothing can be reserved under its id any more. */
  | { readonly tipo: 'cerrada' }

export type Prorrogada =
  | { readonly tipo: 'prorrogada'; readonly expiraEn: number }
  /** There is none any more. */
  | { readonly tipo: 'cerrada' }

/** An active reservation: the order it is for, whose id most have, and when it was made. */
export interface Activa {
  readonly id: string
  readonly pedidoId: string
  readonly creadaEn: number
}

export interface PaginaActivas {
  /** Oldest first. */
  readonly reservas: readonly Activa[]
  /** Where to go on; undefined at the end. */
  readonly siguiente: string | undefined
}

export interface Reservas {
  reservar(
    pedidoId: string,
    lineas: readonly Apartado[],
    expiraEnSegundos: number,
    call: CallContext,
  ): Promise<Reservado>
  /**
   * Takes stock for an order anew, under another id than its first reservation's, and until it is confirmed
   * or released.
   */
  reapartar(
    reservaId: string,
    pedidoId: string,
    lineas: readonly Apartado[],
    call: CallContext,
  ): Promise<Reservado>
  confirmar(reservaId: string, call: CallContext): Promise<Respuestas['confirmar']>
  liberar(reservaId: string, call: CallContext): Promise<Respuestas['liberar']>
  /** Holds it until `expiraEn` or for as long as it takes, or for longer if it is held longer already. */
  prorrogar(reservaId: string, expiraEn: number | 'firme', call: CallContext): Promise<Prorrogada>
  consultar(reservaId: string, call: CallContext): Promise<Reserva | undefined>
  /** What is running out, from where `cursor` ended. */
  bajas(cursor: string | undefined, call: CallContext): Promise<PaginaBajas>
  /** How many of each product could be set aside now. */
  disponibles(ids: readonly string[], call: CallContext): Promise<ReadonlyMap<string, number>>
  /** Puts units that an order took back into the stock, once for each id of a return. */
  reponer(
    devolucionId: string,
    pedidoId: string,
    lineas: readonly Apartado[],
    call: CallContext,
  ): Promise<void>
  /** The active reservations made before `antesDe`, from where `cursor` ended. */
  activas(
    rango: { readonly cursor: string | undefined; readonly antesDe: number },
    call: CallContext,
  ): Promise<PaginaActivas>
}

/** Something of which there is less than staff said is needed. */
export interface Baja {
  readonly productoId: string
  readonly disponible: number
}

export interface PaginaBajas {
  readonly bajas: readonly Baja[]
  /** Where to go on; undefined at the end. */
  readonly siguiente: string | undefined
}

/** Who this database is to those whose data belongs to it. */
export interface Instalacion {
  readonly id: string
  /** Some of its oldest and newest orders, by id; none when there are no orders. */
  testigos(): Promise<string[]>
}
