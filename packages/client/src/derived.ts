import type { AuthClient, PedidosClient } from './contract.ts'

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
