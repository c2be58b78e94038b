import { type InfiniteData, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { EventoSeguido, Pedido } from '@encargo/client'
import { cliente, con, pedir } from '../../api.ts'
import { definidos } from '../../datos/filtros.ts'
import { buscada, type Cursor, enPaginas, type Opciones } from '../../datos/listas.ts'
import { diaDe, inicioDelDia } from './dias.ts'
import { alDia, type EstadoPedido, estadosPedido } from '../../datos/pedidos.ts'

/** What the board shows, as its address says it: days of the shop's calendar. */
export interface FiltrosPedidos {
  readonly estado?: string
  readonly clienteId?: string
  readonly desde?: string
  readonly hasta?: string
  readonly q?: string
}

interface PaginaPedidos {
  readonly datos: readonly Pedido[]
  readonly siguiente: string | null
}

const porPagina = 50
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const leerEstado = (texto: string | undefined): EstadoPedido | undefined =>
  estadosPedido.find((uno) => uno === texto)

/** In the place of a state: pending orders, those first that cancel themselves first. */
export const porVencer = 'por-vencer'

/** What pedidos is asked for; what is no filter is left out. */
function consultaDe({ estado, clienteId, desde, hasta, q }: FiltrosPedidos, zona: string) {
  const soloPorVencer = estado === porVencer
  const elegido = soloPorVencer ? 'Pendiente' : leerEstado(estado)
  const desdeEn = inicioDelDia(zona, desde)
  const hastaEn = inicioDelDia(zona, hasta, 1)
  // A search and a span of days have an order of their own.
  const porPlazo = soloPorVencer && [q, desdeEn, hastaEn].every((uno) => uno === undefined)
  return definidos({
    estado: elegido,
    clienteId: clienteId !== undefined && uuid.test(clienteId) ? clienteId : undefined,
    desde: desdeEn,
    hasta: hastaEn,
    q,
    orden: porPlazo ? ('expiraEn' as const) : undefined,
  })
}

const claveTablero = ['pedidos', 'tablero'] as const

/** Everybody's orders, newest first. */
export const opcionesTablero = (filtros: FiltrosPedidos, zona: string) => {
  const consulta = consultaDe(filtros, zona)
  const pedirPagina = (cursor: Cursor, opciones: Opciones): Promise<PaginaPedidos> => {
    const query = { limite: porPagina, ...consulta, ...cursor }
    return pedir(cliente().pedidos.pedidos.get({ query, ...opciones }))
  }
  return enPaginas([...claveTablero, consulta], pedirPagina, buscada)
}

/** Shows a change on the board at once; what else it brings along, the next answer tells. */
export function aplicarEvento(consultas: QueryClient, evento: EventoSeguido): void {
  consultas.setQueriesData<InfiniteData<PaginaPedidos>>({ queryKey: claveTablero }, (antes) => {
    if (antes === undefined) return antes
    const pages = antes.pages.map((pagina) => ({
      ...pagina,
      datos: pagina.datos.map((pedido) => alDia(pedido, evento)),
    }))
    return { ...antes, pages }
  })
}

const diaMs = 24 * 60 * 60 * 1000
/** The service takes up to 30 days from its own now. */
const maximoMs = 30 * diaMs - 60_000

/** When an order that is held for so many days more cancels itself. */
export const guardadoHasta = (expiraEn: string, dias: number, ahora: number) =>
  new Date(Math.min(Date.parse(expiraEn) + dias * diaMs, ahora + maximoMs)).toISOString()

export async function guardarPedido(pedido: Pedido, dias: number): Promise<Pedido> {
  // One that no clock ends is held already.
  if (pedido.expiraEn === null) return pedido
  const body = { expiraEn: guardadoHasta(pedido.expiraEn, dias, Date.now()) }
  return await pedir(cliente().pedidos.pedidos({ id: pedido.id }).prorrogar.post(body))
}

export async function completarPedido(id: string): Promise<Pedido> {
  return await pedir(cliente().pedidos.pedidos({ id }).patch({ estado: 'Completado' }))
}

const pedirHistoria = (id: string, signal: AbortSignal) =>
  pedir(cliente().pedidos.pedidos({ id }).explicacion.get(con(signal)))
export type Suceso = Awaited<ReturnType<typeof pedirHistoria>>['sucesos'][number]

export const opcionesHistoria = (id: string) =>
  queryOptions({
    // Under `pedidos`: whatever changes the order adds to its story.
    queryKey: ['pedidos', 'historia', id],
    queryFn: ({ signal }) => pedirHistoria(id, signal),
  })

/** Whether it is a sale of today, by the shop's days, that stands: only such a one can be voided. */
export function seAnula(
  { estado, anulado, historial }: Pick<Pedido, 'estado' | 'anulado' | 'historial'>,
  zona: string,
  ahora: number,
): boolean {
  if (estado !== 'Completado' || anulado !== null) return false
  const venta = historial.find((uno) => uno.estado === 'Completado' && uno.tipo === undefined)
  return venta !== undefined && diaDe(zona, Date.parse(venta.en), 0) === diaDe(zona, ahora, 0)
}

export const anularPedido = (id: string, motivo: string): Promise<Pedido> =>
  pedir(cliente().pedidos.pedidos({ id }).anulacion.post({ motivo }))

const notasPorPagina = 20

/** What staff said of an order, newest first; not under `pedidos`, as nothing else changes it. */
export const opcionesNotas = (id: string) =>
  enPaginas(['notas', id], (cursor, opciones) => {
    const query = { limite: notasPorPagina, ...cursor }
    return pedir(
      cliente()
        .pedidos.pedidos({ id })
        .notas.get({ query, ...opciones }),
    )
  })

export const anotarPedido = (id: string, texto: string) =>
  pedir(cliente().pedidos.pedidos({ id }).notas.post({ texto }))
