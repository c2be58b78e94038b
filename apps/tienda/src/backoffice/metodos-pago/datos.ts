import type { QueryClient } from '@tanstack/react-query'
import { cliente, pedir } from '../../api.ts'
import { type MetodoPago, type MetodosPago, opcionesMetodosPago } from '../cobros/datos.ts'
import type { ConVersion } from '../datos/version.ts'
import { mover } from '../tienda/destacadas.tsx'

/** What is said of a method; where it stands among the others, the list says. */
export type FormaMetodoPago = Omit<MetodoPago, 'codigo' | 'posicion' | 'version' | 'disponible'>
export type Proveedor = MetodosPago['proveedores'][number]

export function formaDe(metodo: MetodoPago): ConVersion<FormaMetodoPago> {
  const { codigo: _, posicion: __, disponible: ___, version, ...datos } = metodo
  return { datos, version: `"${version}"` }
}

const poner = (codigo: string, forma: FormaMetodoPago & { posicion?: number }, version?: string) =>
  pedir(
    cliente()
      .pagos['metodos-pago']({ codigo })
      .put(forma, version === undefined ? {} : { headers: { 'if-match': version } }),
  )

const olvidar = (consultas: QueryClient) =>
  consultas.invalidateQueries({ queryKey: ['metodos-pago'] })

const leerTodos = (consultas: QueryClient) =>
  consultas.fetchQuery({ ...opcionesMetodosPago(), staleTime: 0 })

/** How the form of one method reads and writes it. */
export const edicionDe = (consultas: QueryClient, codigo: string) => ({
  async leer() {
    const { datos } = await leerTodos(consultas)
    const hallado = datos.find((uno) => uno.codigo === codigo)
    if (!hallado) throw new Error(`${codigo} is gone`)
    return formaDe(hallado)
  },
  async enviar(_: Partial<FormaMetodoPago>, version: string, entera: FormaMetodoPago) {
    const cambiada = formaDe(await poner(codigo, entera, version))
    await olvidar(consultas)
    return cambiada
  },
})

/** Whether it was made: one of that code may be there already, and stays as it is. */
export async function crearMetodo(
  consultas: QueryClient,
  codigo: string,
  forma: FormaMetodoPago,
): Promise<boolean> {
  const { datos } = await leerTodos(consultas)
  if (datos.some((uno) => uno.codigo === codigo)) return false
  await poner(codigo, forma)
  await olvidar(consultas)
  return true
}

export async function encender(
  consultas: QueryClient,
  metodo: MetodoPago,
  activo: boolean,
): Promise<void> {
  const { datos, version } = formaDe(metodo)
  try {
    await poner(metodo.codigo, { ...datos, activo }, version)
  } finally {
    await olvidar(consultas)
  }
}

/** Puts the one at `indice` so many places further on; only what gets another place is written. */
export async function reordenar(
  consultas: QueryClient,
  todos: readonly MetodoPago[],
  indice: number,
  lugares: number,
): Promise<void> {
  try {
    for (const [lugar, metodo] of mover(todos, indice, lugares).entries()) {
      const posicion = lugar + 1
      if (metodo.posicion === posicion) continue
      const { datos, version } = formaDe(metodo)
      await poner(metodo.codigo, { ...datos, posicion }, version)
    }
  } finally {
    await olvidar(consultas)
  }
}
