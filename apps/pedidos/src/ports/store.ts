import type { Deuda, Obligaciones, Turnos } from '@encargo/service-kit/obligations/port'
import type { Negativa } from '../domain/negativa.ts'
import type { Condiciones } from '../domain/condiciones.ts'
import type { Corrida } from '../domain/corrida.ts'
import type { Cupo, Exceso, Uso } from '../domain/cupo.ts'
import type { EventoSeguido, Trecho } from '../domain/evento.ts'
import type { HistoriaPedido } from '../domain/explicacion.ts'
import type { IdDeClave } from '../domain/identidad-pedido.ts'
import type { Dia, Resumen } from '../domain/resumen.ts'
import type {
  DireccionEnvio,
  Estado,
  Linea,
  Pedido,
  PedidoPendiente,
  Proposito,
} from '../domain/pedido.ts'
import type { Desenlace } from '../domain/transiciones.ts'
import type { AvisoStore } from './avisos.ts'
import type { EnlaceStore } from './enlaces.ts'
import type { CajaStore } from './caja.ts'
import type { CobranzaStore, NuevaCobranza } from './cobranza.ts'
import type { EsperaPedidos } from './obligaciones.ts'
import type { Ventas } from './venta.ts'

// Ids are lower-case; moments are milliseconds since the epoch. Writes reject with
// StorageUnavailableError when the database can't serve, and then nothing of them was done.

/** A user's key for a request that may be repeated, and what tells that request from others. */
export interface ClavePedida {
  readonly usuarioId: string
  readonly clave: string
  readonly huella: string
}

export interface Clave extends ClavePedida {
  /** The id of the order that this key makes at its first attempt; it follows from user and key. */
  readonly primerId: string
}

/** The answer that was given first, and whether it was to this very request. */
export type Respuesta = { readonly misma: boolean } & (
  | { readonly tipo: 'pedido'; readonly pedido: Pedido }
  | { readonly tipo: 'negativa'; readonly negativa: Negativa }
)

/** What is on record of a key. */
export interface Antecedentes {
  /** The answer that was given to it in the last 24 h. */
  readonly respuesta: Respuesta | undefined
  /** Without an answer: whether its first id is an order's, or will never be one. */
  readonly primerIdUsado: boolean
}

export interface NuevoPedido {
  readonly id: string
  readonly clienteId: string
  readonly creadoPor: string
  readonly lineas: readonly Linea[]
  readonly total: number
  readonly moneda: string
  readonly notas: string | null
  readonly direccionEnvio: DireccionEnvio | null
  readonly condiciones: Condiciones | null
  /** How it is to be paid, if it is to be paid here. */
  readonly cobranza: NuevaCobranza | null
  readonly expiraEn: number
  readonly ahora: number
  readonly clave: Clave | undefined
  readonly corrida: Corrida
  /** When the driver may take it over, if it is to be completed at once. */
  readonly completarDesde: number | undefined
  /** What the customer may hold with it, where something bounds that. */
  readonly cupo: Cupo | undefined
}

export type Creacion =
  | { readonly tipo: 'creado'; readonly pedido: PedidoPendiente }
  /** The customer's account was erased: nothing of theirs is written any more. */
  | { readonly tipo: 'cliente-borrado' }
  /** Another request with this key was quicker. */
  | { readonly tipo: 'respondida'; readonly respuesta: Respuesta }
  /** This id can't become an order any more. */
  | { readonly tipo: 'usado' }
  /** The customer holds too much for it. */
  | { readonly tipo: 'excedido'; readonly exceso: Exceso }
  /** Others, or the same customer, have used the coupon as often as one may. */
  | { readonly tipo: 'cupon-agotado' }

export interface Propuesta {
  readonly numero: number
  readonly proposito: Proposito
  readonly actor: string
  readonly motivo: string | null
  readonly ahora: number
  /** When the driver takes over, should the request that proposed it not come to an end. */
  readonly proximaEn: number
}

export interface Final extends Desenlace {
  readonly numero: number
  /** The purpose that is thereby fulfilled, or found to be impossible. */
  readonly proposito: Proposito
  readonly ahora: number
  readonly corrida: Corrida
}

export interface ProrrogaPedido {
  readonly numero: number
  readonly expiraEn: number
  readonly ahora: number
  readonly corrida: Corrida
}

/** Something that happened to an order, by somebody's word. */
export interface Suceso {
  readonly numero: number
  readonly actor: string
  readonly ahora: number
}

/** That a guest's order is to be an account's from now on. */
export interface Conservacion {
  readonly numero: number
  readonly de: string
  readonly a: string
  readonly ahora: number
}

export interface Filtro {
  readonly clienteId?: string | undefined
  readonly estado?: Estado | undefined
  readonly desde?: number | undefined
  /** Up to but without this moment. */
  readonly hasta?: number | undefined
  readonly q?: string | undefined
  /** Customers whose orders `q` finds as well, whatever they say. */
  readonly clientes?: readonly string[]
  /** Only orders with a number below this one. */
  readonly antesDe?: number | undefined
  readonly limite: number
  /** How many lines are read, of all orders together; beyond them, older orders lack theirs. */
  readonly maxLineas: number
  /**
   * Instead of the newest: Pendiente orders that nobody is ending, those that run out first first,
   * after this one. `q`, `desde`, `hasta`, `antesDe` and `maxLineas` then have no say.
   */
  readonly porVencer?: Lugar
}

/** A place among the orders by when they run out. */
export interface Lugar {
  readonly expiraEn: number
  readonly numero: number
}

