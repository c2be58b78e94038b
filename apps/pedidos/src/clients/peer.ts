import { treaty } from '@elysiajs/eden'
import type { AuthApp } from '@encargo/auth'
import type { InventarioApp } from '@encargo/inventario'
import type { PagosApp } from '@encargo/pagos'
import type { ProductosApp } from '@encargo/productos'
import { callerAs } from '@encargo/service-kit/peer/account'
import { forEden } from '@encargo/service-kit/peer/eden-fetch'
import type { PeerLink } from '@encargo/service-kit/peer/peer-link'

export const client = <App extends ProductosApp | AuthApp | InventarioApp | PagosApp>(
  link: PeerLink,
) => treaty<App>(link.origin, { fetcher: forEden(link.fetcher), parseDate: false })

export const conToken = callerAs('pedidos')
