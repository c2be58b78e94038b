import { type Existencia, hayDe } from './datos.ts'

export const tipos = ['ENTRADA', 'SALIDA', 'AJUSTE'] as const
export type Tipo = (typeof tipos)[number]

export const esTipo = (texto: unknown): texto is Tipo => tipos.some((uno) => uno === texto)

/** By how much a movement changes what is in the warehouse. */
export function variacionDe(
  existencia: Pick<Existencia, 'fisico' | 'faltan'>,
  tipo: Tipo,
  cantidad: number,
): number {
  if (tipo === 'AJUSTE') return cantidad - hayDe(existencia)
  return tipo === 'ENTRADA' ? cantidad : -cantidad
}
