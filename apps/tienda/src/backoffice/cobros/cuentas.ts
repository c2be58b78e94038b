import type { Pedido } from '@encargo/client'
import { diaDe, inicioDelDia } from '../datos/dias.ts'

// What an order's money comes to: plain functions. All amounts in minor units.

export type Pago = Pedido['pago']

/** What the shop has in its hands. */
export const neto = ({ cobrado, reembolsado, enDisputa }: Pago): number =>
  cobrado - reembolsado - enDisputa

/** What is to be paid after a credit of so much, and what of the money that is there goes back by itself. */
export function trasAbonar(pago: Pago, importe: number) {
  const exigible = pago.exigible - importe
  return { exigible, vuelve: Math.max(0, neto(pago) - exigible) - Math.max(0, -pago.saldo) }
}

/** The most that an order can be credited. */
export const abonable = ({ exigible }: Pago): number => exigible

/** Whether a new charge may be made of an order. */
export const admiteCobro = ({ estado, apartado, pago }: Pedido): boolean =>
  pago.saldo > 0 && (estado === 'Completado' || (estado === 'Pendiente' && apartado !== 'vencido'))

/** Whether the shop writes its money down. */
export const conDinero = ({ pago }: Pick<Pedido, 'pago'>): boolean =>
  pago.metodo !== null || pago.cobros.length > 0

/** Whether its stock can be kept without end. */
export const seAsegura = (pedido: Pedido): boolean =>
  pedido.estado === 'Pendiente' && pedido.apartado === 'plazo' && conDinero(pedido)

/** Whether it may be refused to leave for want of money: only then is there something to force. */
export const faltaPagar = ({ estado, pago }: Pedido): boolean =>
  estado === 'Pendiente' && pago.metodo !== null && pago.saldo > 0 && pago.estado !== 'autorizado'

/** When money was received, as a day of the shop says it; undefined for today, which is now. */
export function recibidoEl(dia: string, zona: string, ahora: number): string | undefined {
  return dia === '' || dia === diaDe(zona, ahora, 0) ? undefined : inicioDelDia(zona, dia)
}
