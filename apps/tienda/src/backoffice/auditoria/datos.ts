import { infiniteQueryOptions } from '@tanstack/react-query'
import { cliente, con, pedir, problemaDe } from '../../api.ts'
import { buscada, type Opciones } from '../../datos/listas.ts'
import { type Lecturas, type Linea, mezclar, type Pagina } from './mezcla.ts'

/** What the list shows, as its address says it. */
export interface FiltrosAuditoria {
  readonly accion?: string
  readonly actorId?: string
  readonly sujetoId?: string
}

/** A line of a service's log. */
interface ApunteDeServicio extends Linea {
  readonly accion: string
  readonly actorId: string | null
  readonly sujetoId: string | null
  readonly red: string | null
  readonly detalle: string | null
}

const limite = 50

type Consulta = FiltrosAuditoria & { readonly cursor?: string }

/** The services that note what staff do. */
const registros = {
  auth: (query: Consulta, opciones: Opciones) =>
    pedir(cliente().auth.auditoria.get({ query: { limite, ...query }, ...opciones })),
  productos: (query: Consulta, opciones: Opciones) =>
    pedir(cliente().productos.auditoria.get({ query: { limite, ...query }, ...opciones })),
  inventario: (query: Consulta, opciones: Opciones) =>
    pedir(cliente().inventario.auditoria.get({ query: { limite, ...query }, ...opciones })),
  pedidos: (query: Consulta, opciones: Opciones) =>
    pedir(cliente().pedidos.auditoria.get({ query: { limite, ...query }, ...opciones })),
  pagos: (query: Consulta, opciones: Opciones) =>
    pedir(cliente().pagos.auditoria.get({ query: { limite, ...query }, ...opciones })),
} satisfies Record<
  string,
  (query: Consulta, opciones: Opciones) => Promise<Pagina<ApunteDeServicio>>
>
export type Servicio = keyof typeof registros
export const servicios = Object.keys(registros) as Servicio[]

export type Apunte = ApunteDeServicio & { readonly servicio: Servicio }

/** A service of before may have no log, and a shop without payments no pagos. */
async function siLoHay(pagina: Promise<Pagina<ApunteDeServicio>>) {
  try {
    return await pagina
  } catch (error) {
    if (problemaDe(error)?.status === 404) return { datos: [], siguiente: null }
    throw error
  }
}

/** @param de the services that are asked: others know no such action */
export const opcionesAuditoria = (filtros: FiltrosAuditoria, de: readonly Servicio[]) =>
  infiniteQueryOptions({
    queryKey: ['auditoria', filtros],
    initialPageParam: {} as Lecturas<Servicio, ApunteDeServicio>,
    getNextPageParam: ({ siguiente }: Awaited<ReturnType<typeof leer>>) => siguiente,
    queryFn: ({ pageParam, signal }) => leer(filtros, de, pageParam, con(signal)),
    ...buscada,
  })

const leer = (
  filtros: FiltrosAuditoria,
  de: readonly Servicio[],
  lecturas: Lecturas<Servicio, ApunteDeServicio>,
  opciones: Opciones,
) =>
  mezclar(
    de.map((servicio) => ({
      servicio,
      pedir: (cursor: string | undefined) =>
        siLoHay(registros[servicio]({ ...filtros, ...(cursor && { cursor }) }, opciones)),
    })),
    lecturas,
  )
