import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'
import { buscada, type Cursor, enPaginas, type Opciones } from '../../datos/listas.ts'
import { saberMoneda } from '../../datos/moneda.ts'
import { opcionesProducto, type Producto } from '../../datos/productos.ts'
import { definidos, ordenes } from '../../datos/filtros.ts'
import { type AlAvanzar, cuerpoSeguido } from '../../formularios/subida.ts'
import { type ConVersion, pedirConVersion } from '../datos/version.ts'
import type { Ficha } from './ficha.ts'

/** What the list shows, as its address says it. */
export interface FiltrosProductos {
  readonly q?: string
  readonly categoria?: string
  readonly archivados?: string
  readonly orden?: string
}

const porPagina = 50

const consultaDe = ({ q, categoria, archivados, orden }: FiltrosProductos) =>
  definidos({
    q,
    categoria: categoria?.slice(0, 100),
    archivados: archivados === 'true' ? true : undefined,
    orden: ordenes.find((uno) => uno === orden),
  })

export const opcionesListaProductos = (filtros: FiltrosProductos) => {
  const consulta = consultaDe(filtros)
  const pedirPagina = async (cursor: Cursor, opciones: Opciones) => {
    const query = { limite: porPagina, ...consulta, ...cursor }
    const pagina = await pedir(cliente().productos.productos.get({ query, ...opciones }))
    saberMoneda(pagina.datos)
    return pagina
  }
  return enPaginas(['productos', 'gestion', consulta], pedirPagina, buscada)
}

/** A product as it was read: whoever saves it says which state was seen. */
export type Leido = ConVersion<Producto>

const uno = (id: string) => cliente().productos.productos({ id })

/** Read for editing: always as it is at this moment. */
export async function leerProducto(id: string, signal?: AbortSignal): Promise<Leido> {
  const leido = await pedirConVersion(uno(id).get(signal && con(signal)))
  saberMoneda([leido.datos])
  return leido
}

export const opcionesLeido = (id: string) =>
  queryOptions({
    queryKey: ['productos', 'leido', id],
    // What is being edited does not change under the hands of who edits it.
    staleTime: Infinity,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) => leerProducto(id, signal),
  })

export const crearProducto = (ficha: Ficha): Promise<Leido> =>
  pedirConVersion(cliente().productos.productos.post(ficha))

export interface Edicion {
  readonly id: string
  /** What the editor saw: another state is refused with `version-distinta`. */
  readonly version: string
}

export const editarProducto = (
  { id, version }: Edicion,
  cambios: Partial<Ficha> & { readonly activo?: boolean },
): Promise<Leido> => pedirConVersion(uno(id).patch(cambios, { headers: { 'if-match': version } }))

export function subirImagen(
  { id, version }: Edicion,
  imagen: File,
  alAvanzar: AlAvanzar,
): Promise<Leido> {
  const { fetch, tipo } = cuerpoSeguido(imagen, imagen.type, alAvanzar)
  const headers = { 'if-match': version, ...tipo }
  return pedirConVersion(uno(id).imagen.put(undefined, { headers, fetch }))
}

/** After a change: what is shown of products anywhere is asked for again. */
export function recordarLeido(consultas: QueryClient, leido: Leido): void {
  const { id } = leido.datos
  consultas.setQueryData(opcionesLeido(id).queryKey, leido)
  consultas.setQueryData(opcionesProducto(id).queryKey, leido.datos)
  void consultas.invalidateQueries({
    queryKey: ['productos'],
    predicate: ({ queryKey }) => queryKey[1] !== 'leido',
  })
}

export const opcionesPrecios = (id: string) =>
  enPaginas(['productos', 'precios', id], (cursor, opciones) => {
    return pedir(uno(id).precios.get({ query: { limite: 20, ...cursor }, ...opciones }))
  })

/** Learns the shop's currency: of a product or, where there are none yet, of the orders' summary. */
export const opcionesMoneda = () =>
  queryOptions({
    queryKey: ['moneda'],
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const query = { limite: 1 }
      const { datos } = await pedir(cliente().productos.productos.get({ query, ...con(signal) }))
      const alguno = datos[0] ?? (await pedir(cliente().pedidos.pedidos.resumen.get(con(signal))))
      saberMoneda([alguno])
      return alguno.moneda
    },
  })
