import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { EstadoReembolsoDicho, MomentoPago } from '@encargo/service-kit/values/cobros'
import type { CobroDicho } from './cobranza.ts'

/** A way to pay that the shop offers. Amounts in minor units. */
export interface MetodoPago {
  readonly codigo: string
  readonly momento: MomentoPago
  readonly minimo: number | null
  readonly maximo: number | null
  /** How it is paid, in the shop's words. */
  readonly instrucciones: string | null
}

/** What is asked to go back. */
export interface PeticionReembolso {
  readonly cobroId: string
  readonly id: string
  readonly importe: number
  readonly motivo: string
}

/** What pedidos needs of pagos, in its own terms; throws as the other peers do. */
export interface Pagos {
  /** Those that are on, as of some seconds ago at most. */
  metodos(call: CallContext): Promise<readonly MetodoPago[]>
  /** The charge after it: closed, or what it has become; still open where it can't be closed. */
  cerrar(cobroId: string, call: CallContext): Promise<CobroDicho>
  /** Takes what is promised; once for each `clave`. Answers the charge after it. */
  capturar(
    captura: { readonly cobroId: string; readonly importe: number; readonly clave: string },
    call: CallContext,
  ): Promise<CobroDicho>
  /** `sin-fondos`: less is there than is to go back, as while a bank holds it. */
  reembolsar(
    peticion: PeticionReembolso,
    call: CallContext,
  ): Promise<EstadoReembolsoDicho | 'sin-fondos'>
}
