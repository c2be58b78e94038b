import { treaty } from '@elysiajs/eden'
import { ask, PeerProtocolError, shape } from '@encargo/service-kit/peer/peer'
import { callHeaders } from '@encargo/service-kit/peer/call-context'
import { crashAround } from '@encargo/service-kit/run/crash-points'
import { forEden } from '@encargo/service-kit/peer/eden-fetch'
import type { PeerLink } from '@encargo/service-kit/peer/peer-link'
import { Type } from '@sinclair/typebox'
import { escribirLista } from '@encargo/csv/lista'
import type { ProductosApp } from '@encargo/productos'
import { type Catalogo, porPregunta, type ProductoNombrado } from '../ports.ts'

const esProducto = shape(Type.Object({ id: Type.String() }))
const sonProductos = shape(
  Type.Object({
    datos: Type.Array(
      Type.Object({ id: Type.String(), sku: Type.String(), nombre: Type.String() }),
    ),
  }),
)

/** The longest list of SKUs in one question, in bytes as it travels: a request line is bounded. */
const maxListaBytes = 6_000

/** Lists that each fit into one question; each is made when it is wanted. */
export function* enPreguntas(skus: readonly string[]): Generator<string> {
  let lista: string[] = []
  let bytes = 0
  for (const sku of skus) {
    const suyos = encodeURIComponent(escribirLista([sku])).length + 3
    if (lista.length === porPregunta || bytes + suyos > maxListaBytes) {
      yield escribirLista(lista)
      lista = []
      bytes = 0
    }
    lista.push(sku)
    bytes += suyos
  }
  if (lista.length > 0) yield escribirLista(lista)
}

/** The catalogue behind `link`, over HTTP or in this process. */
export function createCatalogo(link: PeerLink): Catalogo {
  const productos = treaty<ProductosApp>(link.origin, {
    fetcher: forEden(link.fetcher),
    parseDate: false,
  })
  return {
    async existe(productoId, call) {
      // Not encoded by Eden: a UUID, by the schema of whoever asks.
      const answer = await crashAround('inventario.alta.preguntar', () =>
        ask(
          'productos',
          productos.productos({ id: productoId }).get({ headers: callHeaders(call) }),
          esProducto,
        ),
      )
      if (answer.ok) return true
      if (answer.error.value.codigo === 'no-encontrado') return false
      throw new PeerProtocolError(`productos answered ${answer.error.status} for a product`)
    },
    async porIds(ids, call) {
      const query = { ids: ids.join(',') }
      const answer = await crashAround('inventario.importar.preguntar', () =>
        ask(
          'productos',
          productos.productos.articulos.get({ query, headers: callHeaders(call) }),
          sonProductos,
        ),
      )
      if (answer.ok) return answer.data.datos
      throw new PeerProtocolError(`productos answered ${answer.error.status} for ids`)
    },
    async porSkus(skus, call) {
      const encontrados: ProductoNombrado[] = []
      for (const lista of enPreguntas(skus)) {
        const query = { skus: lista }
        const answer = await crashAround('inventario.importar.preguntar', () =>
          ask(
            'productos',
            productos.productos.get({ query, headers: callHeaders(call) }),
            sonProductos,
          ),
        )
        if (!answer.ok) {
          throw new PeerProtocolError(`productos answered ${answer.error.status} for SKUs`)
        }
        encontrados.push(...answer.data.datos)
      }
      return encontrados
    },
  }
}
