import type { Obligaciones, Turnos, Deuda, Espera } from '@encargo/service-kit/obligations/port'
import type { EstadoCobro, TipoMovimiento } from '@encargo/service-kit/values/cobros'
import type { EstadoAviso } from '../domain/aviso.ts'
import type { Autoria } from '../domain/auditoria.ts'
import type { CausaCierre, Cobro, IdProveedor } from '../domain/cobro.ts'
import type { Verdad } from '../domain/verdad.ts'
import type { CobroEntero } from '../domain/registro.ts'
import type { EstadoReembolso, Reembolso } from '../domain/reembolso.ts'
import type { OrdenDeCobro } from '@encargo/service-kit/values/cobro-dicho'
import type { Sesion } from './proveedor.ts'

// What pagos keeps of charges. Moments are milliseconds since the epoch. Writes reject with
// StorageUnavailableError when the database can't serve, and then nothing of them was done.

/** When a write happens, and on whose behalf what is owed because of it is done. */
export interface Cuando {
  readonly ahora: number
  /** W3C trace id. */
  readonly traza: string
}

/** A write that may be asked for again under the key of its caller. */
export interface Clave {
  readonly usuarioId: string
  readonly clave: string
  readonly huella: string
}

export interface NuevoCobro extends Cuando {
  readonly cobro: Omit<
    Cobro,
    'estado' | 'causa' | 'referencia' | 'url' | 'disputa' | 'ultimoRechazo' | keyof Contadores
  >
  readonly clave: Clave | undefined
  /** Who of the staff made it. */
  readonly por?: Autoria | undefined
  /** When the driver opens it, should the request that is at it die. */
  readonly proximaEn: number
}
type Contadores = Pick<
  Cobro,
  | 'autorizado'
  | 'cobrado'
  | 'reembolsado'
  | 'disputado'
  | 'version'
  | 'contada'
  | 'consultarEn'
  | 'fallos'
  | 'creadoEn'
  | 'actualizadoEn'
>

export type Creado =
  | { readonly tipo: 'creado' | 'repetido'; readonly cobro: CobroEntero }
  | { readonly tipo: 'distinta' }

/** What has become of a charge that a provider was asked about. */
export interface Novedad extends Cuando {
  readonly cobroId: string
  /** Who says so: of another one's charges nobody is believed. */
  readonly proveedor: IdProveedor
  readonly visto: Verdad
  /** By what it was asked for: the provider's name for it, where its opening was never written. */
  readonly referencia?: string | undefined
  /** The notice that it was asked for because of. */
  readonly aviso?: { readonly eventoId: string; readonly referencia: string } | undefined
  /** What is owed no more with it. */
  readonly deuda?: Deuda | undefined
  /** Whether its provider can be asked at all. */
  readonly consultable: boolean
  /** Who of the staff wanted it asked. */
  readonly por?: Autoria | undefined
}

export interface Apertura extends Cuando {
  readonly cobroId: string
  readonly sesion: Sesion
  readonly ordenes: readonly OrdenDeCobro[]
  readonly consultable: boolean
}

export interface Captura extends Cuando {
  readonly cobroId: string
  readonly importe: number
  readonly referencia: string
  readonly recibidoEn: number
  readonly aceptarExceso: boolean
  readonly clave: Clave | undefined
  readonly por: Autoria
}

export type Capturado =
  | { readonly tipo: 'hecho'; readonly cobro: CobroEntero }
  | { readonly tipo: 'no-encontrado' | 'no-manual' | 'distinta' | 'referencia-repetida' }
  /** More than any charge comes to. */
  | { readonly tipo: 'demasiado' }
  /** By so much it would be more than the charge is of. */
  | { readonly tipo: 'excedido'; readonly exceso: number }

export interface NuevoReembolso extends Cuando {
  readonly id: string
  readonly cobroId: string
  readonly importe: number
  readonly motivo: string
  readonly proximaEn: number
}

export type ReembolsoPedido =
  | { readonly tipo: 'creado' | 'repetido'; readonly reembolso: Reembolso }
  | { readonly tipo: 'no-encontrado' | 'distinto' }
  | { readonly tipo: 'excedido'; readonly queda: number }

export interface CierreDeReembolso extends Cuando {
  readonly id: string
  readonly referencia: string
  readonly por: Autoria
}

export type ReembolsoCerrado =
  | { readonly tipo: 'hecho'; readonly reembolso: ReembolsoVisto }
  | { readonly tipo: 'no-encontrado' | 'en-camino' | 'referencia-repetida' }

export interface ReembolsoVisto extends Reembolso {
  readonly cobroId: string
  readonly pedidoId: string
  readonly numero: number
  readonly metodo: string
  readonly proveedor: IdProveedor
  readonly moneda: string
}

export interface Aviso {
  readonly proveedor: IdProveedor
  readonly eventoId: string
  readonly referencia: string
  readonly estado: EstadoAviso
  readonly intentos: number
  readonly recibidoEn: number
  readonly proximaEn: number | null
  readonly error: string | null
}

export interface Evento {
  readonly secuencia: number
  readonly tipo: string
  /** A charge. */
  readonly sujeto: string
  readonly datos: Readonly<Record<string, string | number>>
  readonly en: number
}

