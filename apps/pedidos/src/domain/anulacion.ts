import type { Evento } from './evento.ts'
import type { Pedido } from './pedido.ts'

/** When an order was voided, by whom and why, if it was. */
export const anulacionDe = ({ historial }: Pick<Pedido, 'historial'>): Evento | undefined =>
  historial.find(({ tipo }) => tipo === 'pedido.anulado')

/** When an order was completed. */
const completadoEn = ({ historial }: Pick<Pedido, 'historial'>): number | undefined =>
  historial.find(({ estado, tipo }) => estado === 'Completado' && tipo === undefined)?.en

/** Why an order can't be voided. */
export type SinAnular = 'pendiente' | 'cancelado' | 'otro-dia'

/**
 * A sale is voided on the day on which it was made, while it is still in the till; what comes later is a
 * return.
 * @param zona whose days count, an IANA name
 */
export function impedimento(pedido: Pedido, zona: string, ahora: number): SinAnular | undefined {
  if (pedido.estado === 'Pendiente') return 'pendiente'
  if (pedido.estado === 'Cancelado') return 'cancelado'
  const en = completadoEn(pedido)
  if (en === undefined) throw new Error('a completed order says not when it was')
  return mismoDia(en, ahora, zona) ? undefined : 'otro-dia'
}

function mismoDia(uno: number, otro: number, zona: string): boolean {
  const dia = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zona).toPlainDate()
  return dia(uno).equals(dia(otro))
}
