import type { Deuda } from '@encargo/service-kit/obligations/port'
import type { EstadoReembolsoDicho, MomentoPago } from '@encargo/service-kit/values/cobros'
import type { Autor } from '../domain/auditoria.ts'
import type {
  Apartado,
  Asunto,
  CausaAbono,
  CobroConocido,
  ReembolsoConocido,
} from '../domain/cobranza/cuenta.ts'
import type { Corrida } from '../domain/corrida.ts'
import type { Pedido, Proposito } from '../domain/pedido.ts'
import type { Final } from './store.ts'

// The money of orders. Moments are milliseconds since the epoch, money integers in minor units.

export interface Movimiento {
  readonly secuencia: number
  readonly tipo: string
  readonly importe: number
  readonly referencia: string
  readonly en: number
}

/** A charge as pagos tells it, whole. */
export interface CobroDicho extends Omit<CobroConocido, 'orden'> {
  readonly moneda: string
  readonly movimientos: readonly Movimiento[]
  readonly reembolsos: readonly {
    readonly id: string
    readonly estado: EstadoReembolsoDicho
  }[]
}

/** When something is written, and when the driver may do what comes to be owed by it. */
export interface Momento {
  readonly ahora: number
  readonly proximaEn: number
  readonly traza: string
}

export interface AnotacionCobro extends Momento {
  readonly numero: number
  readonly cobro: CobroDicho
  /** Until when its stock is held by now, if that was lengthened for it. */
  readonly expiraEn: number | undefined
  /** What was owed when it was asked for, by which it is closed. */
  readonly deuda?: Deuda
}

export type CobroAnotado =
  | 'anotado'
  /** It is no newer than what is known: nothing was written. */
  | 'sabido'
  /** It is another order's, of another amount or in another currency: it does not count. */
  | 'ajeno'
  /** This order takes no new charge, or not of that much. */
  | 'no-cobrable'

/** A step of an order that goes on: its purpose is over. */
export interface Paso extends Momento {
  readonly numero: number
  readonly proposito: Proposito
  readonly corrida: Corrida
  readonly actor: string
  /** What becomes of its stock, where something does. */
  readonly apartado?: Apartado
  readonly reservaId?: string
  /** Until when its stock is held by now. */
  readonly expiraEn?: number
  readonly insistirHasta?: number | null
}

/** An end of an order that has money. */
export interface FinalCobrado extends Final, Momento {}

export interface NuevoAbono extends Momento {
  readonly id: string
  readonly numero: number
  readonly causa: CausaAbono
  readonly importe: number
  readonly motivo: string
  readonly actor: string
}

/** `excesivo`: of more than there is of it. */
export type AbonoAnotado = 'anotado' | 'repetido' | 'distinto' | 'excesivo' | 'terminado'

export interface NuevaCobranza {
  readonly metodo: string
  readonly momento: MomentoPago
}

export interface ReembolsoPedido extends ReembolsoConocido {
  readonly numero: number
}

export interface Lugar {
  readonly asunto: string
  readonly numero: number
}

export interface CobranzaStore {
  /** What pagos tells of a charge, and all that follows from it, in one write. */
  anotarCobro(anotacion: AnotacionCobro): Promise<CobroAnotado>
  /** The order that a charge is of. */
  pedidoDeCobro(cobroId: string): Promise<Pedido | undefined>
  /** Has an order set out to keep its stock for good; false when it has ended or has another purpose. */
  proponerAsegurar(
    suceso: Momento & { readonly numero: number; readonly actor: string },
  ): Promise<boolean>
  /** The purpose is over and the order goes on; false when somebody else was quicker. */
  seguirCobrado(paso: Paso): Promise<boolean>
  /**
   * Ends an order that has money. An expiry, whose stock is free by then, leaves it waiting where money has
   * come meanwhile or may still come. False when somebody else ended it.
   */
  terminarCobrado(final: FinalCobrado): Promise<boolean>
  abonar(abono: NuevoAbono): Promise<AbonoAnotado>
  reembolso(id: string): Promise<ReembolsoPedido | undefined>
  /** What pagos answered to being asked for it; closes what was owed. */
  anotarReembolso(
    reembolso: Momento & { readonly id: string; readonly estado: 'pedido' | 'fallido' },
    deuda: Deuda,
  ): Promise<void>
  /** Has an order that is not paid set out to be completed all the same; false as `proponer`. */
  forzar(forzado: {
    readonly numero: number
    readonly pedidoId: string
    readonly motivo: string
    readonly ahora: number
    readonly proximaEn: number
    readonly actor: string
    readonly por: Autor
  }): Promise<boolean>
  /** Orders that somebody has to look at, one more than `limite` when there are more. */
  saldos(lista: {
    readonly asunto: Asunto | undefined
    readonly despuesDe: Lugar | undefined
    readonly limite: number
  }): Promise<readonly Pedido[]>
}
