import { appOptions, type service } from '@encargo/service-kit/http/service'
import { chargeAnswer } from '@encargo/service-kit/http/plugins/rate-limit'
import { ConId, ConIfNoneMatch } from '@encargo/service-kit/http/schemas'
import { esPersonal } from '@encargo/service-kit/identity/access'
import { etag } from '@encargo/service-kit/http/versions'
import { notModified } from '@encargo/service-kit/http/not-modified'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { Elysia } from 'elysia'
import type { Catalogo } from '../ports.ts'
import { pesoDe, type Producto } from '../domain/producto.ts'
import type { Surtido } from '../domain/surtido.ts'
import { busquedaDe, idsDe, limitePorDefecto, skusDe } from './query.ts'
import { productoInexistente, soloPersonal } from './refusals.ts'
import {
  Categorias,
  ConsultaPrecios,
  ConsultaProductos,
  PaginaPrecios,
  PaginaProductos,
  ProductoVisto,
} from './schemas.ts'

const tags = ['catálogo']
const lista = { 200: PaginaProductos, ...rechazos('no-autenticado', 'prohibido') }
const uno = { 200: ProductoVisto, ...rechazos('no-encontrado') }
const precios = { 200: PaginaPrecios, ...rechazos('no-encontrado') }
const categorias = { 200: Categorias, ...rechazos() }

const pesoDeTodos = (datos: readonly Producto[]) =>
  datos.reduce((suma, producto) => suma + pesoDe(producto), 0)

interface Deps {
  readonly catalogo: Catalogo
  readonly surtido: Surtido
}

/** Reading the catalogue. */
export const productosRoutes = (base: ReturnType<typeof service>, deps: Deps) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/productos',
      async ({ query, identidad, request, set }) => {
        set.headers['cache-control'] = 'no-cache'
        const { ids, skus } = query
        if (ids !== undefined) {
          const pedidos = idsDe({ ...query, ids })
          const datos = await deps.catalogo.porIds(pedidos.ids, pedidos.palabras)
          chargeAnswer(request, pesoDeTodos(datos))
          return { datos, siguiente: null }
        }
        if (skus !== undefined) {
          const datos = await deps.surtido.porSkus(skusDe({ ...query, skus }))
          chargeAnswer(request, pesoDeTodos(datos))
          const todos = identidad && (identidad.tipo === 'servicio' || esPersonal(identidad))
          return { datos: todos ? datos : datos.filter(({ activo }) => activo), siguiente: null }
        }
        if (query.archivados === true) {
          if (!identidad) return rechazar('no-autenticado', soloPersonal)
          if (!esPersonal(identidad)) return rechazar('prohibido', soloPersonal)
        }
        const pagina = await deps.catalogo.buscar(busquedaDe(query))
        chargeAnswer(request, pesoDeTodos(pagina.datos))
        return pagina
      },
      {
        publico: true,
        query: ConsultaProductos,
        response: lista,
        detail: {
          tags,
          summary: 'Buscar y recorrer el catálogo',
          description:
            'Con `q` busca todas sus palabras en nombre, descripción y SKU, sin distinguir mayúsculas, acentos, plural ni género; la última vale como comienzo, un SKU también sin sus guiones, y una palabra que no está en el catálogo, por la más parecida. Primero lo que responde por su nombre. Con `ids` responde esos productos, en ese orden, también los archivados (`activo: false`), y deja fuera los desconocidos; con `q` además, los que no tienen sus palabras. Con `skus`, lo mismo por SKU, sin distinguir mayúsculas; los archivados, solo para el personal y las cuentas de servicio. Un `cursor` solo sirve con el `orden` que lo dio.',
        },
      },
    )
    .get(
      '/productos/:id',
      async ({ params, set }) => {
        const producto = await deps.catalogo.porId(params.id.toLowerCase())
        if (!producto) return rechazar('no-encontrado', productoInexistente)
        set.headers.etag = etag(producto.version)
        set.headers['cache-control'] = 'no-cache'
        return producto
      },
      {
        publico: true,
        params: ConId,
        headers: ConIfNoneMatch,
        mapResponse: notModified,
        response: uno,
        detail: {
          tags,
          summary: 'Un producto',
          description: 'También si está archivado. Con `If-None-Match` responde 304 si no cambió.',
        },
      },
    )
    .get(
      '/productos/:id/precios',
      async ({ params, query }) => {
        const { limite = limitePorDefecto, cursor = null } = query
        const pagina = await deps.catalogo.precios(params.id.toLowerCase(), { limite, cursor })
        return pagina ?? rechazar('no-encontrado', productoInexistente)
      },
      {
        acceso: 'personal',
        params: ConId,
        query: ConsultaPrecios,
        response: precios,
        detail: {
          tags,
          summary: 'Los precios que tuvo un producto',
          description: 'Del más reciente al primero, con quién lo puso y desde cuándo.',
        },
      },
    )
    .get(
      '/categorias',
      async ({ set }) => {
        set.headers['cache-control'] = 'no-cache'
        return { datos: await deps.catalogo.categorias() }
      },
      {
        publico: true,
        response: categorias,
        detail: {
          tags,
          summary: 'Las categorías',
          description: 'Las de los productos a la venta, con cuántos tiene cada una.',
        },
      },
    )
