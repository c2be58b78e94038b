import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type {
  Cambio,
  Existencia,
  Faltante,
  OrdenExistencias,
  RechazoMovida,
} from './domain/existencia.ts'
import type { Movimiento } from './domain/movimiento.ts'
import type { RecuentoStore } from './domain/recuento.ts'
import type { EstadoCerrado, Linea, Reserva } from './domain/reserva.ts'

// What inventario needs from outside. Ids are lower-case; moments are milliseconds since the epoch. What
// asks the store rejects with StorageUnavailableError when the database can't serve, and then nothing of
// it was done.

export interface NuevaExistencia {
  readonly productoId: string
  readonly cantidad: number
  readonly umbralMinimo: number
  readonly usuarioId: string
  readonly ahora: number
}

/** Where a list goes on: behind this id among those of the same value, which ids by themselves need not. */
export interface LugarExistencia {
  readonly valor: number | null
  readonly productoId: string
}

export interface ListaExistencias {
  readonly bajoMinimo: boolean
  readonly ids: readonly string[] | null
  readonly orden: OrdenExistencias
  readonly despuesDe: LugarExistencia | null
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
  /** Behind this `secuencia`; null from the newest on. */
  readonly antesDe: number | null
  readonly limite: number
}

export interface ListaReservas {
  /** Only those made before this moment. */
  readonly creadasAntesDe: number | null
  readonly despuesDe: { readonly creadaEn: number; readonly pedidoId: string } | null
  /** Those whose time has run out by now are left out. */
  readonly ahora: number
  readonly limite: number
}

/** A caller's own key for a write that may be repeated, and what tells its request from others. */
export interface Clave {
  readonly clave: string
  readonly huella: string
}

export interface PeticionCambio {
  readonly productoId: string
  readonly cambio: Cambio
  readonly usuarioId: string
  readonly ahora: number
  /** Whether the caller's precondition lets a write on this version through. */
  readonly admite: (version: number) => boolean
  readonly clave: Clave | null
}

/** How a change ended. All of them are final, so a repeated request gets the same again. */
export type ResultadoCambio =
  | { readonly resultado: 'hecho'; readonly existencia: Existencia }
  | { readonly resultado: 'no-encontrado' }
  | { readonly resultado: 'version-distinta'; readonly version: number }
  | { readonly resultado: 'libro-distinto' }
  | RechazoMovida

export type RespuestaCambio =
  | { readonly clave: 'primera' | 'repetida'; readonly respuesta: ResultadoCambio }
  | { readonly clave: 'distinta' }

export interface PeticionReserva {
  readonly pedidoId: string
  /** As `sumarLineas` leaves them. */
  readonly lineas: readonly Linea[]
  readonly expiraEn: number
  readonly ahora: number
}

export type ResultadoReservar =
  | { readonly resultado: 'reservada' | 'repetida'; readonly reserva: Reserva }
  | { readonly resultado: 'distinta' }
  | { readonly resultado: 'cerrada'; readonly estado: EstadoCerrado }
  | { readonly resultado: 'stock-insuficiente'; readonly faltantes: readonly Faltante[] }

/** A reservation of one product's units. */
export interface ReservaDeProducto {
  readonly pedidoId: string
  readonly cantidad: number
  readonly creadaEn: number
  readonly expiraEn: number
}

export interface ListaReservasDe {
  readonly productoId: string
  readonly antesDe: { readonly creadaEn: number; readonly pedidoId: string } | null
  readonly limite: number
}

export interface PeticionCierre {
  readonly pedidoId: string
  readonly ahora: number
}

export interface PeticionProrroga extends PeticionCierre {
  readonly expiraEn: number
}

export type ResultadoCierre =
  | { readonly resultado: 'hecho' | 'repetida'; readonly reserva: Reserva }
  | { readonly resultado: 'cerrada'; readonly estado: EstadoCerrado }

export interface ExistenciasStore {
  /** Null when the product has stock on record already. */
  crear(nueva: NuevaExistencia): Promise<Existencia | null>
  existencia(productoId: string): Promise<Existencia | null>
  /** One more than `limite` when there are more. */
  existencias(lista: ListaExistencias): Promise<Existencia[]>
  resumen(): Promise<ResumenExistencias>
  /** The last line of the ledger of each of `ids` that has one. */
  ultimosMovimientos(ids: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** What can be promised of each of `ids` that is on record. */
  disponibles(ids: readonly string[]): Promise<ReadonlyMap<string, number>>
  cambiar(peticion: PeticionCambio): Promise<RespuestaCambio>
  /** Newest first; one more than `limite` when there are more. */
  movimientos(lista: ListaMovimientos): Promise<Movimiento[]>
  /** Forgets up to `limite` idempotency keys whose time has run out; answers how many. */
  olvidarClaves(ahora: number, limite: number): Promise<number>
}

export interface ReservasStore {
  /** Takes the stock of every line, or of none. */
  reservar(peticion: PeticionReserva): Promise<ResultadoReservar>
  /** Null when there is no such reservation. */
  confirmar(peticion: PeticionCierre): Promise<ResultadoCierre | null>
  /** One that never was is put on record as released, so that it can't be made any more. */
  liberar(peticion: PeticionCierre): Promise<ResultadoCierre>
  /** Holds it until `expiraEn`, or longer if it is held longer already. Null as above. */
  prorrogar(peticion: PeticionProrroga): Promise<ResultadoCierre | null>
  reserva(pedidoId: string): Promise<Reserva | null>
  /** The active ones, oldest first; one more than `limite` when there are more. */
  reservasActivas(lista: ListaReservas): Promise<Reserva[]>
  /** The active ones that hold units of a product, newest first; one more than `limite` as above. */
  reservasDe(lista: ListaReservasDe): Promise<ReservaDeProducto[]>
  /** Closes up to `limite` reservations whose time has run out; answers how many. */
  expirarVencidas(ahora: number, limite: number): Promise<number>
}

export interface PeticionEnlace {
  readonly instalacion: string
  /** Some of its orders, none if it has none. */
  readonly testigos: readonly string[]
  readonly ahora: number
}

export interface InstalacionStore {
  /** Whether this stock is for that installation of pedidos; costs no statement when it is. */
  esDe(instalacion: string): boolean
  /** The same, and gives it stock that is nobody's yet if it can be its own. */
  enlazar(peticion: PeticionEnlace): Promise<boolean>
}

/** Where inventario keeps what it knows. */
export interface InventarioStore
  extends ExistenciasStore, RecuentoStore, ReservasStore, InstalacionStore {}

/** A product as the files of the stock name it. */
export interface ProductoNombrado {
  readonly id: string
  readonly sku: string
  readonly nombre: string
}

/** How many products one question may be about. */
export const porPregunta = 200

/** What inventario asks of the catalogue; rejects with PeerUnavailableError when it can't be asked. */
export interface Catalogo {
  /** Whether there is such a product, archived or for sale. */
  existe(productoId: string, call: CallContext): Promise<boolean>
  /** Those of at most `porPregunta` ids that there are, archived or for sale, in any order. */
  porIds(ids: readonly string[], call: CallContext): Promise<ProductoNombrado[]>
  /** Those of the SKUs that are for sale, however many, in any order. */
  porSkus(skus: readonly string[], call: CallContext): Promise<ProductoNombrado[]>
}
