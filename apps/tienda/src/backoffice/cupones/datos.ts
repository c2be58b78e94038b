import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'
import { buscada, type Cursor, enPaginas, type Opciones } from '../../datos/listas.ts'
import { pedirConVersion } from '../datos/version.ts'

const cupones = () => cliente().pedidos.cupones

/** Those whose code begins so, by their code; `q`: as somebody types it. */
export const opcionesCupones = (q: string | undefined) => {
  const pedirPagina = (cursor: Cursor, opciones: Opciones) => {
    const query = { limite: 50, ...(q === undefined ? {} : { q: q.slice(0, 40) }), ...cursor }
    return pedir(cupones().get({ query, ...opciones }))
  }
  return enPaginas(['cupones', 'lista', q ?? ''], pedirPagina, buscada)
}

async function leer(codigo: string, signal?: AbortSignal) {
  const { datos, version } = await pedirConVersion(cupones()({ codigo }).get(signal && con(signal)))
  const { codigo: _, tipo: __, usados: ___, version: ____, ...forma } = datos
  return { cupon: datos, leida: { datos: forma, version } }
}
type Leido = Awaited<ReturnType<typeof leer>>
export type Cupon = Leido['cupon']
/** What of a coupon can be changed. */
export type FormaCupon = Leido['leida']['datos']

export const opcionesCupon = (codigo: string) =>
  queryOptions({
    queryKey: ['cupones', 'uno', codigo],
    // What is being edited does not change under the hands of who edits it.
    staleTime: Infinity,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) => leer(codigo, signal),
  })

const olvidarLista = (consultas: QueryClient) =>
  consultas.invalidateQueries({ queryKey: ['cupones', 'lista'] })

/** A value is there or not by the coupon's kind, which stays. */
const sinNada = ({ valor, ...resto }: Partial<FormaCupon>) =>
  typeof valor === 'number' ? { ...resto, valor } : resto

/** How the form of one coupon reads and writes it. */
export const edicionDe = (consultas: QueryClient, codigo: string) => ({
  leer: async () => (await leer(codigo)).leida,
  async enviar(cambios: Partial<FormaCupon>, version: string) {
    const headers = { 'if-match': version }
    const { datos, ...resto } = await pedirConVersion(
      cupones()({ codigo }).patch(sinNada(cambios), { headers }),
    )
    await olvidarLista(consultas)
    const { codigo: _, tipo: __, usados: ___, version: ____, ...forma } = datos
    return { datos: forma, ...resto }
  },
})

export async function crearCupon(
  consultas: QueryClient,
  nuevo: Pick<Cupon, 'codigo' | 'tipo'>,
  forma: FormaCupon,
): Promise<void> {
  await pedir(cupones().post({ ...nuevo, ...sinNada(forma) }))
  await olvidarLista(consultas)
}

export async function encenderCupon(
  consultas: QueryClient,
  { codigo, version }: Pick<Cupon, 'codigo' | 'version'>,
  activo: boolean,
): Promise<void> {
  try {
    const headers = { 'if-match': `"${version}"` }
    await pedir(cupones()({ codigo }).patch({ activo }, { headers }))
  } finally {
    await olvidarLista(consultas)
  }
}