/** Ids that will never be orders, whose reservations are to be let go of. */
export interface Descarte {
  readonly ids: readonly string[]
  readonly motivo: string
  readonly ahora: number
  /** When the driver takes over, should the request that discards them not come to an end. */
  readonly proximaEn: number
  readonly traza: string
}

export interface NotaBorrados {
  readonly ids: readonly string[]
  readonly marca?: { readonly nombre: string; readonly valor: string } | undefined
  readonly ahora: number
  readonly traza: string
}

/** What became of an order's id. */
export type Destino = Estado | 'descartado'

export interface ConsultaResumen {
  /** One after the other, without gaps. */
  readonly dias: readonly Dia[]
  /** Only orders in this currency count. */
  readonly moneda: string
}

/** How long background work may go on. */
export interface Ritmo {
  /** No further piece of it is begun after this time, in milliseconds. */
  readonly maxMs: number
  readonly parar?: () => boolean
}

/** Something that is derived from the history of all orders, behind their backs. */
export interface PuestaAlDia {
  /** Takes in what had been written when it was called; false when that could not be done in time. */
  alDia(ritmo: Ritmo): Promise<boolean>
}

/** A page of the history of all orders, or of one customer's. */
export interface PaginaHistorial extends Trecho {
  readonly clienteId: string | undefined
  readonly limite: number
}

/**
 * The history of all orders, oldest first. Whoever has read up to some place and later reads on
 * from there has missed nothing: an event becomes visible only after all that stand before it.
 */
export interface Historial {
  /** The place of the last event, or 0. */
  ultima(): Promise<number>
  leer(pagina: PaginaHistorial): Promise<readonly EventoSeguido[]>
}

export interface PedidosStore
  extends
    Obligaciones<EsperaPedidos>,
    Turnos,
    EnlaceStore,
    AvisoStore,
    CajaStore,
    CobranzaStore,
    Ventas {
  /** What the driver keeps up to the history, so that who asks for it finds little left to do. */
  readonly seguidores: readonly PuestaAlDia[]
  /** The ids that keys stand for, which depends on how old this database's keys may be. */
  readonly idDeClave: IdDeClave
  porId(id: string): Promise<Pedido | undefined>
  /**
   * Newest first; one more than `limite` when there are more. Undefined, with `q` only, while too
   * much of what was written can't be searched yet.
   */
  listar(filtro: Filtro): Promise<Pedido[] | undefined>
  historia(id: string): Promise<HistoriaPedido | undefined>
  /** Of all that was written before; undefined while too much of it has not been added up yet. */
  resumen(consulta: ConsultaResumen): Promise<Resumen | undefined>
  antecedentes(clave: Clave, ahora: number): Promise<Antecedentes>
  /** Whether this id is an order's, or will never be one. */
  usado(id: string): Promise<boolean>

  /** Why `mas` would be too much beside what the customer holds, if it is. */
  excede(clienteId: string, mas: Uso, cupo: Cupo): Promise<Exceso | undefined>

  /** The order, its lines, its history and the answer to its key, in one write. */
  crear(nuevo: NuevoPedido): Promise<Creacion>
  /** Keeps a refusal as the answer to a key; answers what is kept, which may be an earlier answer. */
  negar(clave: Clave, negativa: Negativa, ahora: number): Promise<Respuesta>
  /** False when the order has ended or has another purpose by now. */
  proponer(propuesta: Propuesta): Promise<boolean>
  /** False when somebody else ended it. */
  terminar(final: Final): Promise<boolean>
  /** False when it has ended or has a purpose by now, or runs out later than that already. */
  prorrogar(prorroga: ProrrogaPedido): Promise<boolean>

  /** Notes once that it is ready; false when that is noted already, or it has ended or is about to. */
  preparar(suceso: Suceso): Promise<boolean>

  /** False when it is no guest's, or somebody keeps it already, or one of the two was erased. */
  conservar(conservacion: Conservacion): Promise<boolean>

  /** Pendiente orders whose reservation has run out get the purpose `expirar`; answers how many. */
  vencer(ahora: number, limite: number): Promise<number>
  /** What became of these ids; those that are neither orders nor discarded are left out. */
  destinos(ids: readonly string[]): Promise<ReadonlyMap<string, Destino>>
  /** Under which reservation each of these orders has its stock, of those that came to it once more. */
  reservasDe(ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Makes sure that they never become orders; answers those that are not orders already. */
  descartar(descarte: Descarte): Promise<string[]>
  /** Forgets up to `limite` keys, and discards, whose time is over; answers how many. */
  olvidar(ahora: number, limite: number): Promise<number>
  /** When the last change of an order was, in milliseconds since the epoch; undefined before the first. */
  ultimoCambio(): Promise<number | undefined>
  marca(nombre: string): Promise<string | undefined>
  ponerMarca(nombre: string, valor: string): Promise<void>
  quitarMarca(nombre: string): Promise<void>

  /** Which of these erased customers are not noted yet. */
  borradosSinAnotar(ids: readonly string[]): Promise<string[]>
  /** Notes erased customers and, in the same write, where `marca` has come to, if it has. */
  anotarBorrados(nota: NotaBorrados): Promise<void>
  /**
   * Erases what is personal in up to `limite` orders of a noted customer, in the full-text index
   * and in the answers to their keys as well; answers whether there may be more.
   */
  borrarPersonales(clienteId: string, limite: number): Promise<boolean>
  /**
   * Makes sure that what was erased is not in the log of the database either, and closes what was owed.
   * False when somebody else is reading that log; then it is to be repeated.
   */
  cerrarBorrado(deuda: Deuda): Promise<boolean>
}
