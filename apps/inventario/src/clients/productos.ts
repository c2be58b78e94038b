import { treaty } from '@elysiajs/eden'
import { type Answer, ask, PeerProtocolError, shape } from '@encargo/service-kit/peer/peer'
import { callHeaders } from '@encargo/service-kit/peer/call-context'
import { forEden } from '@encargo/service-kit/peer/eden-fetch'
import type { PeerLink } from '@encargo/service-kit/peer/peer-link'
import { Type } from '@sinclair/typebox'
import { escribirLista } from '@encargo/csv/lista'
import type { ProductosApp } from '@encargo/productos'
import type { Catalogo, ProductoNombrado } from '../ports.ts'

const esProducto = shape(Type.Object({ id: Type.String() }))
const sonProductos = shape(
  Type.Object({
    datos: Type.Array(
      Type.Object({ id: Type.String(), sku: Type.String(), nombre: Type.String() }),
    ),
  }),
)

/** How many products one question may be about. */
const porPregunta = 200

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
      const answer = await ask(
        'productos',
        productos.productos({ id: productoId }).get({ headers: callHeaders(call) }),
        esProducto,
      )
      if (answer.ok) return true
      if (answer.error.value.codigo === 'no-encontrado') return false
      throw new PeerProtocolError(`productos answered ${answer.error.status} for a product`)
    },
    async porIds(ids, call) {
      const encontrados: ProductoNombrado[] = []
      for (let desde = 0; desde < ids.length; desde += porPregunta) {
        const query = { ids: ids.slice(desde, desde + porPregunta).join(',') }
        const { articulos } = productos.productos
        const preguntar = () => articulos.get({ query, headers: callHeaders(call) })
        encontrados.push(...(await listados(preguntar)))
      }
      return encontrados
    },
    async porSkus(skus, call) {
      const encontrados: ProductoNombrado[] = []
      for (const lista of enPreguntas(skus)) {
        const query = { skus: lista }
        const preguntar = () => productos.productos.get({ query, headers: callHeaders(call) })
        encontrados.push(...(await listados(preguntar)))
      }
      return encontrados
    },
  }
}

type Listado = Answer<{ readonly datos: readonly ProductoNombrado[] }>

async function listados(preguntar: () => Promise<Listado>): Promise<readonly ProductoNombrado[]> {
  const answer = await ask('productos', preguntar(), sonProductos)
  if (answer.ok) return answer.data.datos
  throw new PeerProtocolError(`productos answered ${answer.error.status} for a list`)
}
