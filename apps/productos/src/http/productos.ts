import { appOptions, type service } from '@encargo/service-kit/http/service'
import { limitePorDefecto } from '@encargo/service-kit/http/schemas'
import { toPagina } from '@encargo/service-kit/http/pagination'
import { chargeAnswer } from '@encargo/service-kit/http/plugins/rate-limit'
import { ConId, ConIfNoneMatch } from '@encargo/service-kit/http/schemas'
import { esPersonal } from '@encargo/service-kit/identity/access'
import { etag } from '@encargo/service-kit/http/versions'
import { notModified } from '@encargo/service-kit/http/not-modified'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { Elysia } from 'elysia'
import { pesoDe, type Producto } from '../domain/producto.ts'
import type { Deps } from './deps.ts'
import { antesDe, busquedaDe, idsDe, skusDe } from './query.ts'
import { productoInexistente, soloPersonal } from './refusals.ts'
import {
  Categorias,
  ConsultaPrecios,
  ConsultaProductos,
  PaginaPrecios,
  PaginaProductos,
  ProductoVisto,
} from './schemas.ts'
import { instante, vista } from './views.ts'

const tags = ['catálogo']
const lista = { 200: PaginaProductos, ...rechazos('no-autenticado', 'prohibido') }
const uno = { 200: ProductoVisto, ...rechazos('no-encontrado') }
const precios = { 200: PaginaPrecios, ...rechazos('no-encontrado') }
const categorias = { 200: Categorias, ...rechazos() }

const pesoDeTodos = (datos: readonly Pick<Producto, 'descripcion' | 'atributos'>[]) =>
  datos.reduce((suma, producto) => suma + pesoDe(producto), 0)

/** Reading the catalogue. */
export const productosRoutes = (
  base: ReturnType<typeof service>,
  { store, moneda }: Pick<Deps, 'store' | 'moneda'>,
) => {
  const vistas = (productos: readonly Producto[]) => productos.map((uno) => vista(uno, moneda))
  return new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/productos',
      async ({ query, identidad, request, set }) => {
        set.headers['cache-control'] = 'no-cache'
        const { ids, skus } = query
        if (ids !== undefined) {
          const pedidos = idsDe({ ...query, ids })
          const hallados = await store.porIds(pedidos.ids, pedidos.palabras)
          chargeAnswer(request, pesoDeTodos(hallados))
          return { datos: vistas(hallados), siguiente: null }
        }
        if (skus !== undefined) {
          const hallados = await store.porSkus(skusDe({ ...query, skus }))
          chargeAnswer(request, pesoDeTodos(hallados))
          const todos = identidad && (identidad.tipo === 'servicio' || esPersonal(identidad))
          const visibles = todos ? hallados : hallados.filter(({ activo }) => activo)
          return { datos: vistas(visibles), siguiente: null }
        }
        if (query.archivados === true) {
          if (!identidad) return rechazar('no-autenticado', soloPersonal)
          if (!esPersonal(identidad)) return rechazar('prohibido', soloPersonal)
        }
        const busqueda = busquedaDe(query)
        const pagina = toPagina(
          await store.buscar(busqueda),
          busqueda.limite,
          ({ producto }) => vista(producto, moneda),
          ({ lugar }) => lugar,
          ({ producto }) => pesoDe(producto),
        )
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
        const producto = await store.porId(params.id)
        if (!producto) return rechazar('no-encontrado', productoInexistente)
        set.headers.etag = etag(producto.version)
        set.headers['cache-control'] = 'no-cache'
        return vista(producto, moneda)
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
        const { limite = limitePorDefecto } = query
        const pagina = { limite, antesDe: antesDe(query.cursor) }
        const filas = await store.precios(params.id, pagina)
        if (!filas) return rechazar('no-encontrado', productoInexistente)
        return toPagina(
          filas,
          limite,
          ({ precio, desde, usuarioId }) => ({ precio, moneda, desde: instante(desde), usuarioId }),
          ({ n }) => ['precios', n],
        )
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
        return { datos: [...(await store.categorias())] }
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
}
