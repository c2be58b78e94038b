import type { AjustesAvisos } from './ajustes.ts'
import type { Idioma } from './condiciones.ts'
import { saldo } from './cobranza/cuenta.ts'
import { cuentaDe } from './cobranza/de-pedido.ts'
import type { Pedido } from './pedido.ts'

/** What a customer is written to about. */
const tiposCliente = [
  'recibido',
  'instrucciones',
  'listo',
  'enviado',
  'entregado',
  'cancelado',
  'por-vencer',
  'anulado',
  'pagado',
  'reembolso',
] as const
/** What the staff is written to about. */
const tiposPersonal = ['pedido-nuevo', 'existencia-baja', 'disputa', 'devolucion-fallida'] as const
export const tiposAviso = [...tiposCliente, ...tiposPersonal] as const
export type TipoCliente = (typeof tiposCliente)[number]
export type TipoPersonal = (typeof tiposPersonal)[number]
export type TipoAviso = TipoCliente | TipoPersonal

export const esDeCliente = (tipo: TipoAviso): tipo is TipoCliente =>
  tiposCliente.some((uno) => uno === tipo)

export const estadosAviso = ['por-enviar', 'enviado', 'fallido', 'omitido'] as const
export type EstadoAviso = (typeof estadosAviso)[number]

/** A mail, as it stands in the database: nothing of it is anybody's. */
export interface Aviso {
  readonly id: number
  readonly tipo: TipoAviso
  /** Of the order that it is about, if it is about one. */
  readonly numero: number | null
  readonly datos: string | null
  readonly estado: EstadoAviso
  /** Attempts that came to an answer. */
  readonly intentos: number
  /** Why the last one failed, or why it is not sent, in a word. */
  readonly fallo: string | null
  readonly creadoEn: number
  readonly terminadoEn: number | null
}

export const idiomaDe = ({ condiciones }: Pedido, ajustes: AjustesAvisos, tienda: Idioma): Idioma =>
  condiciones?.idioma ?? ajustes.idioma ?? tienda

const espera = ({ estado, intencion }: Pedido) => estado === 'Pendiente' && intencion === null

/** Whether what a mail tells of an order is still so, and of use. */
const sigueSiendo: Readonly<
  Partial<Record<TipoAviso, (pedido: Pedido, ajustes: AjustesAvisos) => boolean>>
> = {
  instrucciones: (pedido, { instruccionesPago: { es, en } }) =>
    espera(pedido) && saldo(cuentaDe(pedido)) > 0 && (es !== undefined || en !== undefined),
  listo: espera,
  'por-vencer': espera,
}

/** Why a mail need not be sent, in a word; undefined when it is to be. */
export function sobraPor(
  { tipo }: Pick<Aviso, 'tipo'>,
  pedido: Pedido | undefined,
  ajustes: AjustesAvisos,
): string | undefined {
  if (ajustes.tipos[tipo] === false) return 'apagado'
  const sinNadie = esDeCliente(tipo)
    ? pedido?.condiciones?.contacto?.email === undefined
    : ajustes.personal.length === 0
  if (sinNadie) return 'sin-destino'
  return pedido && sigueSiendo[tipo]?.(pedido, ajustes) === false
    ? 'ya-no-viene-al-caso'
    : undefined
}
