import {
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useInfiniteQuery,
} from '@tanstack/react-query'
import { cliente, con, pedir, problemaDe } from '../../api.ts'
import type { Producto } from '../../datos/productos.ts'
import type { Intento } from '../../formularios/intento.ts'
import { pedirConVersion } from '../datos/version.ts'

/** What the list shows, as its address says it. */
export interface FiltrosExistencias {
  readonly q?: string
  readonly bajo?: string
}

const porPagina = 50

async function pedirExistencias(
  query: { readonly limite: number; bajoMinimo?: true; ids?: string; cursor?: string },
  signal: AbortSignal,
) {
  return await pedir(cliente().inventario.inventario.get({ query, ...con(signal) }))
}
export type Existencia = Awaited<ReturnType<typeof pedirExistencias>>['datos'][number]

/** A line of the list. Whatever has no stock on record yet can be given some. */
export interface Fila {
  readonly productoId: string
  /** Undefined while it is asked for, and when the catalogue does not know it. */
  readonly producto: Producto | undefined
  readonly existencia: Existencia | null
}
interface Pagina {
  readonly datos: readonly Fila[]
  readonly siguiente: string | null
}
type Pedida = {
  readonly bajo: boolean
  readonly cursor: string | null
  readonly signal: AbortSignal
}

/** Products by id, as the lines of a page need them; without productos, lines have no names. */
async function nombres(ids: readonly string[], signal: AbortSignal) {
  if (ids.length === 0) return new Map<string, Producto>()
  const query = { ids: ids.join(','), limite: ids.length }
  const { datos } = await pedir(cliente().productos.productos.get({ query, ...con(signal) }))
  return new Map(datos.map((uno) => [uno.id, uno]))
}

async function paginaDeInventario({ bajo, cursor, signal }: Pedida): Promise<Pagina> {
  const query = {
    limite: porPagina,
    ...(bajo ? ({ bajoMinimo: true } as const) : {}),
    ...(cursor === null ? {} : { cursor }),
  }
  const { datos, siguiente } = await pedirExistencias(query, signal)
  const ids = datos.map(({ productoId }) => productoId)
  const conocidos = await nombres(ids, signal).catch(() => new Map<string, Producto>())
  const filas = datos.map((existencia) => ({
    productoId: existencia.productoId,
    producto: conocidos.get(existencia.productoId),
    existencia,
  }))
  return { datos: filas, siguiente }
}

/** Searched for among products, so also what has no stock on record is found. */
async function paginaDeBusqueda(q: string, pedida: Pedida): Promise<Pagina> {
  const { bajo, cursor, signal } = pedida
  const query = { q, limite: porPagina, ...(cursor === null ? {} : { cursor }) }
  const hallados = await pedir(cliente().productos.productos.get({ query, ...con(signal) }))
  const ids = hallados.datos.map(({ id }) => id).join(',')
  const { datos } =
    ids === '' ? { datos: [] } : await pedirExistencias({ limite: porPagina, ids }, signal)
  const porId = new Map(datos.map((una) => [una.productoId, una]))
  const filas = hallados.datos
    .map((producto) => ({
      productoId: producto.id,
      producto,
      existencia: porId.get(producto.id) ?? null,
    }))
    .filter(({ existencia }) => !bajo || (existencia !== null && esBaja(existencia)))
  // A page on which nothing is low says nothing of those after it.
  if (filas.length > 0 || hallados.siguiente === null) {
    return { datos: filas, siguiente: hallados.siguiente }
  }
  return await paginaDeBusqueda(q, { ...pedida, cursor: hallados.siguiente })
}

/** What is really there: what was counted, also if more than that is promised. */
export const hayDe = ({ fisico, faltan }: Pick<Existencia, 'fisico' | 'faltan'>) => fisico - faltan

/** As inventario means it: what is free has come down to what there should at least be. */
export const esBaja = ({ disponible, umbralMinimo }: Existencia) => disponible <= umbralMinimo

export const opcionesListaExistencias = ({ q, bajo }: FiltrosExistencias) =>
  infiniteQueryOptions({
    queryKey: ['existencias', 'lista', q ?? '', bajo === 'true'],
    initialPageParam: null as string | null,
    getNextPageParam: ({ siguiente }: Pagina) => siguiente,
    placeholderData: keepPreviousData,
    queryFn: async ({ pageParam, signal }): Promise<Pagina> => {
      const pedida = { bajo: bajo === 'true', cursor: pageParam, signal }
      return q === undefined ? await paginaDeInventario(pedida) : await paginaDeBusqueda(q, pedida)
    },
  })

