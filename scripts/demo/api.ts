import type { CuentaDemo } from './cuentas.ts'
import type { DireccionDemo } from './pedidos.ts'
import type { ProductoDemo } from './catalogo.ts'

/** A logged-in user. */
export interface Sesion {
  readonly token: string
  readonly usuarioId: string
  readonly rol: string
  readonly emailConfirmado: boolean
}

export interface CompraDemo {
  readonly idempotencyKey: string
  readonly lineas: readonly { readonly productoId: string; readonly cantidad: number }[]
  readonly notas: string
  readonly direccionEnvio?: DireccionDemo
}

export interface PedidoVisto {
  readonly id: string
  readonly estado: string
  readonly notas: string | null
}

/** What creating something came to: an `id`, or the `codigo` of the problem that refused it. */
export type Creacion = { readonly id: string } | { readonly rechazo: string }

/**
 * What the seed asks of the four services, in terms of the HTTP contract. Everything not named in
 * a return type (a service away, an answer out of the contract) is thrown.
 */
export interface DemoApi {
  /** `POST /register`; `existente` is 409 `email-en-uso`. */
  registrar(cuenta: CuentaDemo): Promise<'creado' | 'existente'>
  /** `POST /login` and `GET /me`; null when the account takes no login with this password. */
  iniciarSesion(cuenta: CuentaDemo): Promise<Sesion | null>
  /** `PATCH /usuarios/:id` by the admin; tokens issued before still carry the old role. */
  hacerOperador(usuarioId: string): Promise<void>
  /** `PATCH /usuarios/:id` by the admin, who vouches for an address that gets no mail. */
  confirmarEmail(usuarioId: string): Promise<void>
  /** `GET /productos`: the ids of what is for sale, by SKU. */
  productosPorSku(): Promise<ReadonlyMap<string, string>>
  /** `POST /productos`; refused with `sku-en-uso`. */
  crearProducto(sesion: Sesion, producto: ProductoDemo): Promise<Creacion>
  /** `GET /inventario?ids=`: which of these products have stock on record. */
  existenciasDe(sesion: Sesion, productoIds: readonly string[]): Promise<ReadonlySet<string>>
  /** `POST /inventario`; `existente` is 409 `inventario-existente`. */
  crearExistencia(
    sesion: Sesion,
    existencia: { productoId: string; cantidad: number; umbralMinimo: number },
  ): Promise<'creado' | 'existente'>
  /** `GET /pedidos?clienteId=` by staff, all pages; null when there are too many to go through. */
  pedidosDe(sesion: Sesion, clienteId: string): Promise<readonly PedidoVisto[] | null>
  /** `POST /pedidos`, refused with `stock-insuficiente`, `producto-inexistente`, ... */
  comprar(sesion: Sesion, compra: CompraDemo): Promise<Creacion>
  /** `PATCH /pedidos/:id`; false when the order has ended otherwise (409 `transicion-invalida`). */
  completar(sesion: Sesion, pedidoId: string): Promise<boolean>
  /** `PATCH /pedidos/:id`; false when the order has ended otherwise (409 `transicion-invalida`). */
  cancelar(sesion: Sesion, pedidoId: string, motivo: string): Promise<boolean>
}
