import type { AuthClient, PagosClient, PedidosClient } from './contract.ts'

// Names for parts of the contract that a frontend speaks of.

/** What `POST /pedidos` takes. */
export type NuevoPedido = Parameters<PedidosClient['pedidos']['post']>[0]
/** An order as it is answered. */
export type Pedido = NonNullable<Awaited<ReturnType<PedidosClient['pedidos']['post']>>['data']>
/** How `POST /pedidos` may refuse. */
export type CompraProblem = NonNullable<
  Awaited<ReturnType<PedidosClient['pedidos']['post']>>['error']
>['value']
type Bloques = NonNullable<Awaited<ReturnType<PedidosClient['pedidos']['eventos']['get']>>['data']>
/** One change of an order. */
export type EventoPedido =
  Bloques extends AsyncGenerator<infer B extends { data: unknown }> ? B['data'] : never
/** What `POST /login` takes. */
export type Credenciales = Parameters<AuthClient['login']['post']>[0]
/** How `POST /login` may refuse. */
export type LoginProblem = NonNullable<
  Awaited<ReturnType<AuthClient['login']['post']>>['error']
>['value']

/** Who buys without an account, as `POST /invitados` takes it. */
export type Invitado = Parameters<AuthClient['invitados']['post']>[0]
/** How `POST /invitados` may refuse. */
export type InvitadoProblem = NonNullable<
  Awaited<ReturnType<AuthClient['invitados']['post']>>['error']
>['value']
/** What `POST /cotizaciones` takes. */
export type PorCotizar = Parameters<PedidosClient['cotizaciones']['post']>[0]
/** What an order would come to. */
export type Cotizacion = NonNullable<
  Awaited<ReturnType<PedidosClient['cotizaciones']['post']>>['data']
>
/** A way to get an order to its customer, as the shop offers it. */
export type MetodoEnvio = NonNullable<
  Awaited<ReturnType<PedidosClient['metodos-envio']['get']>>['data']
>['datos'][number]
/** An address that somebody keeps in their account. */
export type DireccionGuardada = NonNullable<
  Awaited<ReturnType<AuthClient['me']['direcciones']['get']>>['data']
>['datos'][number]
/** Whom an invoice is made out to. */
export type Facturacion = NonNullable<
  Awaited<ReturnType<AuthClient['me']['facturacion']['get']>>['data']
>['datos'][number]
type Seguido = ReturnType<PedidosClient['seguimiento']>
/** An order for whoever holds its link. */
export type PedidoSeguido = NonNullable<Awaited<ReturnType<Seguido['get']>>['data']>

/** A way to pay that the shop offers. */
export type MetodoPago = NonNullable<
  Awaited<ReturnType<PagosClient['metodos-pago']['get']>>['data']
>['datos'][number]
/** A charge, as `POST /cobros` answers it. */
export type Cobro = NonNullable<Awaited<ReturnType<PagosClient['cobros']['post']>>['data']>
