import type { Importado, PorImportar } from '@encargo/csv/importar'
import type { ListarAuditoria } from '@encargo/service-kit/audit/log'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { Autoria } from './domain/auditoria.ts'
import type {
  Cambio,
  Existencia,
  Faltante,
  OrdenExistencias,
  RechazoMovida,
} from './domain/existencia.ts'
import type { Devolucion, RechazoDevolucion } from './domain/devolucion.ts'
import type { Movimiento } from './domain/movimiento.ts'
import type { FilaRecontada, FilaRecuento } from './domain/recuento.ts'
import type { EstadoCerrado, Linea, Reserva } from './domain/reserva.ts'

// What inventario needs from outside. Ids are lower-case; moments are milliseconds since the epoch. What
// asks the store rejects with StorageUnavailableError when the database can't serve, and then nothing of
// it was done.

export interface NuevaExistencia extends Autoria {
  readonly productoId: string
  readonly cantidad: number
  readonly umbralMinimo: number
}

/** Where a list goes on: behind this id among those of the same value, which the order of ids need not. */
export interface LugarExistencia {
  readonly valor?: number
  readonly productoId: string
}

export interface ListaExistencias {
  readonly bajoMinimo: boolean
  readonly ids?: readonly string[] | undefined
  readonly orden: OrdenExistencias
  readonly despuesDe?: LugarExistencia | undefined
  readonly limite: number
}

/** How many products have stock on record, and of how many there is too little, or nothing. */
export interface ResumenExistencias {
  readonly productos: number
  readonly bajoMinimo: number
  readonly agotados: number
}

export interface ListaMovimientos {
  /** Whose lines: a product's, or those that an order left, of whatever products. */
  readonly de: { readonly productoId: string } | { readonly pedidoId: string }
  /** Only those behind this `secuencia`. */
  readonly antesDe?: number | undefined
  readonly limite: number
}

/** Where a list of reservations goes on. */
export interface LugarReserva {
  readonly creadaEn: number
  readonly id: string
}

export interface ListaReservas {
  /** Only those made before this moment. */
  readonly creadasAntesDe?: number | undefined
  readonly despuesDe?: LugarReserva | undefined
  /** Those whose time has run out by now are left out. */
  readonly ahora: number
  readonly limite: number
}

/** A write that may be asked for again under the key of its caller, whose name stands in the ledger. */
export interface Repetible extends Autoria {
  /** The key, and what tells its request from others. */
  readonly clave?: { readonly clave: string; readonly huella: string } | undefined
}

/** The answer to a write under a key: the first one again if it was asked for before. */
export type UnaVez<T> =
  | { readonly tipo: 'primera' | 'repetida'; readonly respuesta: T }
  /** The key was another request's. */
  | { readonly tipo: 'distinta' }

export interface PeticionCambio extends Repetible {
  readonly productoId: string
  readonly cambio: Cambio
  /** Whether the caller's precondition lets a write on this version through. */
  readonly admite: (version: number) => boolean
}

/** How a change ended. All of them are final, so a repeated request gets the same again. */
export type ResultadoCambio =
  | { readonly tipo: 'hecho'; readonly existencia: Existencia }
  | { readonly tipo: 'no-encontrado' }
  | { readonly tipo: 'version-distinta'; readonly version: number }
  | { readonly tipo: 'libro-distinto' }
  | RechazoMovida

export interface PeticionReserva {
  readonly id: string
  readonly pedidoId: string
  /** As `sumarLineas` leaves them. */
  readonly lineas: readonly Linea[]
  readonly expiraEn: number
  readonly ahora: number
}

export type ResultadoReservar =
  | { readonly tipo: 'reservada' | 'repetida'; readonly reserva: Reserva }
  | { readonly tipo: 'distinta' }
  | { readonly tipo: 'cerrada'; readonly estado: EstadoCerrado }
  | { readonly tipo: 'stock-insuficiente'; readonly faltantes: readonly Faltante[] }

/** A reservation of one product's units. */
export interface ReservaDeProducto {
  readonly id: string
  readonly pedidoId: string
  readonly cantidad: number
  readonly creadaEn: number
  readonly expiraEn: number
}

export interface ListaReservasDe {
  readonly productoId: string
  readonly antesDe?: LugarReserva | undefined
  readonly limite: number
}

export interface PeticionCierre {
  readonly id: string
  readonly ahora: number
}

export interface PeticionProrroga extends PeticionCierre {
  readonly expiraEn: number
}

export type ResultadoCierre =
  | { readonly tipo: 'hecho' | 'repetida'; readonly reserva: Reserva }
  | { readonly tipo: 'cerrada'; readonly estado: EstadoCerrado }

export interface PeticionDevolucion {
  readonly id: string
  readonly pedidoId: string
  /** As `sumarLineas` leaves them. */
  readonly lineas: readonly Linea[]
  readonly ahora: number
}

