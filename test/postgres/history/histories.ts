import type { ServiceName } from '@encargo/service-kit/run/config'
import { auth, openAuth } from './auth.ts'
import type { Both } from './both.ts'
import type { Chance } from './chance.ts'
import { inventario, openInventario } from './inventario.ts'
import { type Length, live, type Lived } from './live.ts'
import type { Asker } from './operation.ts'
import { openPagos, pagos } from './pagos.ts'
import { pedidos } from './pedidos.ts'
import { openPedidos } from './pedidos-store.ts'
import { openProductos, productos } from './productos.ts'

const history =
  <S extends object>(
    open: (url: string) => Promise<Both<S>>,
    asker: (chance: Chance, both: Both<S>) => Asker<S>,
  ) =>
  async (url: string, length: Length): Promise<Lived> => {
    const both = await open(url)
    const { sqlite, postgres } = both.storages
    try {
      return await live(both, asker, length)
    } finally {
      await Promise.all([sqlite.close(), postgres.close()])
    }
  }

/** Lives through some history of a service, in its schema of an empty database and in one of SQLite. */
export const histories = {
  auth: history(openAuth, auth),
  productos: history(openProductos, productos),
  inventario: history(openInventario, inventario),
  pedidos: history(openPedidos, pedidos),
  pagos: history(openPagos, pagos),
} as const satisfies Record<ServiceName, unknown>
