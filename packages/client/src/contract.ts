import type { Treaty } from '@elysiajs/eden/treaty2'
import type { AuthApp } from '@encargo/auth'
import type { InventarioApp } from '@encargo/inventario'
import type { PagosApp } from '@encargo/pagos'
import type { PedidosApp } from '@encargo/pedidos'
import type { ProductosApp } from '@encargo/productos'
import type { Codigo, Problema, problemas } from '@encargo/service-kit/http/problems'

// All that the client takes from the services, and only as types. The published package has the
// same names with everything written out (build/declarations.ts), so it needs none of these imports.

export type AuthClient = Treaty.Create<AuthApp>
export type ProductosClient = Treaty.Create<ProductosApp>
export type InventarioClient = Treaty.Create<InventarioApp>
export type PedidosClient = Treaty.Create<PedidosApp>
export type PagosClient = Treaty.Create<PagosApp>

/** A refusal by a service, as its registry has them: RFC 9457 with our `codigo`. */
export type ServiceProblem = Problema
/** Every code, and whether the same request can succeed later without a change. */
export type RetryableByCode = {
  [C in Codigo]: (typeof problemas)[C] extends { retryable: true } ? true : false
}
