import {
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useInfiniteQuery,
} from '@tanstack/react-query'
import { cliente, con, pedir, problemaDe } from '../../api.ts'
import {
  buscada,
  type Cursor,
  enPaginas,
  enTandas,
  idsPorLlamada,
  type Opciones,
} from '../../datos/listas.ts'
import type { Producto } from '../../datos/productos.ts'
import type { Intento } from '../../formularios/intento.ts'
import { pedirConVersion } from '../datos/version.ts'

/** What the list shows, as its address says it. */
export interface FiltrosExistencias {
  readonly q?: string
  readonly bajo?: string
  readonly orden?: string
}

/** By name, productos goes through what is for sale; the others are inventario's own. */
export const ordenesExistencias = [
  'disponible',
  '-disponible',
  'nombre',
  '-actualizadoEn',
  'actualizadoEn',
] as const
export type OrdenExistencias = (typeof ordenesExistencias)[number]

/**
 * What the list is ordered by. Undefined for what words find best, which productos alone can tell;
 * and what is low, inventario alone, which knows no names.
 */
export function ordenDe({ q, bajo, orden }: FiltrosExistencias): OrdenExistencias | undefined {
  const soloBajas = bajo === 'true'
  if (q !== undefined && !soloBajas) return undefined
  const elegido = ordenesExistencias.find((uno) => uno === orden) ?? 'disponible'
  return soloBajas && elegido === 'nombre' ? 'disponible' : elegido
}

const porPagina = 50

type Consulta = NonNullable<
  NonNullable<Parameters<ReturnType<typeof cliente>['inventario']['inventario']['get']>[0]>['query']
>

const pedirExistencias = (query: Consulta, opciones: Opciones) =>
  pedir(cliente().inventario.inventario.get({ query, ...opciones }))
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
interface Pedida {
  readonly cursor: Cursor
  readonly opciones: Opciones
}

/** Products by id, as the lines of a page need them; those without the words of `q` are left out. */
async function nombres(ids: readonly string[], opciones: Opciones, q?: string) {
  if (ids.length === 0) return new Map<string, Producto>()
  const query = { ids: ids.join(','), ...(q === undefined ? {} : { q }) }
  const { datos } = await pedir(cliente().productos.productos.get({ query, ...opciones }))
  return new Map(datos.map((uno) => [uno.id, uno]))
}

type Propio = Exclude<OrdenExistencias, 'nombre'>

/** Without productos, lines have no names. */
export async function paginaDeInventario(query: Consulta, opciones: Opciones) {
  const { datos, siguiente } = await pedirExistencias(query, opciones)
  const ids = datos.map(({ productoId }) => productoId)
  const conocidos = await nombres(ids, opciones).catch(() => new Map<string, Producto>())
  const filas = datos.map((existencia) => ({
    productoId: existencia.productoId,
    producto: conocidos.get(existencia.productoId),
    existencia,
  }))
  return { datos: filas, siguiente }
}

/** What is low is few beside the catalogue: its words are looked for among those, not the other way. */
async function paginaDeBajas(q: string, orden: Propio, pedida: Pedida): Promise<Pagina> {
  const { cursor, opciones } = pedida
  // Only some rows of a page stay, so more are asked for.
  const query = { bajoMinimo: true, orden, limite: idsPorLlamada, ...cursor }
  const { datos, siguiente } = await pedirExistencias(query, opciones)
  const ids = datos.map(({ productoId }) => productoId)
  const hallados = await nombres(ids, opciones, q)
  const filas = datos.flatMap((existencia) => {
    const producto = hallados.get(existencia.productoId)
    return producto ? [{ productoId: producto.id, producto, existencia }] : []
  })
  // Two hundred among which no name fits say nothing of those after them.
  if (filas.length > 0 || siguiente === null) return { datos: filas, siguiente }
  return await paginaDeBajas(q, orden, { cursor: { cursor: siguiente }, opciones })
}

