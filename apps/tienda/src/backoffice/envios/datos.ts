import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'
import { mover } from '../tienda/destacadas.tsx'
import type { ConVersion } from '../datos/version.ts'

const metodos = () => cliente().pedidos['metodos-envio']

async function pedirMetodos(signal?: AbortSignal) {
  return (await pedir(metodos().get(signal && con(signal)))).datos
}
export type Metodo = Awaited<ReturnType<typeof pedirMetodos>>[number]
/** What the form of a method says. */
export type FormaMetodo = Omit<Metodo, 'codigo' | 'posicion' | 'activo' | 'version'>

const clave = ['metodos-envio'] as const

/** All of them, also those that are off, in the shop's order. */
export const opcionesMetodos = () =>
  queryOptions({ queryKey: clave, queryFn: ({ signal }) => pedirMetodos(signal) })

const olvidar = (consultas: QueryClient) => consultas.invalidateQueries({ queryKey: clave })

export function formaDe(metodo: Metodo): ConVersion<FormaMetodo> {
  const { codigo: _, posicion: __, activo: ___, version, ...datos } = metodo
  return { datos, version: `"${version}"` }
}

type Cambio = Partial<FormaMetodo> & { readonly activo?: boolean; readonly posicion?: number }

/** Changes a method unless it is no longer the version that was read. */
async function cambiar(codigo: string, cambio: Cambio, version: string): Promise<Metodo> {
  const headers = { 'if-match': version }
  return await pedir(metodos()({ codigo }).patch(cambio, { headers }))
}

export async function cambiarMetodo(
  consultas: QueryClient,
  { codigo, version }: Pick<Metodo, 'codigo' | 'version'>,
  cambio: Cambio,
): Promise<void> {
  try {
    await cambiar(codigo, cambio, `"${version}"`)
  } finally {
    await olvidar(consultas)
  }
}

/** How the form of one method reads and writes it. */
export const edicionDe = (consultas: QueryClient, codigo: string) => ({
  async leer() {
    const hallado = (await pedirMetodos()).find((uno) => uno.codigo === codigo)
    if (!hallado) throw new Error(`${codigo} is gone`)
    return formaDe(hallado)
  },
  async enviar(cambios: Partial<FormaMetodo>, version: string) {
    const cambiado = formaDe(await cambiar(codigo, cambios, version))
    await olvidar(consultas)
    return cambiado
  },
})

export async function crearMetodo(
  consultas: QueryClient,
  codigo: string,
  forma: FormaMetodo,
): Promise<void> {
  await pedir(metodos().post({ codigo, ...forma }))
  await olvidar(consultas)
}

/** Which of them get another place when the one at `indice` goes so many places further on. */
export const reordenados = (todos: readonly Metodo[], indice: number, lugares: number) =>
  mover(todos, indice, lugares)
    .map((metodo, posicion) => ({ metodo, posicion: posicion + 1 }))
    .filter(({ metodo, posicion }) => metodo.posicion !== posicion)

export async function reordenar(
  consultas: QueryClient,
  cambios: ReturnType<typeof reordenados>,
): Promise<void> {
  try {
    for (const { metodo, posicion } of cambios) {
      await cambiar(metodo.codigo, { posicion }, `"${metodo.version}"`)
    }
  } finally {
    await olvidar(consultas)
  }
}
