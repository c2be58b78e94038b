import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { con, pedir, visitante } from '../api.ts'
import { consultaCatalogo, consultaDisponibles } from './consultas.ts'
import { saberMoneda } from './moneda.ts'
import type { Filtros } from './filtros.ts'

/** What the services take in one call. */
const idsPorLlamada = 200

async function pedirPagina(filtros: Filtros, cursor: string | null, signal: AbortSignal) {
  const query = { ...consultaCatalogo(filtros), ...(cursor === null ? {} : { cursor }) }
  const pagina = await pedir(visitante().productos.productos.get({ query, ...con(signal) }))
  saberMoneda(pagina.datos)
  return pagina
}

export type Producto = Awaited<ReturnType<typeof pedirPagina>>['datos'][number]

export const opcionesCatalogo = (filtros: Filtros) =>
  infiniteQueryOptions({
    queryKey: ['productos', 'lista', filtros],
    queryFn: ({ pageParam, signal }) => pedirPagina(filtros, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ siguiente }) => siguiente,
    // What was there stays while the next search is on its way.
    placeholderData: keepPreviousData,
  })

export const opcionesCategorias = () =>
  queryOptions({
    queryKey: ['productos', 'categorias'],
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) =>
      (await pedir(visitante().productos.categorias.get(con(signal)))).datos,
  })

export const opcionesProducto = (id: string) =>
  queryOptions({
    queryKey: ['productos', 'uno', id],
    queryFn: async ({ signal }) => {
      const producto = await pedir(visitante().productos.productos({ id }).get(con(signal)))
      saberMoneda([producto])
      return producto
    },
  })

/** As many at a time as a service takes. */
export function enTandas(ids: readonly string[]): string[][] {
  const tandas: string[][] = []
  for (let desde = 0; desde < ids.length; desde += idsPorLlamada) {
    tandas.push(ids.slice(desde, desde + idsPorLlamada))
  }
  return tandas
}

/** Products by id; the unknown ones are missing. */
export const opcionesPorIds = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ['productos', 'ids', ids],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const paginas = await Promise.all(
        enTandas(ids).map((tanda) =>
          pedir(
            visitante().productos.productos.get({
              query: { ids: tanda.join(',') },
              ...con(signal),
            }),
          ),
        ),
      )
      const productos = paginas.flatMap(({ datos }) => datos)
      saberMoneda(productos)
      return new Map(productos.map((uno) => [uno.id, uno]))
    },
  })

/** How many of each can be bought right now. */
export const opcionesDisponibles = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ['disponibles', ids],
    staleTime: 10_000,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const respuestas = await Promise.all(
        enTandas(ids).map((tanda) => {
          const query = consultaDisponibles(tanda)
          return pedir(visitante().inventario.disponibilidad.get({ query, ...con(signal) }))
        }),
      )
      const datos = respuestas.flatMap((una) => una.datos)
      return new Map(datos.map(({ productoId, disponible }) => [productoId, disponible]))
    },
  })