/** From among products, so also what has no stock on record is found. */
async function paginaDeProductos(
  consulta: { readonly q: string } | { readonly orden: 'nombre' },
  { cursor, opciones }: Pedida,
): Promise<Pagina> {
  const query = { ...consulta, limite: porPagina, ...cursor }
  const { datos, siguiente } = await pedir(
    cliente().productos.productos.get({ query, ...opciones }),
  )
  const ids = datos.map(({ id }) => id)
  const existencias = await pedirExistenciasDe(ids, opciones)
  const filas = datos.map((producto) => ({
    productoId: producto.id,
    producto,
    existencia: existencias.get(producto.id) ?? null,
  }))
  return { datos: filas, siguiente }
}

/** The stock of each of these that has any on record. */
async function pedirExistenciasDe(todos: readonly string[], opciones: Opciones) {
  const halladas = await enTandas(todos, (ids) =>
    pedirExistencias({ ids, limite: idsPorLlamada }, opciones),
  )
  return new Map(halladas.map((una) => [una.productoId, una]))
}

export const opcionesExistenciasDe = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ['existencias', 'de', ids],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => pedirExistenciasDe(ids, con(signal)),
  })

/** What is really there: what was counted, also if more than that is promised. */
export const hayDe = ({ fisico, faltan }: Pick<Existencia, 'fisico' | 'faltan'>) => fisico - faltan

/** As inventario means it: what is free has come down to what there should at least be. */
export const esBaja = ({ disponible, umbralMinimo }: Existencia) => disponible <= umbralMinimo

function paginaDe(filtros: FiltrosExistencias, pedida: Pedida): Promise<Pagina> {
  const { q = '', bajo } = filtros
  const orden = ordenDe(filtros)
  if (orden === undefined) return paginaDeProductos({ q }, pedida)
  if (orden === 'nombre') return paginaDeProductos({ orden }, pedida)
  const consulta = { orden, limite: porPagina, ...pedida.cursor }
  if (bajo !== 'true') return paginaDeInventario(consulta, pedida.opciones)
  return q === ''
    ? paginaDeInventario({ ...consulta, bajoMinimo: true }, pedida.opciones)
    : paginaDeBajas(q, orden, pedida)
}

export const opcionesListaExistencias = (filtros: FiltrosExistencias) => {
  const { q = '', bajo } = filtros
  const clave = ['existencias', 'lista', q, bajo === 'true', ordenDe(filtros)]
  return enPaginas(clave, (cursor, opciones) => paginaDe(filtros, { cursor, opciones }), buscada)
}

/** Null: the product has no stock on record yet. */
export const opcionesExistencia = (productoId: string) =>
  queryOptions({
    queryKey: ['existencias', 'una', productoId],
    queryFn: async ({ signal }): Promise<Existencia | null> => {
      // Asked for as a list: there, to have none is no failure.
      const { datos } = await pedirExistencias({ limite: 1, ids: productoId }, con(signal))
      return datos[0] ?? null
    },
  })

function pedirMovimientos(productoId: string, cursor: Cursor, opciones: Opciones) {
  const { movimientos } = cliente().inventario.inventario({ productoId })
  return pedir(movimientos.get({ query: { limite: 30, ...cursor }, ...opciones }))
}
export type Movimiento = Awaited<ReturnType<typeof pedirMovimientos>>['datos'][number]

/** The ledger, newest first. */
export const opcionesMovimientos = (productoId: string) =>
  enPaginas(['existencias', 'movimientos', productoId], (cursor, opciones) =>
    pedirMovimientos(productoId, cursor, opciones),
  )

/** What a count says of the ledger that whoever counts has before them; nothing before it is there. */
export function useUltimoVisto(productoId: string) {
  const { data } = useInfiniteQuery(opcionesMovimientos(productoId))
  return data && { ultimoMovimiento: data.pages[0]?.datos[0]?.id ?? null }
}

/** The orders that a product's units are promised to, newest first. */
export const opcionesReservasDe = (productoId: string) =>
  enPaginas(['existencias', 'reservas', productoId], (cursor, opciones) => {
    const { reservas } = cliente().inventario.inventario({ productoId })
    return pedir(reservas.get({ query: { limite: 20, ...cursor }, ...opciones }))
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
      return await pedir(una.patch({ umbralMinimo }, { headers: { 'if-match': version } }))
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