/** Null: the product has no stock on record yet. */
export const opcionesExistencia = (productoId: string) =>
  queryOptions({
    queryKey: ['existencias', 'una', productoId],
    queryFn: async ({ signal }): Promise<Existencia | null> => {
      // Asked for as a list: there, to have none is no failure.
      const { datos } = await pedirExistencias({ limite: 1, ids: productoId }, signal)
      return datos[0] ?? null
    },
  })

async function pedirMovimientos(productoId: string, cursor: string | null, signal: AbortSignal) {
  const query = { limite: 30, ...(cursor === null ? {} : { cursor }) }
  return await pedir(
    cliente()
      .inventario.inventario({ productoId })
      .movimientos.get({ query, ...con(signal) }),
  )
}
export type Movimiento = Awaited<ReturnType<typeof pedirMovimientos>>['datos'][number]

/** The ledger, newest first. */
export const opcionesMovimientos = (productoId: string) =>
  infiniteQueryOptions({
    queryKey: ['existencias', 'movimientos', productoId],
    initialPageParam: null as string | null,
    getNextPageParam: ({ siguiente }: { siguiente: string | null }) => siguiente,
    queryFn: ({ pageParam, signal }) => pedirMovimientos(productoId, pageParam, signal),
  })

/** What a count says of the ledger that whoever counts has before them; nothing before it is there. */
export function useUltimoVisto(productoId: string) {
  const { data } = useInfiniteQuery(opcionesMovimientos(productoId))
  return data && { ultimoMovimiento: data.pages[0]?.datos[0]?.id ?? null }
}

/** The orders that a product's units are promised to, newest first. */
export const opcionesReservasDe = (productoId: string) =>
  infiniteQueryOptions({
    queryKey: ['existencias', 'reservas', productoId],
    initialPageParam: null as string | null,
    getNextPageParam: ({ siguiente }: { siguiente: string | null }) => siguiente,
    queryFn: ({ pageParam, signal }) => {
      const query = { limite: 20, ...(pageParam === null ? {} : { cursor: pageParam }) }
      return pedir(
        cliente()
          .inventario.inventario({ productoId })
          .reservas.get({ query, ...con(signal) }),
      )
    },
  })

export async function abrirExistencia(alta: {
  readonly productoId: string
  readonly cantidad: number
  readonly umbralMinimo: number
}): Promise<Existencia> {
  return await pedir(cliente().inventario.inventario.post(alta))
}

export interface Cambio {
  readonly tipo: 'ENTRADA' | 'SALIDA' | 'AJUSTE'
  readonly cantidad: number
  readonly motivo?: string
  readonly ultimoMovimiento?: string | null
}

/** Books `cambio` once, however often it is tried. */
export const cambiarExistencia = (intento: Intento, productoId: string, cambio: Cambio) =>
  intento.hacer({ productoId, cambio }, async (clave): Promise<Existencia> => {
    const headers = { 'idempotency-key': clave }
    return await pedir(cliente().inventario.inventario({ productoId }).patch(cambio, { headers }))
  })

/** Tells whoever edits a threshold that somebody else has changed it meanwhile. */
export class UmbralCambiado extends Error {
  readonly ahora: number

  constructor(ahora: number) {
    super('the threshold has changed')
    this.ahora = ahora
  }
}

/** How often a threshold is tried again because something else of the stock has changed. */
const intentosDeUmbral = 5

/**
 * Sets the threshold if it is still what was seen. Its version counts sales as well, so another one
 * is looked at: only another threshold is a reason to ask.
 * @throws UmbralCambiado
 */
export async function cambiarUmbral(
  { productoId, umbralMinimo: visto }: Existencia,
  umbralMinimo: number,
): Promise<Existencia> {
  const una = cliente().inventario.inventario({ productoId })
  for (let intento = 1; ; intento++) {
    const { datos, version } = await pedirConVersion(una.get())
    if (datos.umbralMinimo === umbralMinimo) return datos
    if (datos.umbralMinimo !== visto) throw new UmbralCambiado(datos.umbralMinimo)
    try {
      return await pedir(una.patch({ umbralMinimo }, { headers: { 'if-match': version ?? '*' } }))
    } catch (error) {
      const tarde = problemaDe(error)?.codigo === 'version-distinta'
      if (!tarde || intento === intentosDeUmbral) throw error
    }
  }
}

/** After a change: shown at once, and what else follows from it is asked for again. */
export function recordarExistencia(consultas: QueryClient, existencia: Existencia): void {
  consultas.setQueryData(opcionesExistencia(existencia.productoId).queryKey, existencia)
  void consultas.invalidateQueries({ queryKey: ['existencias'] })
  void consultas.invalidateQueries({ queryKey: ['disponibles'] })
}
