import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { con, pedir, visitante } from '../api.ts'
import { consultaCatalogo } from './consultas.ts'
import { buscada, type Cursor, enPaginas, enTandas, type Opciones } from './listas.ts'
import { saberMoneda } from './moneda.ts'
import type { Filtros } from './filtros.ts'

async function pedirProducto(id: string, signal: AbortSignal) {
  const producto = await pedir(visitante().productos.productos({ id }).get(con(signal)))
  saberMoneda([producto])
  return producto
}
export type Producto = Awaited<ReturnType<typeof pedirProducto>>

export const opcionesCatalogo = (filtros: Filtros) => {
  const pedirPagina = async (cursor: Cursor, opciones: Opciones) => {
    const query = { ...consultaCatalogo(filtros), ...cursor }
    const pagina = await pedir(visitante().productos.productos.get({ query, ...opciones }))
    saberMoneda(pagina.datos)
    return pagina
  }
  return enPaginas(['productos', 'lista', filtros], pedirPagina, buscada)
}

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
    queryFn: ({ signal }) => pedirProducto(id, signal),
  })

/** Products by id; the unknown ones are missing. */
export const opcionesPorIds = (todos: readonly string[]) =>
  queryOptions({
    queryKey: ['productos', 'ids', todos],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const productos = await enTandas(todos, (ids) =>
        pedir(visitante().productos.productos.get({ query: { ids }, ...con(signal) })),
      )
      saberMoneda(productos)
      return new Map(productos.map((uno) => [uno.id, uno]))
    },
  })

/** How many of each can be bought right now. */
export const opcionesDisponibles = (todos: readonly string[]) =>
  queryOptions({
    queryKey: ['disponibles', todos],
    staleTime: 10_000,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const datos = await enTandas(todos, (ids) =>
        pedir(visitante().inventario.disponibilidad.get({ query: { ids }, ...con(signal) })),
      )
      return new Map(datos.map(({ productoId, disponible }) => [productoId, disponible]))
    },
  })