export type ResultadoDevolucion =
  | { readonly tipo: 'hecha' | 'repetida'; readonly devolucion: Devolucion }
  | { readonly tipo: 'distinta' }
  | RechazoDevolucion

export interface DevolucionesStore {
  /** Puts units that an order took back into the stock, once for each id. */
  reponer(peticion: PeticionDevolucion): Promise<ResultadoDevolucion>
}

export interface ExistenciasStore {
  /** Undefined when the product has stock on record already. */
  crear(nueva: NuevaExistencia): Promise<Existencia | undefined>
  existencia(productoId: string): Promise<Existencia | undefined>
  /** One more than `limite` when there are more. */
  existencias(lista: ListaExistencias): Promise<readonly Existencia[]>
  resumen(): Promise<ResumenExistencias>
  /** The last line of the ledger of each of `ids` that has one. */
  ultimosMovimientos(ids: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** What can be promised of each of `ids` that is on record. */
  disponibles(ids: readonly string[]): Promise<ReadonlyMap<string, number>>
  cambiar(peticion: PeticionCambio): Promise<UnaVez<ResultadoCambio>>
  /** Newest first; one more than `limite` when there are more. */
  movimientos(lista: ListaMovimientos): Promise<readonly Movimiento[]>
  /** Forgets up to `limite` idempotency keys whose time has run out; answers how many. */
  olvidarClaves(ahora: number, limite: number): Promise<number>
}

export interface ReservasStore {
  /** Takes the stock of every line, or of none. */
  reservar(peticion: PeticionReserva): Promise<ResultadoReservar>
  /** Undefined when there is no such reservation. */
  confirmar(peticion: PeticionCierre): Promise<ResultadoCierre | undefined>
  /** One that never was is put on record as released, so that it can't be made any more. */
  liberar(peticion: PeticionCierre): Promise<ResultadoCierre>
  /** Holds it until `expiraEn`, or longer if it is held longer already. Undefined as above. */
  prorrogar(peticion: PeticionProrroga): Promise<ResultadoCierre | undefined>
  reserva(id: string): Promise<Reserva | undefined>
  /** The active ones, oldest first; one more than `limite` when there are more. */
  reservasActivas(lista: ListaReservas): Promise<readonly Reserva[]>
  /** The active ones that hold units of a product, newest first; one more than `limite` as above. */
  reservasDe(lista: ListaReservasDe): Promise<readonly ReservaDeProducto[]>
  /** Closes up to `limite` reservations whose time has run out; answers how many. */
  expirarVencidas(ahora: number, limite: number): Promise<number>
}

/** A file of counts, with at most one row for each product. */
export interface Recuento extends PorImportar<FilaRecuento>, Repetible {
  /** Whether cells that have changed since their export stay as they are. */
  readonly omitirConflictos: boolean
}

export interface RecuentoStore {
  /** What the import would do, or what is wrong with it. */
  simular(recuento: Recuento): Promise<Importado<FilaRecontada>>
  /** All rows in one write, or none if any is wrong; once for each key. */
  importar(recuento: Recuento): Promise<UnaVez<Importado<FilaRecontada>>>
}

export interface PeticionEnlace {
  readonly instalacion: string
  /** Some of its orders, none if it has none. */
  readonly testigos: readonly string[]
  readonly ahora: number
}

export interface InstalacionStore {
  /** The installation of pedidos that this stock is for, if it is anybody's. */
  instalacion(): Promise<string | undefined>
  /** Gives it stock that is nobody's yet, if it can be its own; whether it has it then. */
  enlazar(peticion: PeticionEnlace): Promise<boolean>
}

/** Where inventario keeps what it knows. */
export interface InventarioStore
  extends ExistenciasStore, RecuentoStore, ReservasStore, DevolucionesStore, InstalacionStore {
  /**
   * Whether this process is the one that does what has to be done from time to time, for some seconds from
   * now: one of several is enough, and two do no harm.
   */
  deGuardia(): Promise<boolean>
  /** When something was last reserved or moved. */
  ultimoMomento(): Promise<number | undefined>
  /** What staff has changed. */
  readonly auditoria: ListarAuditoria
}

/** A product as the files of the stock name it. */
export interface ProductoNombrado {
  readonly id: string
  readonly sku: string
  readonly nombre: string
}

/** What inventario asks of the catalogue; rejects with PeerUnavailableError when it can't be asked. */
export interface Catalogo {
  /** Whether there is such a product, archived or for sale. */
  existe(productoId: string, call: CallContext): Promise<boolean>
  /** Those of the ids that there are, archived or for sale, however many, in any order. */
  porIds(ids: readonly string[], call: CallContext): Promise<ProductoNombrado[]>
  /** Those of the SKUs that are for sale, however many, in any order. */
  porSkus(skus: readonly string[], call: CallContext): Promise<ProductoNombrado[]>
}
