import type { ProductosApp } from '@encargo/productos'
import { ask, shape } from '@encargo/service-kit/peer/peer'
import { callHeaders } from '@encargo/service-kit/peer/call-context'
import { maxIds } from '@encargo/service-kit/http/schemas'
import { otherCurrency } from '@encargo/service-kit/peer/peer-watch'
import type { PeerLink } from '@encargo/service-kit/peer/peer-link'
import type { ServiceToken } from '@encargo/service-kit/peer/service-token'
import { Type } from '@sinclair/typebox'
import { Batcher, type Tiempo } from './batcher.ts'
import { type Articulo, totalMaximo } from '../domain/compra.ts'
import type { Catalogo } from '../ports/peers.ts'
import { client, exigir, late } from './peer.ts'

const sonArticulos = shape(
  Type.Object({
    datos: Type.Array(
      Type.Object({
        id: Type.String(),
        sku: Type.String(),
        nombre: Type.String(),
        precio: Type.Integer({ minimum: 0, maximum: totalMaximo }),
        moneda: Type.String(),
        activo: Type.Boolean(),
      }),
    ),
  }),
)

/**
 * productos' catalogue: the look-ups of one moment are one call. Anyone may ask, so a call waits
 * for no token; with the one at hand it is not counted against the rate of this address. Prices are in
 * `moneda`, or there are none.
 */
export function createCatalogo(
  link: PeerLink,
  token: ServiceToken,
  moneda: string,
  tiempo: Tiempo,
): Catalogo {
  const productos = client<ProductosApp>(link)
  const preguntar = (ids: readonly string[], headers: Record<string, string>) =>
    ask(
      'productos',
      productos.productos.articulos.get({ query: { ids: ids.join(',') }, headers }),
      sonArticulos,
    )
  const articulos = new Batcher<string, Articulo>({
    maxKeys: maxIds,
    tiempo,
    async load(ids, call) {
      const held = token.held()
      const known = held === undefined ? {} : { authorization: `Bearer ${held}` }
      let answer = await preguntar(ids, { ...callHeaders(call), ...known })
      if (!answer.ok && answer.error.status === 401) {
        token.forget(held)
        answer = await preguntar(ids, callHeaders(call))
      }
      const { datos } = exigir('productos', answer)
      const ajeno = datos.find((articulo) => articulo.moneda !== moneda)
      if (ajeno) {
        throw link.fit.refuse('moneda', otherCurrency('productos', ajeno.moneda, moneda))
      }
      return new Map(datos.map((articulo) => [articulo.id, articulo]))
    },
  })
  return {
    async buscar(ids, call) {
      const hallados = await articulos.get(ids, call, late('productos'))
      // Of the call's answer, only what was asked for here.
      return new Map(
        ids.flatMap((id) => {
          const articulo = hallados.get(id)
          return articulo ? [[id, articulo] as const] : []
        }),
      )
    },
  }
}
