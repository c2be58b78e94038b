import type { Existencia } from './datos.ts'

export const tipos = ['ENTRADA', 'SALIDA', 'AJUSTE'] as const
export type Tipo = (typeof tipos)[number]

export const esTipo = (texto: unknown): texto is Tipo => tipos.some((uno) => uno === texto)

/** By how much a movement changes what is in the warehouse. */
export function variacionDe(
  { fisico }: Pick<Existencia, 'fisico'>,
  tipo: Tipo,
  cantidad: number,
): number {
  if (tipo === 'AJUSTE') return cantidad - fisico
  return tipo === 'ENTRADA' ? cantidad : -cantidad
}
