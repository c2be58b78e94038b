import type { MomentoPago } from '@encargo/service-kit/values/cobros'
import { anulacionDe } from '../anulacion.ts'
import { type Pedido, sinVencimiento } from '../pedido.ts'
import { margenMs } from './espera.ts'
import { type Cobranza, type Cuenta, estadoPago, exigible, saldo } from './cuenta.ts'

/** How an order that is to be paid here begins. */
export const cobranzaNueva = (como: {
  readonly metodo: string
  readonly momento: MomentoPago
}): Cobranza => ({
  ...como,
  apartado: 'plazo',
  reservaId: null,
  insistirHasta: null,
  pagadoEn: null,
  asunto: como.momento === 'contra-entrega' ? 'por-asegurar' : null,
  abonado: 0,
  perdido: 0,
  cobros: [],
  reembolsos: [],
})

/** An order's account; of one without money here, all that is known is whether it was voided. */
export function cuentaDe(pedido: Pedido): Cuenta {
  const { estado, intencion, total, cobranza } = pedido
  const comun = { estado, intencion: intencion && intencion.proposito, total }
  if (cobranza) return { ...comun, ...cobranza }
  const abonado = anulacionDe(pedido) ? total : 0
  return { ...comun, apartado: 'plazo', abonado, perdido: 0, cobros: [], reembolsos: [] }
}

/** Under which id its stock is now. */
export const reservaDe = ({ id, cobranza }: Pick<Pedido, 'id' | 'cobranza'>): string =>
  cobranza?.reservaId ?? id

/** How much longer inventario holds it than the order says, in milliseconds. */
export const margenDe = ({ cobranza }: Pick<Pedido, 'cobranza'>): number =>
  cobranza && cobranza.cobros.length > 0 ? margenMs : 0

/** What has become of its stock. */
export function apartadoDe({ estado, cobranza }: Pedido) {
  switch (estado) {
    case 'Pendiente':
      return cobranza?.apartado ?? 'plazo'
    case 'Completado':
      return 'despachado'
    case 'Cancelado':
      return 'ninguno'
  }
}

/** Until when its stock is held; null where no clock takes it. */
export const plazoDe = ({ expiraEn }: Pedido): number | null =>
  expiraEn === sinVencimiento ? null : expiraEn

const suma = (cuenta: Cuenta, de: 'cobrado' | 'reembolsado' | 'disputado') =>
  cuenta.cobros.reduce((hasta, cobro) => hasta + cobro[de], 0)

/** What is told of its payment. */
export function pagoDe(pedido: Pedido) {
  const cuenta = cuentaDe(pedido)
  const cobros = pedido.cobranza?.cobros ?? []
  return {
    estado: estadoPago(cuenta),
    metodo: pedido.cobranza?.metodo ?? null,
    exigible: exigible(cuenta),
    cobrado: suma(cuenta, 'cobrado'),
    reembolsado: suma(cuenta, 'reembolsado'),
    enDisputa: suma(cuenta, 'disputado'),
    saldo: saldo(cuenta),
    cobros: cobros.map(({ id, metodo, estado, importe, cobrado, reembolsado }) => {
      return { id, metodo, estado, importe, cobrado, reembolsado }
    }),
  }
}
