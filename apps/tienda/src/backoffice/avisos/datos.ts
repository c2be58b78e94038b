import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'
import { type Cursor, enPaginas, type Opciones } from '../../datos/listas.ts'
import type { ConVersion } from '../datos/version.ts'

const ajustes = () => cliente().pedidos.ajustes.avisos

const pedirAjustes = (signal?: AbortSignal) => pedir(ajustes().get(signal && con(signal)))
type Vistos = Awaited<ReturnType<typeof pedirAjustes>>
/** What a shop sets about its mails. */
export type AjustesAvisos = Omit<Vistos, 'version'>
export type TipoAviso = keyof AjustesAvisos['tipos']

function conVersion({ version, ...datos }: Vistos): ConVersion<AjustesAvisos> {
  return { datos, version: `"${version}"` }
}

export const opcionesAjustes = () =>
  queryOptions({
    queryKey: ['avisos', 'ajustes'],
    // What is being edited does not change under the hands of who edits it.
    staleTime: Infinity,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    queryFn: async ({ signal }) => conVersion(await pedirAjustes(signal)),
  })

/** How the form reads and writes them. */
export const edicion = {
  leer: async () => conVersion(await pedirAjustes()),
  async enviar(_: Partial<AjustesAvisos>, version: string, enteros: AjustesAvisos) {
    const headers = { 'if-match': version }
    return conVersion(await pedir(ajustes().put(enteros, { headers })))
  },
} as const

type Estado = 'fallido' | 'por-enviar'

/** Mails that have not gone out, the newest first. */
export const opcionesAtascados = (estado: Estado) =>
  enPaginas(['avisos', 'atascados', estado], (cursor: Cursor, opciones: Opciones) => {
    const query = { estado, limite: 20, ...cursor }
    return pedir(cliente().pedidos.avisos.get({ query, ...opciones }))
  })

const pedirDePedido = (id: string, signal: AbortSignal) =>
  pedir(cliente().pedidos.pedidos({ id }).avisos.get(con(signal)))
export type Aviso = Awaited<ReturnType<typeof pedirDePedido>>['datos'][number]

/** The mails of an order, the oldest first; under `pedidos`, as what changes the order makes more. */
export const opcionesDePedido = (id: string) =>
  queryOptions({
    queryKey: ['pedidos', 'avisos', id],
    queryFn: async ({ signal }) => (await pedirDePedido(id, signal)).datos,
  })

/** Sends one once more, with what its order says now. */
export async function reenviar(
  consultas: QueryClient,
  pedidoId: string,
  aviso: number,
): Promise<void> {
  const suyos = cliente().pedidos.pedidos({ id: pedidoId }).avisos
  await pedir(suyos({ aviso: String(aviso) }).reenviar.post())
  void consultas.invalidateQueries({ queryKey: ['avisos', 'atascados'] })
  void consultas.invalidateQueries({ queryKey: ['pedidos', 'avisos'] })
}

/** The id of an order by its number; undefined where there is none any more. */
export async function idDePedido(numero: number): Promise<string | undefined> {
  const query = { q: `Pedido ${numero}`, limite: 20 }
  const { datos } = await pedir(cliente().pedidos.pedidos.get({ query }))
  return datos.find((uno) => uno.numero === numero)?.id
}

/** A mail as it would go out now, about an order that there is not. */
export const opcionesMuestra = (tipo: TipoAviso | undefined, idioma: 'es' | 'en') =>
  queryOptions({
    queryKey: ['avisos', 'muestra', tipo, idioma],
    enabled: tipo !== undefined,
    queryFn: ({ signal }) => {
      const query = { tipo: tipo ?? 'recibido', idioma }
      return pedir(ajustes().muestra.get({ query, ...con(signal) }))
    },
  })