/** Money that a provider told of and that is no charge's of ours. */
export interface Ajeno {
  readonly proveedor: IdProveedor
  readonly tipo: TipoMovimiento
  readonly referencia: string
  readonly importe: number
  readonly moneda: string
  readonly cobroId: string | null
  readonly en: number
  readonly resueltoEn: number | null
  /** What somebody did about it. */
  readonly resolucion: string | null
}

export interface Resolucion {
  readonly cual: Pick<Ajeno, 'proveedor' | 'tipo' | 'referencia'>
  readonly resolucion: string
  readonly por: Autoria
}

export interface AjenosStore {
  /** What nobody has settled, oldest first; or what is settled, the latest first. */
  ajenos(resueltos: boolean): Promise<readonly Ajeno[]>
  /** Settles it, once: what is settled stays as it was. Undefined where there is none. */
  resolverAjeno(resolucion: Resolucion): Promise<Ajeno | undefined>
}

/** Charges: being made, opened, told, and what their providers say. */
export interface CobrosStore {
  cobro(id: string): Promise<CobroEntero | undefined>
  /** What a key was used for, if it was: the charge, or something else. */
  deClave(clave: Clave, ahora: number): Promise<CobroEntero | 'distinta' | undefined>
  porReferencia(proveedor: string, referencia: string): Promise<Cobro | undefined>
  /** Once for each key. It is owed then that it is opened. */
  crear(nuevo: NuevoCobro): Promise<Creado>
  /** It has a session; one that was closed meanwhile is owed to be closed there as well. */
  abrir(apertura: Apertura): Promise<CobroEntero>
  /** It is not opened, or not any more; without effect where it is beyond that. */
  desistir(peticion: Desistimiento): Promise<CobroEntero>
  /** What its provider said is so. Undefined where there is no such charge. */
  conciliar(novedad: Novedad): Promise<CobroEntero | undefined>
  capturar(captura: Captura): Promise<Capturado>
  /** pedidos knows it as of `version`, and wants this done. */
  contado(peticion: Contada): Promise<void>
  /** Its order is not there: all of its money is owed back. */
  sinPedido(peticion: Cuando & { readonly cobroId: string; readonly deuda: Deuda }): Promise<void>
}

export interface Desistimiento extends Cuando {
  readonly cobroId: string
  readonly causa: CausaCierre
  readonly rechazo?: string | undefined
  /** Whether pedidos may have heard of it and is to hear of this. */
  readonly contar: boolean
  readonly por?: Autoria | undefined
}

export interface Contada extends Cuando {
  readonly cobroId: string
  readonly version: number
  readonly ordenes: readonly OrdenDeCobro[]
  readonly deuda?: Deuda | undefined
}

export interface ReembolsosStore {
  reembolso(id: string): Promise<(Reembolso & { readonly cobroId: string }) | undefined>
  pedir(nuevo: NuevoReembolso): Promise<ReembolsoPedido>
  /** The provider won't: for good, which a person then sees, or so far. */
  rechazado(peticion: Rechazado): Promise<void>
  /** Somebody gave it back by hand. */
  cerrarReembolso(peticion: CierreDeReembolso): Promise<ReembolsoCerrado>
}

export interface Rechazado extends Cuando {
  readonly id: string
  readonly causa: string
  readonly deuda: Deuda
}

export interface AvisosStore {
  /** Puts it on disk, once; false where it was there already, which costs no write. */
  guardar(aviso: {
    readonly proveedor: string
    readonly eventoId: string
    readonly referencia: string
    readonly cuerpo: Uint8Array
    readonly ahora: number
  }): Promise<boolean>
  aviso(proveedor: string, eventoId: string): Promise<Aviso | undefined>
  /** It is of no charge of ours. */
  ajeno(proveedor: string, eventoId: string): Promise<void>
  /** Has it tried again now; undefined where there is none. */
  reintentar(
    proveedor: string,
    eventoId: string,
    cuando: Cuando,
    por: Autoria,
  ): Promise<Aviso | undefined>
}

/** Lists for people and programs; each one more than `limite` when there are more. */
export interface ListasStore {
  cobrosDe(pedidoId: string): Promise<readonly Cobro[]>
  cobros(lista: {
    readonly estado?: EstadoCobro | undefined
    readonly antesDe?: number | undefined
    readonly limite: number
  }): Promise<readonly (Cobro & { readonly n: number })[]>
  reembolsos(lista: {
    readonly estado: EstadoReembolso
    readonly despuesDe?: readonly [desde: number, id: string] | undefined
    readonly limite: number
  }): Promise<readonly ReembolsoVisto[]>
  avisos(lista: {
    readonly estado: EstadoAviso
    readonly antesDe?:
      readonly [recibidoEn: number, proveedor: string, eventoId: string] | undefined
    readonly limite: number
  }): Promise<readonly Aviso[]>
  eventos(lista: {
    readonly despuesDe: number
    readonly tipos: readonly string[] | undefined
    readonly limite: number
  }): Promise<readonly Evento[]>
}

export interface CobranzaStore
  extends
    CobrosStore,
    ReembolsosStore,
    AvisosStore,
    AjenosStore,
    ListasStore,
    Turnos,
    Obligaciones<Espera> {
  marca(nombre: string): Promise<string | undefined>
  marcar(nombre: string, valor: string): Promise<void>
  /** Forgets up to `limite` idempotency keys whose time has run out; answers how many. */
  olvidarClaves(ahora: number, limite: number): Promise<number>
  /** When something last happened. */
  ultimoMomento(): Promise<number | undefined>
}
