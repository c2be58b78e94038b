import { treaty } from '@elysiajs/eden'
import {
  ask,
  type CallContext,
  callHeaders,
  crashAround,
  type PeerLink,
  PeerProtocolError,
} from '@encargo/service-kit'
import type { ProductosApp } from '@encargo/productos'

/** What inventario asks of the catalogue. */
export interface ProductosClient {
  /**
   * Whether there is such a product, archived or for sale.
   * @throws PeerUnavailableError when productos can't be asked
   */
  existe(productoId: string, call: CallContext): Promise<boolean>
}

/** The catalogue behind `link`, over HTTP or in this process. */
export function createProductosClient(link: PeerLink): ProductosClient {
  const productos = treaty<ProductosApp>(link.origin, { fetcher: link.fetcher, parseDate: false })
  return {
    async existe(productoId, call) {
      // Not encoded by Eden: a UUID, by the schema of whoever asks.
      const answer = await crashAround('inventario.alta.preguntar', () =>
        ask(
          'productos',
          productos.productos({ id: productoId }).get({ headers: callHeaders(call) }),
        ),
      )
      if (answer.ok) return true
      if (answer.error.status === 404) return false
      throw new PeerProtocolError(`productos answered ${answer.error.status} for a product`)
    },
  }
}
