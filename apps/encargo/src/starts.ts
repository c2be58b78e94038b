import { AuthConfig } from '@encargo/auth/config'
import { open as openAuth } from '@encargo/auth/open'
import { InventarioConfig } from '@encargo/inventario/config'
import { open as openInventario } from '@encargo/inventario/open'
import { PagosConfig } from '@encargo/pagos/config'
import { open as openPagos } from '@encargo/pagos/open'
import { PedidosConfig } from '@encargo/pedidos/config'
import { open as openPedidos } from '@encargo/pedidos/open'
import { ProductosConfig } from '@encargo/productos/config'
import { open as openProductos } from '@encargo/productos/open'
import { type Start, startService } from '@encargo/service-kit/run/start-service'
import type { ProcessName } from '@encargo/service-kit/run/together'
import { TiendaConfig } from '@encargo/tienda/config'
import { abrir } from '@encargo/tienda/open'

/** How each is started, as its own `main.ts` does. */
export const starts: Readonly<Record<ProcessName, Start>> = {
  auth: startService('auth', AuthConfig, openAuth),
  productos: startService('productos', ProductosConfig, openProductos),
  inventario: startService('inventario', InventarioConfig, openInventario),
  pedidos: startService('pedidos', PedidosConfig, openPedidos),
  pagos: startService('pagos', PagosConfig, openPagos),
  tienda: startService('tienda', TiendaConfig, abrir),
}
