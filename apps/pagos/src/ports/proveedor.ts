import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { IdProveedor } from '../domain/cobro.ts'
import type { Verdad } from '../domain/verdad.ts'

// Who takes the money. Moments are milliseconds since the epoch, money integers in minor units.
//
// Every call that asks a provider for something rejects with ProveedorNoDisponible when it can't be had or
// its answer makes no sense (what was asked may then have been done: ask again, with the same key), and
// with ProveedorRechaza when it says that it will not, which asking again does not change.

/** The provider can't be had, is busy, or talks nonsense. */
export class ProveedorNoDisponible extends Error {
  override readonly name: string = 'ProveedorNoDisponible'
  /** When it wants to be asked again, in milliseconds from now, if it says so. */
  readonly retryAfterMs: number | undefined

  constructor(message: string, options?: ErrorOptions & { retryAfterMs?: number | undefined }) {
    super(message, options)
    this.retryAfterMs = options?.retryAfterMs
  }
}

/** It answers, and of what was asked it says what can't be: it may well be right about everything else. */
export class ProveedorIncoherente extends ProveedorNoDisponible {
  override readonly name = 'ProveedorIncoherente'
}

/** The provider understood and refuses: nothing was done. */
export class ProveedorRechaza extends Error {
  override readonly name = 'ProveedorRechaza'
  /** In a word, as it is kept and shown to staff. */
  readonly codigo: string

  constructor(codigo: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.codigo = codigo
  }
}

/** A notice that is not the provider's, or too old to be believed. */
export class FirmaInvalida extends Error {
  override readonly name = 'FirmaInvalida'
}

export interface CobroPorAbrir {
  /** Its own name: the same in every attempt, and the idempotency key towards the provider. */
  readonly id: string
  readonly pedidoId: string
  /** The order's number, for people. */
  readonly numero: number
  readonly importe: number
  /** ISO 4217. */
  readonly moneda: string
  /** The session may not end later, as the stock is not held for longer. */
  readonly expiraEn: number
  /** Where the shopper is sent back to; the same page for whatever came of it. */
  readonly volverA: string | undefined
  /** Passed on, never kept. */
  readonly email: string | undefined
  readonly idioma: 'es' | 'en'
  /** The money is only to be held, until `capturar`. Who can't (`puede.autorizar`) refuses. */
  readonly soloAutorizar?: boolean
}

/** What a provider opened. */
export interface Sesion {
  /** Its name there. */
  readonly referencia: string
  /** Where the shopper pays; none where nobody is sent anywhere. */
  readonly url: string | undefined
  readonly expiraEn: number | undefined
}

/** What a notice is about. It causes a question and carries no truth. */
export interface AvisoLeido {
  /** The same in each repetition of it. */
  readonly eventoId: string
  /**
   * What is to be asked for (`consultar`). Often neither our name of the charge nor `Sesion.referencia`, but
   * that of one payment: which charge it is of, the answer tells (`Verdad.cobroId`).
   */
  readonly referencia: string
}

export interface PaginaReferencias {
  readonly referencias: readonly string[]
  /** Where to go on; undefined at the end. */
  readonly siguiente: string | undefined
}

/** What a refund or a capture is asked with. */
export interface PeticionDinero {
  readonly referencia: string
  readonly importe: number
  readonly moneda: string
  /** Our name for the act: asking twice with it does it once. */
  readonly clave: string
  /** When it was first asked for, where that is known: providers forget keys. */
  readonly desde?: number
}

export type Listar = (
  rango: { readonly desde: number; readonly cursor: string | undefined },
  call: CallContext,
) => Promise<PaginaReferencias>

export interface Proveedor {
  readonly id: IdProveedor
  readonly puede: {
    readonly redirigir: boolean
    readonly autorizar: boolean
    readonly cerrar: boolean
    readonly reembolsarParte: boolean
    /** Whether `consultar` finds out what was not recorded here. */
    readonly consultar: boolean
  }
  /** How long a session may be open, in seconds. */
  readonly plazo: { readonly minimo: number; readonly maximo: number }
  /** The amount as the provider wants it, or null where it can't be said exactly (CLP with decimals). */
  importe(menor: number, moneda: string): string | number | null
  abrir(cobro: CobroPorAbrir, call: CallContext): Promise<Sesion>
  /** By each reference that `abrir`, `leerAviso` or `listar` gave; whichever it was, the charge whole. */
  consultar(referencia: string, call: CallContext): Promise<Verdad>
  /** Closed, or what it has become; still open where it can't be closed (a voucher that was printed). */
  cerrar(referencia: string, call: CallContext): Promise<Verdad>
  capturar(peticion: PeticionDinero, call: CallContext): Promise<Verdad>
  /** Rejects with ProveedorRechaza when this refund can't be made. */
  reembolsar(peticion: PeticionDinero, call: CallContext): Promise<Verdad>
  /**
   * Undefined: signed, but of no interest.
   * @throws FirmaInvalida
   */
  leerAviso(headers: Headers, cuerpo: Uint8Array, url: URL): Promise<AvisoLeido | undefined>
  /** Payments that changed since `desde`, from where `cursor` ended; none where it keeps no list. */
  readonly listar?: Listar | undefined
}
