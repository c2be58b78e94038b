import type { Treaty } from '@elysiajs/eden/treaty2'
import type { AuthApp } from '@encargo/auth'
import type { InventarioApp } from '@encargo/inventario'
import type { PedidosApp } from '@encargo/pedidos'
import type { ProductosApp } from '@encargo/productos'
import type { Codigo, Problema, problemas } from '@encargo/service-kit/problems'

// All that the client takes from the services, and only as types. The published package has the
// same names with everything written out (build/contract.ts), so it needs none of these imports.

export type AuthClient = Treaty.Create<AuthApp>
export type ProductosClient = Treaty.Create<ProductosApp>
export type InventarioClient = Treaty.Create<InventarioApp>
export type PedidosClient = Treaty.Create<PedidosApp>

/** A refusal by a service, as its registry has them: RFC 9457 with our `codigo`. */
export type ServiceProblem = Problema
/** Every code, and whether the same request can succeed later without a change. */
export type RetryableByCode = {
  [C in Codigo]: (typeof problemas)[C] extends { retryable: true } ? true : false
}

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
