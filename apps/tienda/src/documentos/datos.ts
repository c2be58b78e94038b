import type { Pedido } from '@encargo/client'

export const documentos = ['recibo', 'albaran', 'picking'] as const
export type Documento = (typeof documentos)[number]
export const papeles = ['a4', '80mm'] as const
export type Papel = (typeof papeles)[number]

/** What an address that anybody may have written asks for. */
export const leerDocumento = (texto: string | undefined): Documento =>
  documentos.find((uno) => uno === texto) ?? 'recibo'
export const leerPapel = (texto: string | undefined): Papel =>
  papeles.find((uno) => uno === texto) ?? 'a4'

/** Cash that was given for what is due, and what goes back or is still missing, in minor units. */
export interface Efectivo {
  readonly recibido: number
  readonly cambio: number
  readonly falta: number
}

/** Undefined where the address says no amount. `recibido`: minor units, as it says them. */
export function efectivoDe(
  { exigible }: Pick<Pedido, 'exigible'>,
  recibido: string | undefined,
): Efectivo | undefined {
  if (recibido === undefined || !/^\d{1,15}$/.test(recibido)) return undefined
  const dado = Number(recibido)
  const cambio = Math.max(0, dado - exigible)
  return { recibido: dado, cambio, falta: Math.max(0, exigible - dado) }
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** As many lists as one person carries. */
const masPedidos = 50

/** The orders that an address names, each once. */
export const leerIds = (texto: string | undefined): readonly string[] =>
  [...new Set((texto ?? '').split(','))].filter((id) => uuid.test(id)).slice(0, masPedidos)

export const unidadesDe = ({ lineas }: Pick<Pedido, 'lineas'>): number =>
  lineas.reduce((suma, { cantidad }) => suma + cantidad, 0)
