import type { Cobro } from './cobro.ts'
import type { Conciliado } from './conciliar.ts'

/** What others are told happened, in the order in which it did. */
export const tiposHecho = [
  'cobro.abierto',
  'cobro.cobrado',
  'cobro.cerrado',
  'cobro.disputado',
  'cobro.ajeno',
  'reembolso.hecho',
  'reembolso.fallido',
] as const
export type TipoHecho = (typeof tiposHecho)[number]

/** Ids, states and amounts; nothing about a person. */
export interface Hecho {
  readonly tipo: TipoHecho
  readonly datos: Readonly<Record<string, string | number>>
}

export const hechoDe = (
  tipo: TipoHecho,
  { pedidoId, numero, importe, moneda, metodo }: Cobro,
  mas: Readonly<Record<string, string | number>> = {},
): Hecho => ({ tipo, datos: { pedidoId, numero, metodo, importe, moneda, ...mas } })

/** What is to be told of what a provider said. */
export function hechosDe(antes: Cobro, conciliado: Conciliado): Hecho[] {
  const { fase, sumas, nuevos, reembolsos, ajenos } = conciliado
  const hechos: Hecho[] = []
  if (antes.estado === 'creado' && fase.estado !== 'cerrado') {
    hechos.push(hechoDe('cobro.abierto', antes))
  }
  if (fase.estado !== antes.estado && fase.estado === 'cobrado') {
    hechos.push(hechoDe('cobro.cobrado', antes, { cobrado: sumas.cobrado }))
  }
  if (fase.estado !== antes.estado && fase.causa !== null) {
    hechos.push(hechoDe('cobro.cerrado', antes, { causa: fase.causa }))
  }
  if (nuevos.some(({ tipo }) => tipo === 'contracargo') || fase.disputa !== antes.disputa) {
    const disputa = fase.disputa ?? 'abierta'
    hechos.push(hechoDe('cobro.disputado', antes, { disputa, disputado: sumas.disputado }))
  }
  if (ajenos.length > 0) hechos.push(hechoDe('cobro.ajeno', antes))
  for (const { id, estado, importe } of reembolsos) {
    const de = { reembolsoId: id, reembolsado: importe }
    if (estado === 'hecho') hechos.push(hechoDe('reembolso.hecho', antes, de))
    if (estado === 'fallido') hechos.push(hechoDe('reembolso.fallido', antes, de))
  }
  return hechos
}
